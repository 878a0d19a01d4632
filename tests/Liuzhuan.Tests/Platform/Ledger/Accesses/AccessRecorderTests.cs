using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

public class AccessRecorderTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_batch_shows_in_no_list_before_its_entry_is_written(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var companion = await ground.Recorder.ForBatchAsync(AccessGround.Court, Numbers(1000), CancellationToken.None);
        Assert.InRange(await ground.CountAsync("select count(*) from access_blocks"), 1, 10);
        Assert.Empty(await ground.ListAsync(5));
        await ground.TidyAsync();
        Assert.Equal(0, await ground.WriteAsync(companion));
        Assert.Equal([0L], (await ground.ListAsync(5)).Select(item => item.Position));
    }

    public static TheoryData<string, int> DatabasesAndThreads => new MatrixTheoryData<string, int>(TestDatabases.All.Select(row => row.Data), [1, 3]);

    [Theory, MemberData(nameof(Databases))]
    public async Task Few_persons_are_recorded_one_by_one_however_often_a_batch_names_them(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        ulong[] often = [.. Enumerable.Range(0, 20_000).Select(i => (ulong)i % 10)];
        Assert.Equal(0, await ground.WriteAsync(await ground.Recorder.ForBatchAsync(AccessGround.Court, often, CancellationToken.None)));
        Assert.Equal(0, await ground.CountAsync("select count(*) from access_runs"));
        Assert.Equal(10, await ground.CountAsync("select people from access_events"));
        Assert.Single(await ground.ListAsync(9));
        Assert.Empty(await ground.ListAsync(10));
    }

    [Theory, MemberData(nameof(DatabasesAndThreads))]
    public async Task A_long_batch_is_one_run_that_holds_everybody_once(string database, int threads)
    {
        const int People = 20_000;
        await using var ground = await AccessGround.CreateAsync(database);
        var recorder = new AccessRecorder(ground.Store, ground.Key, ground.Clock, threads: threads, isAlone: threads > 1);
        var twice = Numbers(People).Concat(Numbers(People)).ToArray();
        Assert.Equal(0, await ground.WriteAsync(await recorder.ForBatchAsync(AccessGround.Court, twice, CancellationToken.None)));
        await ground.TidyAsync();
        Assert.Equal(1, await ground.CountAsync("select count(*) from access_runs"));
        Assert.Equal(People, await ground.CountAsync("select people from access_runs"));
        foreach (var person in Numbers(People).Where((_, i) => i % 997 == 0)) Assert.Single(await ground.ListAsync(person));
        Assert.Empty(await ground.ListAsync(Numbers(People).Max() + 1));
    }

    [Theory, MemberData(nameof(DatabasesAndThreads))]
    public async Task A_batch_of_several_pieces_is_one_run_that_counts_them_all(string database, int threads)
    {
        const int People = 300_000;
        await using var ground = await AccessGround.CreateAsync(database);
        var recorder = new AccessRecorder(ground.Store, ground.Key, ground.Clock, threads: threads, isAlone: threads > 1);
        Assert.Equal(0, await ground.WriteAsync(await recorder.ForBatchAsync(AccessGround.Court, Numbers(People), CancellationToken.None)));
        await ground.TidyAsync();
        Assert.InRange(await ground.CountAsync("select count(*) from access_blocks"), People / 400, People / 100);
        Assert.Equal(People, await ground.CountAsync("select people from access_runs"));
        Assert.Equal(People, await ground.CountAsync("select accesses from access_runs"));
        Assert.Equal(People, await ground.CountAsync("select people from access_events"));
        Assert.Equal(0, await ground.CountAsync("select count(*) - count(distinct number) from access_blocks"));
        Assert.Equal(0, await ground.CountAsync("select count(*) - 1 - max(number) from access_blocks"));
        foreach (var person in Numbers(People).Where((_, i) => i % 29_989 == 0)) Assert.Single(await ground.ListAsync(person));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_waited_too_long_for_its_entry_is_removed_and_the_entry_refused(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var companion = await ground.Recorder.ForBatchAsync(AccessGround.Court, Numbers(1000), CancellationToken.None);
        ground.Clock.Now += RunTables.Patience + TimeSpan.FromSeconds(1);
        await ground.TidyAsync();
        Assert.Null(await ground.WriteAsync(companion));
        Assert.Equal(0, await ground.CountAsync("select (select count(*) from access_blocks) + (select count(*) from access_runs) + (select count(*) from access_events)"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Entries_of_a_group_that_was_rolled_back_can_be_written_again(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var companions = new[] { ground.Recorder.For(AccessGround.School, AccessGround.Person(1)), await ground.Recorder.ForBatchAsync(AccessGround.Court, Numbers(1000), CancellationToken.None) };
        await using (var connection = await ground.Store.OpenAsync(CancellationToken.None))
        {
            await using var transaction = await RunTables.BeginAsync(connection, ground.Store, CancellationToken.None);
            Assert.Empty(await ground.Recorder.WriteAsync(transaction, [new CompanionRow(companions[0].Content, 7, ground.Clock.Now, 9), new CompanionRow(companions[1].Content, 8, ground.Clock.Now, 9)], CancellationToken.None));
            await transaction.RollbackAsync();
        }

        Assert.Empty(await ground.ListAsync(1));
        Assert.Equal(0, await ground.WriteAsync(companions[1]));
        Assert.Equal(1, await ground.WriteAsync(companions[0]));
        Assert.Equal(["示范市教育局", "示范市中级人民法院"], (await ground.ListAsync(1)).Select(item => item.Agency));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Words_are_kept_once_and_those_of_another_host_are_found(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        await using var store = ground.Database.OpenAgain();
        var other = new AccessRecorder(store, ground.Key, ground.Clock);
        for (var i = 0; i < 3; i++)
        {
            await ground.AskAsync(AccessGround.Court, 1);
            await ground.WriteAsync(other.For(AccessGround.Court, AccessGround.Person(1)));
            await ground.WriteAsync(other.For(AccessGround.School, AccessGround.Person(1)));
        }

        Assert.Equal(2, await ground.CountAsync("select count(*) from access_contexts"));
        Assert.Equal(9, (await ground.ListAsync(1)).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_person_who_is_asked_about_twice_in_one_entry_is_listed_once(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        await ground.AskAsync(AccessGround.Court, 1, 1);
        await ground.BatchAsync(AccessGround.Court, [.. Numbers(1000), .. Numbers(1000)]);
        Assert.Equal([1L, 0L], (await ground.ListAsync(1)).Select(item => item.Position));
        Assert.Equal(1001, await ground.CountAsync("select sum(people) from access_events"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_very_large_batch_is_several_runs_that_count_together_or_not_at_all(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var recorder = new AccessRecorder(ground.Store, ground.Key, ground.Clock, mostInRun: 1000);
        await ground.WriteAsync(await recorder.ForBatchAsync(AccessGround.Court, Numbers(2500), CancellationToken.None));
        Assert.Equal(3, await ground.CountAsync("select count(*) from access_runs where state = 1"));
        foreach (var person in new ulong[] { 0, 999, 1000, 2499 }) Assert.Single(await ground.ListAsync(person));
        Assert.Empty(await ground.ListAsync(2500));

        var broken = await recorder.ForBatchAsync(AccessGround.Court, Numbers(2500), CancellationToken.None);
        await using (var connection = await ground.Store.OpenAsync(CancellationToken.None)) await connection.ExecuteAsync(null, "update access_runs set state = 2 where id = (select max(id) from access_runs where state = 0)", CancellationToken.None);
        Assert.Null(await ground.WriteAsync(broken));
        Assert.Single(await ground.ListAsync(0));
    }

    private static ulong[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (ulong)i)];
}
