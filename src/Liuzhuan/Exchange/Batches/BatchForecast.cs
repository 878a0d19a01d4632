using Liuzhuan.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Exchange.Batches;

/// <summary>When a batch is expected to be done: what lies before it, at the speed seen lately. Says nothing where it would be a guess.</summary>
internal sealed class BatchForecast(DataStore store, TimeProvider clock)
{
    private const int Lately = 5;

    // A waiting batch that nobody takes although nobody is busy: no worker is running.
    private static readonly TimeSpan NobodyComes = TimeSpan.FromSeconds(15);

    /// <summary>The instant, to the second, or null when it is not known.</summary>
    public async Task<DateTimeOffset?> OfAsync(Batch batch, CancellationToken stop)
    {
        if (!BatchStates.Unfinished.Contains(batch.State)) return null;
        var now = clock.GetUtcNow();
        await using var db = store.CreateDb();
        var running = await db.Set<Batch>().AsNoTracking().Where(one => one.State == BatchStates.Running && one.LeasedUntil >= now).ToListAsync(stop);
        if (batch.State == BatchStates.Running && running.All(one => one.Id != batch.Id)) return null;
        if (running.Count == 0 && now - batch.ReceivedAt > NobodyComes) return null;
        if (await SpeedAsync(db, running, now, stop) is not { } speed) return null;

        var left = Left(batch);
        if (batch.State == BatchStates.Waiting)
        {
            var ahead = await db.Set<Batch>().Where(one => one.State == BatchStates.Waiting && one.ReceivedAt < batch.ReceivedAt).SumAsync(one => one.Bytes, stop);
            left += (ahead + running.Sum(Left)) / Math.Max(1, running.Count);
        }

        return DateTimeOffset.FromUnixTimeSeconds((now + TimeSpan.FromSeconds(left / speed)).ToUnixTimeSeconds() + 1);
    }

    // Bytes a second of one worker: of the last batches done, or of those under way where none is.
    private static async Task<double?> SpeedAsync(LiuzhuanDb db, List<Batch> running, DateTimeOffset now, CancellationToken stop)
    {
        var done = await db.Set<Batch>().AsNoTracking().Where(one => one.State == BatchStates.Done).OrderByDescending(one => one.ReceivedAt).Take(Lately)
            .Select(one => new { one.Bytes, one.StartedAt, one.EndedAt }).ToListAsync(stop);
        var (bytes, seconds) = done.Count > 0
            ? (done.Sum(one => (double)one.Bytes), done.Sum(one => Seconds(one.StartedAt, one.EndedAt)))
            : (running.Sum(one => (double)one.Bytes - Left(one)), running.Sum(one => Seconds(one.StartedAt, now)));
        return bytes > 0 && seconds > 0 ? bytes / seconds : null;
    }

    private static double Seconds(DateTimeOffset? from, DateTimeOffset? to) => Math.Max(0, (to - from)?.TotalSeconds ?? 0);

    private static double Left(Batch batch) => batch.Bytes * (1000.0 - batch.ShareDone) / 1000;
}
