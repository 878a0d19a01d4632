using System.Collections.Concurrent;
using System.Security.Cryptography;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>Gives waiting batches to workers of any number of hosts, each to one. Whoever's lease ran out has lost it: nothing of theirs is written any more.</summary>
internal sealed class BatchLeases(DataStore store, BatchOptions options, TimeProvider clock)
{
    private const int Candidates = 8;

    // A lease that ends later than any may was given under a clock that has been set back since: its holder is not waited for.
    private static readonly TimeSpan LongestLease = TimeSpan.FromHours(2);

    private const int MostAside = 64;

    private readonly ConcurrentDictionary<string, byte> _aside = new();

    private long _heardAt = clock.GetTimestamp();

    /// <summary>How long ago a worker of this host last looked for work or gave a sign of life, and the database took it.</summary>
    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>Takes the batch that has waited longest, or null. One whose worker fell silent waits again, until it has been begun too often.</summary>
    public async Task<Batch?> TakeAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var latest = now + LongestLease;
        string[] aside = [.. _aside.Keys];
        await using var db = store.CreateDb();
        var free = db.Set<Batch>().Where(batch => batch.State == BatchStates.Waiting || batch.State == BatchStates.Running && (batch.LeasedUntil < now || batch.LeasedUntil > latest));
        var found = await free.OrderBy(batch => aside.Contains(batch.Id)).ThenBy(batch => batch.ReceivedAt).ThenBy(batch => batch.Id).Select(batch => new { batch.Id, batch.Attempts }).Take(Candidates).ToListAsync(stop);
        Heard();
        foreach (var one in found)
        {
            // The second WHERE decides the race; one row is ours.
            var still = free.Where(batch => batch.Id == one.Id && batch.Attempts == one.Attempts);
            if (one.Attempts >= options.MostAttempts)
            {
                await EndAsync(still, BatchStates.Failed, BatchRefusals.Interrupted, stop);
                continue;
            }

            // Not to be broken off: a batch that was taken must be told to whoever took it, or it would lie idle until the lease ends.
            var lease = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var taken = await still.ExecuteUpdateAsync(set => set
                .SetProperty(batch => batch.State, BatchStates.Running).SetProperty(batch => batch.Lease, lease).SetProperty(batch => batch.LeasedUntil, now + options.Lease)
                .SetProperty(batch => batch.Attempts, batch => batch.Attempts + 1).SetProperty(batch => batch.StartedAt, now).SetProperty(batch => batch.RowsDone, 0).SetProperty(batch => batch.ShareDone, 0), CancellationToken.None);
            if (taken == 1 && await db.Set<Batch>().AsNoTracking().SingleOrDefaultAsync(batch => batch.Id == one.Id && batch.Lease == lease, CancellationToken.None) is { } batch) return batch;
        }

        return null;
    }

    /// <summary>Lets all others go first, on this host: a file too large for its disk must not keep back those that fit.</summary>
    public void SetAside(Batch batch)
    {
        if (_aside.Count >= MostAside) _aside.Clear();
        _aside.TryAdd(batch.Id, 0);
    }

    /// <summary>A sign of life with what is done so far. False when the batch is not this worker's any more.</summary>
    public async Task<bool> RenewAsync(Batch batch, VerifyProgress progress, CancellationToken stop)
    {
        await using var db = store.CreateDb();
        var share = (int)Math.Clamp(progress.Share * 1000, 0, 999);
        var renewed = await Mine(db, batch).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.LeasedUntil, clock.GetUtcNow() + options.Lease).SetProperty(one => one.RowsDone, progress.Rows).SetProperty(one => one.ShareDone, share), stop);
        Heard();
        return renewed == 1;
    }

    /// <summary>Gives a batch back to whoever is next.</summary>
    /// <param name="counts">Was this an attempt that failed?</param>
    public async Task ReleaseAsync(Batch batch, bool counts, CancellationToken stop)
    {
        await using var db = store.CreateDb();
        await Mine(db, batch).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.State, BatchStates.Waiting).SetProperty(one => one.Lease, (string?)null).SetProperty(one => one.LeasedUntil, (DateTimeOffset?)null)
            .SetProperty(one => one.Attempts, one => counts ? one.Attempts : one.Attempts - 1), stop);
    }

    /// <summary>Ends a batch without a result. False when it was not this worker's any more.</summary>
    public async Task<bool> EndAsync(Batch batch, string state, Refusal refusal, CancellationToken stop)
    {
        await using var db = store.CreateDb();
        return await EndAsync(Mine(db, batch), state, refusal, stop) == 1;
    }

    private void Heard() => Volatile.Write(ref _heardAt, clock.GetTimestamp());

    private static IQueryable<Batch> Mine(LiuzhuanDb db, Batch batch) => db.Set<Batch>().Where(one => one.Id == batch.Id && one.Lease == batch.Lease && one.State == BatchStates.Running);

    private Task<int> EndAsync(IQueryable<Batch> batches, string state, Refusal refusal, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return batches.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.State, state).SetProperty(one => one.Lease, (string?)null).SetProperty(one => one.LeasedUntil, (DateTimeOffset?)null)
            .SetProperty(one => one.EndedAt, now).SetProperty(one => one.ExpiresAt, now + options.KeepContents)
            .SetProperty(one => one.RefusalCode, refusal.Code).SetProperty(one => one.RefusalZh, refusal.Chinese).SetProperty(one => one.RefusalEn, refusal.English), stop);
    }
}
