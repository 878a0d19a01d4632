using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>
/// Who looked me up: reads a person's own list. What is sealed is read like everything else and left out at the end, so that a list with a sealed access
/// and one without differ in nothing, neither in what it says nor in how it comes about.
/// </summary>
/// <param name="keys">Every key that was ever in use; the list is complete only with all of them.</param>
internal sealed class AccessHistory(DataStore store, IReadOnlyList<PseudonymKey> keys)
{
    private readonly RunFiles _files = new(store, TimeProvider.System);

    /// <summary>Events are fetched so many at a time, so that a few sealed ones more or less do not show in the work that is done.</summary>
    private const int EventsAtOnce = 256;

    // One statement, so that an access that is being moved from the recent ones into a run, or from run to run, is neither missed nor seen twice.
    // Of each run: the block that begins before the person, and those that begin with it. In this form both databases go by the key of the
    // blocks, whatever they believe to know about the size of tables: "cross join" keeps SQLite from beginning with all blocks (63 ms instead of 0.2).
    private const string Find = """
        select 0, c.position, 0, c.content from access_recent c where c.key_id = @key
        union all
        select 1, r.first_position, r.last_position, (select b.content from access_blocks b where b.run_id = r.id and b.high < @high order by b.high desc, b.number desc limit 1)
        from access_runs r where r.key_id = @key and r.state = 1
        union all
        select 1, r.first_position, r.last_position, b.content from access_runs r cross join access_blocks b where r.key_id = @key and r.state = 1 and b.run_id = r.id and b.high = @high
        """;

    /// <param name="person">All numbers of one person, the present one and those it replaced.</param>
    /// <param name="asOf">Now; what is sealed beyond it is not there.</param>
    /// <param name="size">The most accesses to give back.</param>
    /// <param name="before">From an earlier page; null for the newest.</param>
    public async Task<AccessPage> ReadAsync(IReadOnlyList<PersonKey> person, DateTimeOffset asOf, int size, long? before, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var found = new List<long>();
        foreach (var key in keys)
        {
            foreach (var number in person)
            {
                var pseudonym = key.Of(number);
                // First the files: what is taken in meanwhile is in the database then.
                await _files.FindAsync(connection, key.Id, pseudonym, found, stop);
                await FindAsync(connection, key.Id, pseudonym, found, stop);
            }
        }

        var waiting = found.Where(position => before is null || position < before).Distinct().OrderDescending().ToList();
        var items = new List<AccessItem>();
        var at = 0;
        do
        {
            var next = waiting.GetRange(at, Math.Min(EventsAtOnce, waiting.Count - at));
            items.AddRange((await EventsAsync(connection, next, stop)).Where(one => one.RevealedAt is null || one.RevealedAt <= asOf).OrderByDescending(one => one.Item.Position).Select(one => one.Item));
            at += EventsAtOnce;
        }
        while (items.Count <= size && at < waiting.Count);

        return items.Count > size ? new AccessPage(items[..size], items[size - 1].Position) : new AccessPage(items, null);
    }

    private static async Task FindAsync(DbConnection connection, long keyId, Pseudonym person, List<long> found, CancellationToken stop)
    {
        await using var find = connection.Command(null, Find, ("key", keyId), ("high", person.StoredHigh));
        await find.PrepareAsync(stop);
        await using var rows = await find.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            if (rows.IsDBNull(3)) continue;
            var (first, last, content) = (rows.GetInt64(1), rows.GetInt64(2), (byte[])rows[3]);
            if (rows.GetInt32(0) == 0)
            {
                RecentAccesses.Find(first, content, person, found);
                continue;
            }

            BlockCursor.Find(first, last, content, person, found);
        }
    }

    // Run also for no position at all, so that an empty list is no quicker than a sealed one.
    private static Task<List<(AccessItem Item, DateTimeOffset? RevealedAt)>> EventsAsync(DbConnection connection, List<long> positions, CancellationToken stop) => connection.ListAsync(
        null,
        $"""
        select e.position, e.written_at, c.agency, c.purpose, c.provision, c.fact, e.revealed_at
        from access_events e join access_contexts c on c.id = e.context_id where e.position in ({(positions.Count == 0 ? "-1" : string.Join(", ", positions))})
        """,
        row => (new AccessItem(row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)), row.IsDBNull(6) ? (DateTimeOffset?)null : row.Instant(6)),
        stop);
}
