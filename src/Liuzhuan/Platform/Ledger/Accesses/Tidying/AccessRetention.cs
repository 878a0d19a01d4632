using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>
/// Drops accesses that are older than they must be kept. An access that was sealed is kept as long from the day on which the person could see it.
/// Whole runs go at once; what remains of others is left out when they are next merged, and from every list at once.
/// </summary>
internal sealed class AccessRetention(DataStore store)
{
    private const int EventsAtOnce = 5000;

    private const string
        Next = "select position, written_at, revealed_at from access_events where position > @after order by position limit @limit",
        Doom = "update access_runs set state = 2 where state = 1 and not exists (select 1 from access_events e where e.position between access_runs.first_position and access_runs.last_position)";

    /// <summary>Drops what was visible before <paramref name="cutoff"/>; gives back how many events went.</summary>
    public async Task<long> DropAsync(DateTimeOffset cutoff, CancellationToken stop)
    {
        await using var connection = await RunTables.OpenAsync(store, stop);
        var (after, dropped) = (-1L, 0L);
        while (true)
        {
            // Instants never go back along the ledger, so the first one that is young enough ends the search.
            var events = await connection.ListAsync(
                null, Next, row => (Position: row.GetInt64(0), At: row.Instant(1), RevealedAt: row.IsDBNull(2) ? (DateTimeOffset?)null : row.Instant(2)), stop, ("after", after), ("limit", EventsAtOnce));
            var old = events.TakeWhile(one => one.At < cutoff).ToList();
            var due = old.Where(one => one.RevealedAt is null || one.RevealedAt < cutoff).Select(one => one.Position).ToList();
            if (due.Count > 0) dropped += await connection.ExecuteAsync(null, $"delete from access_events where position in ({string.Join(", ", due)})", stop);
            if (old.Count < EventsAtOnce) break;
            after = old[^1].Position;
        }

        // Also when nothing was dropped now: a run may have come into use since.
        await connection.ExecuteAsync(null, Doom, stop);
        return dropped;
    }
}
