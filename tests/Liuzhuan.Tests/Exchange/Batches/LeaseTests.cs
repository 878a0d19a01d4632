using Liuzhuan.Agreements.Contract;
using Liuzhuan.Exchange;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Exchange.Batches.Working;
using Liuzhuan.Platform.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Tests.Exchange.Batches;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

public class LeaseTests
{
    private static readonly byte[] Small = BatchGround.List(60), Large = BatchGround.List(60_000);

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_workers_of_many_hosts_do_each_batch_once(string database)
    {
        const int Batches = 24, Hosts = 4;
        await using var ground = await BatchGround.CreateAsync(database, new BatchOptions { MostOpen = Batches });
        for (var i = 0; i < Batches; i++) await ground.Host.SendAsync(Small);
        var hosts = Enumerable.Range(0, Hosts).Select(_ => ground.OpenHost()).ToList();
        var done = await Task.WhenAll(hosts.Select(host => Task.Run(async () =>
        {
            var count = 0;
            while (await host.Worker.RunOnceAsync(default)) count++;
            return count;
        })));
        Assert.Equal(Batches, done.Sum());
        Assert.Equal(Batches, await ground.EntriesAsync());
        Assert.Equal(Batches, await ground.CountAsync("select count(*) from batches where state = 'done' and attempts = 1"));
        Assert.Equal(Batches, await ground.CountAsync("select count(distinct position) from batches"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_batch_goes_to_one_of_many_takers(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var hosts = Enumerable.Range(0, 4).Select(_ => ground.OpenHost()).ToList();
        for (var round = 0; round < 10; round++)
        {
            await ground.Host.SendAsync(Small);
            var taken = await Task.WhenAll(hosts.Select(host => Task.Run(() => host.Get<BatchLeases>().TakeAsync(default))));
            Assert.Single(taken.OfType<Batch>());
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_silent_workers_batch_goes_to_the_next_and_is_set_aside_in_the_end(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var leases = ground.Host.Get<BatchLeases>();
        var id = await ground.Host.SendAsync(Small);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal((id, attempt), await leases.TakeAsync(default) is { } taken ? (taken.Id, taken.Attempts) : default);
            ground.Clock.Advance(TimeSpan.FromSeconds(29));
            Assert.Null(await leases.TakeAsync(default));
            ground.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Null(await leases.TakeAsync(default));
        var status = await ground.Host.StatusAsync(id);
        Assert.Equal(("failed", "batch.interrupted"), (status.State, status.Json.GetProperty("refusal").GetProperty("code").GetString()));
        Assert.Equal(0, await ground.EntriesAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_worker_that_lost_its_lease_writes_nothing_any_more(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.SendAsync(Small);
        var slow = (await host.Get<BatchLeases>().TakeAsync(default))!;
        ground.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True(await ground.OpenHost().Worker.RunOnceAsync(default));
        var (row, result) = (await ground.RowAsync(id), (await host.CallAsync("GET", $"/api/batches/{id}/result")).Content);

        // The slow one wakes up and goes through everything as if nothing had happened.
        var leases = host.Get<BatchLeases>();
        Assert.False(await leases.RenewAsync(slow, new("verifying", 0.5, 30), default));
        Assert.False(await leases.EndAsync(slow, BatchStates.Failed, BatchRefusals.Fault, default));
        await leases.ReleaseAsync(slow, counts: true, default);
        var quiet = new BatchOptions { Beat = TimeSpan.FromHours(1) };
        await using (var held = new HeldBatch(slow, leases, quiet, ground.Clock, NullLogger.Instance))
        {
            var path = Path.Combine(ground.Database.Folder, "other");
            await File.WriteAllTextAsync(path, "other");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Get<BatchFiles>().StoreAsync(held, BatchPieces.Result, path, default));
            Assert.True(held.Lost.IsCancellationRequested);
        }

        Assert.Null(await LogAsync(ground, slow));

        Assert.Equal((row.State, row.Attempts, row.Position, row.RefusalCode), Of(await ground.RowAsync(id)));
        Assert.Equal(result, (await host.CallAsync("GET", $"/api/batches/{id}/result")).Content);
        Assert.Equal(1, await ground.EntriesAsync());

        static (string, int, long?, string?) Of(Batch batch) => (batch.State, batch.Attempts, batch.Position, batch.RefusalCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_workers_that_both_work_on_a_batch_bring_it_to_one_end(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.SendAsync(Large);
        var other = ground.OpenHost();
        var first = Task.Run(() => ground.Host.Worker.RunOnceAsync(default));
        await UntilAsync(async () => (await ground.RowAsync(id)).State == BatchStates.Running);
        // As seen by the other one, whose clock is ahead: both work for a while.
        await using (var db = ground.Store.CreateDb()) await db.Set<Batch>().Where(batch => batch.Id == id && batch.State == "running").ExecuteUpdateAsync(set => set.SetProperty(batch => batch.LeasedUntil, ground.Clock.GetUtcNow().AddSeconds(-1)));
        await Task.WhenAll(first, Task.Run(() => other.Worker.RunOnceAsync(default)));
        Assert.Equal(1, await ground.EntriesAsync());
        var row = await ground.RowAsync(id);
        Assert.Equal("done", row.State);
        Assert.Equal(200, (await ground.Host.CallAsync("GET", $"/api/batches/{id}/result")).Status);
        Assert.Equal(row.ResultBytes, await ground.CountAsync("select sum(coalesce(unpacked, length(bytes))) from batch_pieces where batch_id = @id and content = 'result'", id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_host_that_is_asked_to_end_gives_its_batch_back_uncounted(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.SendAsync(Large);
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => ground.Host.Worker.RunOnceAsync(stop.Token));
        await UntilAsync(async () => (await ground.RowAsync(id)).State == BatchStates.Running);
        await stop.CancelAsync();
        await running;
        var row = await ground.RowAsync(id);
        Assert.Equal(("waiting", 0, null), (row.State, row.Attempts, row.Lease));
        Assert.True(await ground.OpenHost().Worker.RunOnceAsync(default));
        Assert.Equal(("done", 1), ((await ground.RowAsync(id)).State, await ground.EntriesAsync()));
        Assert.Empty(Directory.GetDirectories(Path.Combine(ground.Database.Folder, "batches")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_fault_of_ours_is_tried_three_times_and_then_told(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.SendAsync(Small);
        await ground.CountAsync("delete from batch_pieces where batch_id = @id", id);
        for (var attempt = 0; attempt < 3; attempt++) Assert.True(await ground.Host.Worker.RunOnceAsync(default));
        Assert.False(await ground.Host.Worker.RunOnceAsync(default));
        var row = await ground.RowAsync(id);
        Assert.Equal(("failed", "batch.fault", 3), (row.State, row.RefusalCode, row.Attempts));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_batch_can_be_cancelled_in_every_state_and_leaves_nothing_but_its_row(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        foreach (var state in new[] { "receiving", "waiting", "running", "storing", "done", "refused" })
        {
            var file = state == "refused" ? "甲,乙\n1,2\n"u8.ToArray() : state is "running" or "storing" ? Large : Small;
            var id = state == "receiving" ? await host.OpenAsync(file) : await host.SendAsync(file);
            if (state == "receiving") await host.PatchAsync(id, 0, file[..^1], false);
            var work = state is "running" or "storing" ? Task.Run(() => host.Worker.RunOnceAsync(default)) : state is "done" or "refused" ? host.Worker.RunOnceAsync(default) : Task.FromResult(true);
            if (state is "done" or "refused") await work;
            if (state == "running") await UntilAsync(async () => (await ground.RowAsync(id)).State == BatchStates.Running);
            if (state == "storing") await UntilAsync(async () => await ground.CountAsync("select count(*) from batch_pieces where batch_id = @id and content = 'result'", id) > 0);

            var entries = await ground.EntriesAsync();
            Assert.Equal(204, (await host.CallAsync("DELETE", $"/api/batches/{id}")).Status);
            Assert.True(await work);
            var row = await ground.RowAsync(id);
            // One that was done at that very moment stays done; its files are gone all the same.
            var wasDone = row.Position is not null;
            Assert.Equal(wasDone ? "done" : state == "refused" ? "refused" : "cancelled", row.State);
            Assert.Equal((0, true, null), (await ground.PiecesAsync(id), row.ErasedAt is not null, row.Lease));
            Assert.Equal(wasDone ? 410 : 409, (await host.CallAsync("GET", $"/api/batches/{id}/result")).Status);
            if (state is not ("done" or "running" or "storing")) Assert.Equal(entries, await ground.EntriesAsync());
            Assert.Equal(204, (await host.CallAsync("DELETE", $"/api/batches/{id}")).Status);
            Assert.False(await host.Worker.RunOnceAsync(default));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_an_interrupted_attempt_stored_is_not_mixed_into_the_next(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.SendAsync(Small);
        await ground.CountAsync("insert into batch_pieces (batch_id, content, start, bytes, unpacked) select batch_id, 'result', 0, bytes, unpacked from batch_pieces where batch_id = @id", id);
        await ground.CountAsync("insert into batch_pieces (batch_id, content, start, bytes, unpacked) select batch_id, 'result', 1048576, bytes, unpacked from batch_pieces where batch_id = @id and content = 'input'", id);
        Assert.True(await ground.Host.Worker.RunOnceAsync(default));
        Assert.Equal(1, await ground.CountAsync("select count(*) from batch_pieces where batch_id = @id and content = 'result'", id));
        Assert.Equal(200, (await ground.Host.CallAsync("GET", $"/api/batches/{id}/result")).Status);
    }

    // The last step of work, as a worker takes it that believes the batch to be its own.
    private static async Task<LedgerReceipt?> LogAsync(BatchGround ground, Batch batch)
    {
        var client = (await ground.Host.Get<AccessList>().FindAsync(batch.ClientId, default))!;
        Assert.True(ground.Host.Get<BatchAccess>().Decide(client, batch.Fact, batch.Purpose).Ok(out var terms, out _));
        var report = new VerifyReport
        {
            Input = new("other.csv", null, "utf-8", ",", []), Register = new("other", ground.Clock.Now), Rows = 1, Verdicts = new Dictionary<string, long>(), Reasons = new Dictionary<string, long>(),
            Seconds = 1, OtherLines = new(1, 0, 0), Problems = [], ProblemRows = 0, RegisterIsOld = false,
        };
        var outcome = new BatchOutcome(batch, terms, report, [], new StoredContent("other", 5), new StoredContent("other", 5), ground.Clock.Now.AddDays(7));
        var statement = outcome.Statement();
        return await ground.Host.Get<Ledger>().AppendAsync(new NewEntry("batch", "agency/other", statement) { Companions = [outcome.Completion(statement)] }, default);
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await reached()) await Task.Delay(1, late.Token);
    }
}
