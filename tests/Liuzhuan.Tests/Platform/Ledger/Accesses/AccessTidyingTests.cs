using Liuzhuan.Platform.Ledger.Accesses.Runs;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;

namespace Liuzhuan.Tests.Platform.Ledger.Accesses;

public class AccessTidyingTests
{
    private const int People = 4000;

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_batches_become_few_runs_and_no_access_is_lost_or_doubled(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var random = new Random(5);
        for (var round = 0; round < 30; round++)
        {
            await ground.BatchAsync(AccessGround.Court, Some(random, random.Next(600, 2500)));
            await ground.AskAsync(AccessGround.School, Some(random, 500));
            if (round % 3 == 0) await ground.TidyAsync();
        }

        await ground.TidyAsync();
        Assert.InRange(await ground.CountAsync("select count(*) from access_runs"), 1, 2 * AccessTidying.LikeRuns);
        Assert.InRange(await ground.CountAsync("select coalesce(sum(accesses), 0) from access_recent"), 0, RecentSweep.Accesses - 1);
        Assert.Equal(0, await ground.CountAsync("select count(*) from access_blocks where run_id not in (select id from access_runs where state = 1)"));
        await ground.AssertListsAsync(Sample());
        Assert.Equal(await ground.CountAsync("select sum(people) from access_events"), await ground.CountAsync("select (select sum(accesses) from access_runs) + (select coalesce(sum(accesses), 0) from access_recent)"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_hosts_may_tidy_at_once_while_others_write_and_read(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        await using var store = ground.Database.OpenAgain();
        using var end = new CancellationTokenSource();
        var busy = 0;
        // The second has a clock so far ahead that it takes the lease away from the first in the middle of its work.
        var tidying = new[] { (ground.Store, new TestClock(TestClock.Morning)), (store, new TestClock(TestClock.Morning.AddMinutes(10))) }.Select(host => Task.Run(async () =>
        {
            var runs = new AccessTidying(host.Item1, host.Item2);
            while (!end.IsCancellationRequested)
            {
                try
                {
                    if (await runs.RunOnceAsync(CancellationToken.None)) Interlocked.Increment(ref busy);
                    else await Task.Delay(1);
                }
                catch (InvalidOperationException)
                {
                    // The other gave this one's run up for dead.
                }
            }
        })).ToList();
        var random = new Random(6);
        // However busy the machine is: until enough was tidied beside it.
        for (var round = 0; round < 60 || Volatile.Read(ref busy) < 10 && round < 6000; round++)
        {
            await ground.BatchAsync(AccessGround.Court, Some(random, 700));
            await ground.AskAsync(AccessGround.School, Some(random, 400));
            await ground.AssertListsAsync((ulong)random.Next(People));
        }

        await end.CancelAsync();
        await Task.WhenAll(tidying);
        Assert.InRange(busy, 10, int.MaxValue);
        await ground.AssertListsAsync(Sample());
        await new AccessTidying(store, new TestClock(TestClock.Morning.AddDays(1))).UntilDoneAsync();
        await ground.AssertListsAsync(Sample());
        Assert.Equal(await ground.CountAsync("select sum(people) from access_events"), await ground.CountAsync("select (select sum(accesses) from access_runs) + (select coalesce(sum(accesses), 0) from access_recent)"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_two_merges_of_the_same_runs_one_counts(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var random = new Random(10);
        for (var i = 0; i < 5; i++) await ground.BatchAsync(AccessGround.Court, Some(random, 3000));
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        var runs = await AccessTidying.RunsAsync(connection, CancellationToken.None);
        var merged = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => new RunMerge(ground.Store, ground.Clock).MergeAsync(runs, 0, _ => Task.FromResult(true), CancellationToken.None))));
        Assert.Single(merged, run => run is not null);
        Assert.Equal([merged.First(run => run is not null)!.Id], (await AccessTidying.RunsAsync(connection, CancellationToken.None)).Select(run => run.Id));
        await ground.AssertListsAsync(Sample());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Stopped_after_any_piece_a_merge_leaves_every_access_where_it_can_be_read(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        ulong[] many = [.. Enumerable.Range(0, 150_000).Select(i => (ulong)i)];
        for (var i = 0; i < 3; i++) await ground.BatchAsync(AccessGround.Court, many[(i * 1000)..]);
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        var runs = await AccessTidying.RunsAsync(connection, CancellationToken.None);
        for (var last = 0; ; last++)
        {
            var pieces = 0;
            var merged = await new RunMerge(ground.Store, ground.Clock).MergeAsync(runs, 0, _ => Task.FromResult(pieces++ < last), CancellationToken.None);
            await ground.AssertListsAsync(0, 999, 1000, 2500, 149_999, 150_000);
            if (merged is not null) break;
        }

        Assert.Equal(1, await ground.CountAsync("select count(*) from access_runs where state = 1"));
        Assert.InRange(await ground.CountAsync("select count(*) from access_runs where state = 0"), 2, 100);
        ground.Clock.Now += RunTables.Patience + TimeSpan.FromSeconds(1);
        await ground.TidyAsync();
        Assert.Equal(1, await ground.CountAsync("select count(*) from access_runs"));
        Assert.Equal(0, await ground.CountAsync("select count(*) from access_blocks where run_id not in (select id from access_runs)"));
        await ground.AssertListsAsync(many.Where(person => person % 2003 == 0));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_looked_up_more_often_than_a_block_can_say_is_listed_whole(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var random = new Random(12);
        for (var i = 0; i < 20; i++) await ground.AskManyAsync(AccessGround.Court, 600, () => random.Next(3) == 0 ? 7 : (ulong)random.Next(People));
        await ground.TidyAsync();
        Assert.InRange(await ground.CountAsync("select max(n) from (select count(*) as n from access_blocks group by run_id, high) as same"), 2, 100);
        await ground.AssertListsAsync(Sample());
        await ground.AssertListsAsync(7);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task While_one_host_holds_the_lease_another_does_nothing(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var random = new Random(8);
        for (var i = 0; i < AccessTidying.LikeRuns; i++) await ground.BatchAsync(AccessGround.Court, Some(random, 700));
        var first = new TidyingLease(ground.Clock);
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        Assert.True(await first.HoldAsync(connection, CancellationToken.None));
        Assert.False(await ground.Tidying.RunOnceAsync(CancellationToken.None));
        ground.Clock.Now += TimeSpan.FromMinutes(3);
        Assert.True(await ground.Tidying.RunOnceAsync(CancellationToken.None));
        Assert.False(await first.HoldAsync(connection, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Old_accesses_are_dropped_whole_runs_at_a_time_and_sealed_ones_later(string database)
    {
        await using var ground = await AccessGround.CreateAsync(database);
        var random = new Random(9);
        ulong[] all = [.. Enumerable.Range(0, People).Select(i => (ulong)i)];
        for (var i = 0; i < 9; i++) await ground.BatchAsync(AccessGround.Court, all);
        await ground.AskAsync(AccessGround.School, 3);
        await ground.TidyAsync();
        var sealed_ = await ground.BatchAsync(AccessGround.School with { RevealedAt = TestClock.Morning.AddYears(3) }, all);
        ground.Clock.Now += TimeSpan.FromDays(2000);
        var kept = await ground.AskAsync(AccessGround.Court, 3);
        await ground.BatchAsync(AccessGround.Court, Some(random, 700));

        var retention = new AccessRetention(ground.Store);
        Assert.Equal(0, await retention.DropAsync(TestClock.Morning, CancellationToken.None));
        Assert.Equal(10, await retention.DropAsync(TestClock.Morning.AddYears(1), CancellationToken.None));
        Assert.Equal([kept, sealed_], (await ground.ListAsync(3)).Select(item => item.Position).Where(position => position <= kept));
        Assert.Equal(1, await ground.CountAsync("select count(*) from access_runs where state = 2"));
        await ground.TidyAsync();
        ground.Forget(sealed_);
        await ground.AssertListsAsync(Sample());
        Assert.Equal(1, await retention.DropAsync(TestClock.Morning.AddYears(4), CancellationToken.None));
        ground.Forget(kept);
        await ground.AssertListsAsync(Sample());
    }

    [Fact]
    public void Runs_of_like_size_and_one_key_are_merged_the_smallest_first()
    {
        Run Of(long id, long accesses, long key = 1) => new(id, key, id, id, accesses, accesses);
        var seven = Enumerable.Range(0, 7).Select(i => Of(i, 1000)).ToList();
        Assert.Null(AccessTidying.Due([.. seven, Of(8, 1024), Of(9, 1000, key: 2)]));
        Assert.Equal(8, AccessTidying.Due([.. seven, Of(8, 1023)])!.Count);
        List<Run> large = [.. Enumerable.Range(10, 8).Select(i => Of(i, 1_000_000L + i * 100_000))];
        Assert.Equal(large, AccessTidying.Due([.. large, .. seven]));
        Assert.Equal(8, AccessTidying.Due([.. large, .. seven, Of(8, 1)])!.Count(run => run.Accesses <= 1000));
    }

    private static ulong[] Some(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.Next(People))];

    private static IEnumerable<ulong> Sample() => Enumerable.Range(0, 150).Select(i => (ulong)(i * 29 % (People + 20)));
}

internal static class TidyingToTheEnd
{
    public static async Task UntilDoneAsync(this AccessTidying tidying)
    {
        while (await tidying.RunOnceAsync(CancellationToken.None)) { }
    }
}
