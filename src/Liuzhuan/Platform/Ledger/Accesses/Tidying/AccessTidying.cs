using System.Data.Common;
using System.Numerics;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>
/// Keeps the runs few, so that a person's list is read from few places: sweeps recent accesses into runs, merges runs of like size, takes in those that are in files, deletes what is no
/// longer in use. Runs of each size, by powers of eight, are merged once there are eight; of 100 million accesses there are then at most some forty.
/// </summary>
internal sealed class AccessTidying(DataStore store, TimeProvider clock)
{
    internal const int LikeRuns = 8;

    private const int MostSources = 32, FirstTierBits = 10, TierBits = 3, BlocksDeleted = 500;

    // Merged or dropped, or given up by the process that was making it.
    private const string
        Doomed = "select min(id) from access_runs where state = 2 or (state = 0 and expires_at < @now)",
        Doom = "update access_runs set state = 2 where id = @run and (state = 2 or (state = 0 and expires_at < @now))";

    private readonly TidyingLease _lease = new(clock);
    private readonly RecentSweep _sweep = new(store, clock);
    private readonly RunMerge _merge = new(store, clock);
    private readonly RunFiles _files = new(store, clock);

    /// <summary>Does one piece of what is due; false when nothing is, or another host is at it.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken stop)
    {
        await using var connection = await RunTables.OpenAsync(store, stop);
        if (await FindAsync(connection, stop) is { } work)
        {
            if (!await _lease.HoldAsync(connection, stop)) return false;
            await work();
            return true;
        }

        if (_lease.IsHeld) await _lease.ReleaseAsync(connection, stop);
        return false;
    }

    /// <summary>The runs to be merged next: of one key, of like size, the smallest first; null while there are few of each.</summary>
    internal static IReadOnlyList<Run>? Due(IReadOnlyList<Run> runs) => runs
        .GroupBy(run => (run.KeyId, Tier: Tier(run.Accesses)))
        .Where(like => like.Count() >= LikeRuns)
        .OrderBy(like => like.Key.Tier).ThenBy(like => like.Key.KeyId)
        .Select(like => like.OrderBy(run => run.LastPosition).Take(MostSources).ToList())
        .FirstOrDefault();

    private static int Tier(long accesses) => Math.Max(0, BitOperations.Log2((ulong)accesses | 1) - FirstTierBits + TierBits) / TierBits;

    /// <summary>The runs in use.</summary>
    internal static Task<List<Run>> RunsAsync(DbConnection connection, CancellationToken stop) => connection.ListAsync(
        null, $"select {Run.Columns} from access_runs where state = 1", Run.Of, stop);

    // Looks before it writes anything, so that a service at rest leaves its database alone.
    private async Task<Func<Task>?> FindAsync(DbConnection connection, CancellationToken stop)
    {
        if (await RecentSweep.DueAsync(connection, stop) is { } bound) return () => _sweep.RunAsync(bound, stop);
        if (await connection.ScalarAsync(null, Doomed, stop, ("now", clock.GetUtcNow())) is { } doomed) return () => DeleteAsync(connection, Convert.ToInt64(doomed, null), stop);
        if (Due(await RunsAsync(connection, stop)) is { } due) return async () => await _merge.MergeAsync(due, await HorizonAsync(connection, stop), writing => _lease.HoldAsync(writing, stop), stop);
        if (await _files.AnyAsync(connection, stop)) return () => _files.TakeAllInAsync(stop);
        return _files.Old() is [var old, ..] ? () => _files.RemoveAsync(connection, old, stop) : null;
    }

    // Some blocks at a time; with the last of them the run.
    private async Task DeleteAsync(DbConnection connection, long run, CancellationToken stop)
    {
        await using var transaction = await RunTables.BeginAsync(connection, store, stop);
        if (await connection.ExecuteAsync(transaction, Doom, stop, ("run", run), ("now", clock.GetUtcNow())) == 0) return;
        var bound = await connection.ScalarAsync(transaction, "select high from access_blocks where run_id = @run order by high limit 1 offset @offset", stop, ("run", run), ("offset", BlocksDeleted - 1));
        await connection.ExecuteAsync(transaction, "delete from access_blocks where run_id = @run and high <= @bound", stop, ("run", run), ("bound", bound ?? long.MaxValue));
        if (bound is null) await connection.ExecuteAsync(transaction, "delete from access_runs where id = @run", stop, ("run", run));
        await transaction.CommitAsync(stop);
    }

    private static async Task<long> HorizonAsync(DbConnection connection, CancellationToken stop) =>
        await connection.ScalarAsync(null, "select min(position) from access_events", stop) is { } least ? Convert.ToInt64(least, null) : 0;
}
