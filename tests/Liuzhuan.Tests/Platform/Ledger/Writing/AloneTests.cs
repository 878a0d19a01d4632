using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Tests.Platform.Ledger.Writing;

/// <summary>The ledger of a command: no queue, no other entries, the same log.</summary>
public class AloneTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task What_it_writes_stands_among_the_entries_of_a_service(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await using var alone = ground.OpenAnother(isAlone: true);
        var receipts = new List<LedgerReceipt?>();
        for (var i = 0; i < 10; i++)
        {
            receipts.Add(await ground.Ledger.AppendAsync(LedgerGround.Entry(i), CancellationToken.None));
            receipts.Add(alone.Append(LedgerGround.Entry(i, "batch")));
            receipts.Add(await alone.AppendAsync(LedgerGround.Entry(i, "administration"), CancellationToken.None));
        }

        receipts.AddRange(await alone.AppendAsync([.. Enumerable.Range(0, 70).Select(i => LedgerGround.Entry(i))], CancellationToken.None));
        foreach (var receipt in receipts) ground.AssertHolds(receipt!);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), receipts.Select(receipt => receipt!.Position));
        Assert.Equal(100, (await ground.ReadSoundAsync()).Count);
        Assert.Equal(0, alone.Waiting);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_callers_at_once_take_turns(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await using var alone = ground.OpenAnother(isAlone: true);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => i % 2 == 0 ? alone.Append(LedgerGround.Entry(i)) : alone.AppendAsync(LedgerGround.Entry(i), CancellationToken.None).GetAwaiter().GetResult())));

        foreach (var receipt in receipts) ground.AssertHolds(receipt!);
        Assert.Equal(50, (await ground.ReadSoundAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_rehearsal_leaves_no_trace_and_hinders_nobody(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await ground.AppendAsync(3);
        await using var alone = ground.OpenAnother(isAlone: true);
        using var key = new PseudonymKey(new byte[PseudonymKey.SecretLength]);
        var accesses = new AccessRecorder(ground.Store, key, ground.Clock, isAlone: true);
        var access = new AccessEvent { Agency = "甲", Purpose = "乙", Provision = "丙", Fact = "丁" };
        var before = await CountsAsync(ground);

        alone.Rehearse(LedgerGround.Entry(99, "batch") with { Companions = [accesses.Rehearse(access)] });

        Assert.Equal(before, await CountsAsync(ground));
        await ground.AppendAsync(1);
        Assert.Equal(4, alone.Append(LedgerGround.Entry(4) with { Companions = [accesses.Rehearse(access)] })!.Position);
        Assert.Equal(5, (await ground.ReadSoundAsync()).Count);
        Assert.NotEqual(before, await CountsAsync(ground));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_log_that_is_not_begun_is_not_begun_by_a_rehearsal(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await using var alone = ground.OpenAnother(isAlone: true);
        var before = await CountsAsync(ground);

        alone.Rehearse(LedgerGround.Entry(99, "batch"));

        Assert.Equal(before, await CountsAsync(ground));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_others_wrote_between_rehearsal_and_entry_is_in_front_of_it(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await ground.AppendAsync(3);
        await using var alone = ground.OpenAnother(new LedgerOptions { MostInGroup = 2 }, isAlone: true);
        alone.Rehearse(LedgerGround.Entry(99, "batch"));
        await ground.AppendAsync(40);

        var receipts = await alone.AppendAsync([.. Enumerable.Range(0, 5).Select(i => LedgerGround.Entry(i))], CancellationToken.None);

        Assert.Equal([43L, 44, 45, 46, 47], receipts.Select(receipt => receipt!.Position));
        // Two and two and one share a commit, and so a checkpoint.
        Assert.Equal(3, receipts.Select(receipt => receipt!.Checkpoint).Distinct().Count());
        Assert.Equal(48, (await ground.ReadSoundAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Closed_it_takes_nothing_more(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        var alone = ground.OpenAnother(isAlone: true);
        alone.Append(LedgerGround.Entry(1));
        await alone.DisposeAsync();

        Assert.Throws<LedgerUnavailableException>(() => alone.Append(LedgerGround.Entry(2)));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => alone.AppendAsync(LedgerGround.Entry(3), CancellationToken.None));
        Assert.Single(await ground.ReadSoundAsync());
    }

    private static async Task<string> CountsAsync(LedgerGround ground)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        var counts = new List<string>();
        foreach (var table in new[] { "ledger_head", "ledger_entries", "access_events", "access_recent", "access_contexts", "access_runs", "access_blocks" })
            counts.Add($"{table} {await connection.ScalarAsync(null, $"select count(*) from {table}", CancellationToken.None)}");
        return string.Join(", ", counts);
    }
}
