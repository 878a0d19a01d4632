using System.Buffers.Binary;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

public class AccessHistoryTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_list_says_who_asked_what_on_which_article_newest_first(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        await ground.AskAsync(AccessGround.Court, 1, 2);
        var asked = ground.Clock.Now;
        await ground.BatchAsync(AccessGround.School, [.. Numbers(2000)]);
        var list = await ground.ListAsync(2);
        Assert.Equal(
            [new AccessItem(1, asked, "示范市教育局", "入学", "义务教育法第十二条", "residence,kinship"), new AccessItem(0, TestClock.Morning, "示范市中级人民法院", "执行", "民事诉讼法第二百五十三条", "identity")],
            list);
        Assert.Equal([1L], (await ground.ListAsync(1999)).Select(item => item.Position));
        Assert.Empty(await ground.ListAsync(2000));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Random_questions_and_batches_are_listed_as_the_slow_list_says(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var random = new Random(11);
        for (var i = 0; i < 40; i++)
        {
            var access = AccessGround.Court with { Purpose = $"用途{random.Next(5)}", RevealedAt = random.Next(4) == 0 ? ground.Clock.Now.AddSeconds(random.Next(100)) : null };
            if (random.Next(3) > 0) await ground.AskAsync(access, Some(random, random.Next(1, 4)));
            else await ground.BatchAsync(access, Some(random, random.Next(1, 3000)));
        }

        await ground.AssertListsAsync(Numbers(1000).Where(number => number % 7 == 0));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_sealed_access_is_as_if_it_were_not_there_until_its_day(string database)
    {
        await using AccessGround ground = await AccessGround.CreateAsync(database), clean = await AccessGround.CreateAsync(database);
        var reveal = TestClock.Morning.AddDays(90);
        await ground.AskAsync(AccessGround.Court, 5);
        await clean.AskAsync(AccessGround.Court, 5);
        await ground.AskAsync(AccessGround.School with { RevealedAt = reveal }, 5, 6);
        await ground.BatchAsync(AccessGround.School with { RevealedAt = reveal }, [.. Numbers(1500)]);
        foreach (var person in new ulong[] { 5, 6, 7 })
        {
            foreach (var size in new[] { 1, 2, 50 })
            {
                var (one, other) = (await PageAsync(ground, person, reveal.AddTicks(-10), size, null), await PageAsync(clean, person, reveal.AddTicks(-10), size, null));
                Assert.Equal(other.Items, one.Items);
                Assert.Equal(other.Before, one.Before);
            }
        }

        Assert.Equal([2L, 1L, 0L], (await ground.ListAsync(5, reveal)).Select(item => item.Position));
        Assert.Equal([2L, 1L], (await ground.ListAsync(6, reveal)).Select(item => item.Position));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Pages_are_full_and_lose_nothing_however_much_is_sealed_between(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        for (var i = 0; i < 700; i++) await ground.AskAsync(i % 7 == 0 ? AccessGround.Court : AccessGround.Court with { RevealedAt = TestClock.Morning.AddYears(1) }, 5);
        var (read, before) = (new List<long>(), (long?)null);
        do
        {
            var page = await PageAsync(ground, 5, ground.Clock.Now, 30, before);
            if (page.Before is not null) Assert.Equal(30, page.Items.Count);
            read.AddRange(page.Items.Select(item => item.Position));
            before = page.Before;
        }
        while (before is not null);

        Assert.Equal(ground.Obvious(5), read);
        Assert.Equal(100, read.Count);
        Assert.Null((await PageAsync(ground, 5, ground.Clock.Now, 100, null)).Before);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Several_numbers_of_one_person_make_one_list(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        await ground.AskAsync(AccessGround.Court, 1);
        await ground.AskAsync(AccessGround.Court, 1, 2);
        await ground.AskAsync(AccessGround.Court, 2);
        await ground.AskAsync(AccessGround.Court, 3);
        var page = await ground.History.ReadAsync([AccessGround.Person(2), AccessGround.Person(1)], ground.Clock.Now, 9, null, CancellationToken.None);
        Assert.Equal([2L, 1L, 0L], page.Items.Select(item => item.Position));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_a_change_of_keys_a_list_is_read_under_each_of_them(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        await ground.AskAsync(AccessGround.Court, 5);
        await ground.BatchAsync(AccessGround.Court, [.. Numbers(900)]);
        using var next = new PseudonymKey(new byte[32]);
        var recorder = new AccessRecorder(ground.Store, next, ground.Clock);
        await ground.WriteAsync(recorder.For(AccessGround.School, AccessGround.Person(5)));
        await ground.WriteAsync(await recorder.ForBatchAsync(AccessGround.School, Numbers(900).ToArray(), CancellationToken.None));
        await ground.TidyAsync();

        var history = new AccessHistory(ground.Store, [ground.Key, next]);
        Assert.Equal([3L, 2L, 1L, 0L], (await history.ReadAsync([AccessGround.Person(5)], ground.Clock.Now, 9, null, CancellationToken.None)).Items.Select(item => item.Position));
        Assert.Equal([1L, 0L], (await ground.ListAsync(5)).Select(item => item.Position));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task No_table_holds_a_number_that_was_asked(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        ulong[] asked = [110105UL << 27 | 54_000UL << 10 | 2];
        await ground.AskAsync(AccessGround.Court, asked);
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        var content = Assert.Single(await connection.ListAsync(null, "select content from access_recent", row => (byte[])row[0], CancellationToken.None));
        var found = new List<long>();
        RecentAccesses.Find(0, content, ground.Key.Of(AccessGround.Person(asked[0])), found);
        Assert.Equal([0L], found);
        for (var at = 0; at + 8 <= content.Length; at++) Assert.DoesNotContain(asked[0], new[] { BinaryPrimitives.ReadUInt64BigEndian(content.AsSpan(at)), BinaryPrimitives.ReadUInt64LittleEndian(content.AsSpan(at)) });
    }

    private static Task<AccessPage> PageAsync(AccessGround ground, ulong person, DateTimeOffset asOf, int size, long? before) =>
        ground.History.ReadAsync([AccessGround.Person(person)], asOf, size, before, CancellationToken.None);

    private static IEnumerable<ulong> Numbers(int count) => Enumerable.Range(0, count).Select(i => (ulong)i);

    private static ulong[] Some(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.Next(3000))];
}
