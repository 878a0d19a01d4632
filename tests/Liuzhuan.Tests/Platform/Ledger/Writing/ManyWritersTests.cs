using System.Collections.Concurrent;
using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Tests.Platform.Ledger.Writing;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>Several processes and hosts write one log: no gap, no fork, every acknowledged entry there exactly once.</summary>
public class ManyWritersTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Three_writers_make_one_log(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        Ledger[] writers = [ground.Ledger, ground.OpenAnother(), ground.OpenAnother(new LedgerOptions { MostInGroup = 7 })];
        var receipts = await Task.WhenAll(Enumerable.Range(0, 900).Select(i => Task.Run(() => writers[i % 3].AppendAsync(LedgerGround.Entry(i), CancellationToken.None))));
        foreach (var receipt in receipts) ground.AssertHolds(receipt!);
        await AssertOnceAsync(ground, Enumerable.Range(0, 900).ToDictionary(i => i, i => receipts[i]!.Position), 900);
        foreach (var writer in writers[1..]) await writer.DisposeAsync();
    }

    [Fact]
    public async Task Connections_killed_by_the_server_at_any_moment_lose_and_double_nothing()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no server.");
        await using var ground = await LedgerGround.CreateAsync("postgres");
        Ledger[] writers = [ground.Ledger, ground.OpenAnother(), ground.OpenAnother()];
        var acknowledged = new ConcurrentDictionary<int, long>();
        using var end = new CancellationTokenSource();
        var number = 0;
        var work = Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var mine = Interlocked.Increment(ref number);
                acknowledged[mine] = (await writers[i % 3].AppendAsync(LedgerGround.Entry(mine), CancellationToken.None))!.Position;
            }
        })).ToList();

        var (random, killed) = (new Random(7), 0L);
        await using (var server = await ground.Store.OpenAsync(CancellationToken.None))
        {
            for (var round = 0; round < 25; round++)
            {
                await Task.Delay(random.Next(5, 60));
                killed += (await server.ListAsync(null, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query not like '%pg_terminate%' order by random() limit 2", row => row.GetBoolean(0), CancellationToken.None)).Count(done => done);
            }
        }

        await end.CancelAsync();
        await Task.WhenAll(work);
        Assert.InRange(killed, 5, 50);
        Assert.InRange(acknowledged.Count, 24, int.MaxValue);
        await AssertOnceAsync(ground, acknowledged, acknowledged.Count);
        foreach (var writer in writers[1..]) await writer.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_settled_by_looking_and_not_done_twice()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no server.");
        await using var ground = await LedgerGround.CreateAsync("postgres");
        await using var wire = new BreakingWire(ground.Options.Connection);
        await using var store = new DataStore(new DataOptions { Provider = "postgres", Connection = wire.Connection }, ground.Folder);
        await using var writer = new Ledger(store, LedgerGround.Key, new LedgerOptions(), ground.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Ledger>.Instance);
        var acknowledged = new Dictionary<int, long>();
        for (var i = 0; i < 12; i++)
        {
            if (i % 3 == 2) wire.LoseNextCommit();
            var receipt = (await writer.AppendAsync(LedgerGround.Entry(i), CancellationToken.None))!;
            ground.AssertHolds(receipt);
            acknowledged[i] = receipt.Position;
        }

        Assert.Equal(4, wire.Lost);
        Assert.Equal(12, (await ground.ReadSoundAsync()).Count);
        await AssertOnceAsync(ground, acknowledged, 12);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_commit_is_tried_again()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no server.");
        await using var ground = await LedgerGround.CreateAsync("postgres");
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, """
            create function leave() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
            create constraint trigger leave after insert on ledger_entries deferrable initially deferred for each row when (new.position = 3) execute function leave();
            """, CancellationToken.None);
        await ground.AppendAsync(3);
        var stuck = ground.AppendAsync(1);
        await Task.Delay(700);
        Assert.False(stuck.IsCompleted);
        await connection.ExecuteAsync(null, "drop trigger leave on ledger_entries", CancellationToken.None);
        Assert.Equal(3, (await stuck)[0].Position);
        Assert.Equal(4, (await ground.ReadSoundAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_log_shortened_behind_the_writers_back_is_not_written_any_more(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await ground.AppendAsync(10);
        var before = await ground.Log.HeadAsync(CancellationToken.None);
        await ground.AppendAsync(10);
        await RunAsync(ground, "delete from ledger_entries where position >= 10");
        await RunAsync(ground, "update ledger_head set size = 10, root = @root, note = @note", ("root", before.Root.ToArray()), ("note", before.Note));
        await Assert.ThrowsAsync<LedgerBrokenException>(() => ground.Ledger.AppendAsync(LedgerGround.Entry(1), CancellationToken.None));
        Assert.True(ground.Ledger.IsBroken);
        await Assert.ThrowsAsync<LedgerBrokenException>(() => ground.Ledger.AppendAsync(LedgerGround.Entry(2), CancellationToken.None));
        Assert.Equal(10, (await ground.ReadSoundAsync()).Count);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_forked_head_is_not_written_on(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await ground.AppendAsync(10);
        await RunAsync(ground, "update ledger_head set root = @root", ("root", new byte[32]));
        await Assert.ThrowsAsync<LedgerBrokenException>(() => ground.Ledger.AppendAsync(LedgerGround.Entry(1), CancellationToken.None));
        await using var fresh = ground.OpenAnother();
        await Assert.ThrowsAsync<LedgerBrokenException>(() => fresh.AppendAsync(LedgerGround.Entry(1), CancellationToken.None));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_database_that_is_away_acknowledges_nothing_and_is_used_again_when_it_is_back(string provider)
    {
        await using var ground = await LedgerGround.CreateAsync(provider);
        await using var writer = ground.OpenAnother(new LedgerOptions { Patience = TimeSpan.Zero });
        await writer.AppendAsync(LedgerGround.Entry(0), CancellationToken.None);
        await RunAsync(ground, provider == "postgres" ? "alter table ledger_entries add constraint away check (position < 1)" : "create trigger away before insert on ledger_entries begin select raise(abort, 'away'); end");
        await Assert.ThrowsAnyAsync<Exception>(() => writer.AppendAsync(LedgerGround.Entry(1), CancellationToken.None));
        await RunAsync(ground, provider == "postgres" ? "alter table ledger_entries drop constraint away" : "drop trigger away");
        Assert.Equal(1, (await writer.AppendAsync(LedgerGround.Entry(2), CancellationToken.None))!.Position);
        Assert.Equal(2, (await ground.ReadSoundAsync()).Count);
    }

    private static async Task AssertOnceAsync(LedgerGround ground, IReadOnlyDictionary<int, long> acknowledged, int atLeast)
    {
        var entries = await ground.ReadSoundAsync();
        Assert.InRange(entries.Count, atLeast, int.MaxValue);
        var numbers = entries.Select(entry => JsonDocument.Parse(entry.Leaf).RootElement.GetProperty("detail").GetProperty("number").GetInt32()).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        foreach (var (number, position) in acknowledged) Assert.Equal(number, numbers[(int)position]);
    }

    private static async Task RunAsync(LedgerGround ground, string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await ground.Store.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(null, sql, CancellationToken.None, values);
    }
}
