using Liuzhuan.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Exchange.Batches.Contents;

/// <summary>Ends what shall not be kept: batches their clients cancel, uploads nobody finishes, contents past their time. Figures and ledger entry stay.</summary>
internal sealed class BatchErasure(DataStore store, TimeProvider clock)
{
    // The time limit is put into the past first: from then on nothing can be had, however long removing it takes and whoever does it.
    private const string End = """
        update batches set state = case when state in ('receiving', 'waiting', 'running') then 'cancelled' else state end, lease = null, leased_until = null,
            ended_at = coalesce(ended_at, @now), expires_at = opened_at
        where id = @id and client_id = @client
        """;

    /// <summary>Cancels a batch that has no outcome yet and erases its contents in any case. False when this client has no such batch.</summary>
    public async Task<bool> CancelAsync(string clientId, string id, CancellationToken stop)
    {
        await using (var connection = await store.OpenAsync(stop))
        {
            if (await connection.ExecuteAsync(null, End, stop, ("id", id), ("client", clientId), ("now", clock.GetUtcNow())) == 0) return false;
        }

        await EraseAsync(id, stop);
        return true;
    }

    /// <summary>Erases whatever is past its time, on this host's turn or after another's was cut short. Gives back how many batches that were.</summary>
    /// <param name="now">See <see cref="Platform.Ledger.ErasureTime"/>.</param>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken stop)
    {
        List<string> expired;
        await using (var db = store.CreateDb())
        {
            var refusal = BatchRefusals.Expired;
            await db.Set<Batch>().Where(batch => batch.State == BatchStates.Receiving && batch.ExpiresAt <= now).ExecuteUpdateAsync(set => set
                .SetProperty(batch => batch.State, BatchStates.Cancelled).SetProperty(batch => batch.EndedAt, now)
                .SetProperty(batch => batch.RefusalCode, refusal.Code).SetProperty(batch => batch.RefusalZh, refusal.Chinese).SetProperty(batch => batch.RefusalEn, refusal.English), stop);
            expired = await db.Set<Batch>().Where(batch => batch.ErasedAt == null && batch.ExpiresAt <= now && !BatchStates.Open.Contains(batch.State)).Select(batch => batch.Id).ToListAsync(stop);
        }

        foreach (var id in expired) await EraseAsync(id, stop);
        return expired.Count;
    }

    private async Task EraseAsync(string id, CancellationToken stop)
    {
        await BatchPieces.EraseAsync(store, id, spared: "", stop);
        await using var db = store.CreateDb();
        await db.Set<Batch>().Where(batch => batch.Id == id && batch.ErasedAt == null).ExecuteUpdateAsync(set => set.SetProperty(batch => batch.ErasedAt, clock.GetUtcNow()), stop);
    }
}
