using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>
/// Records whom a ledger entry was about, as companions that become durable together with it. One for a process. What is long to write, the run of a
/// batch, is put down before the entry and only brought into use with it, so that the ledger is not held up.
/// </summary>
/// <param name="mostInRun">A larger batch becomes several runs, so that memory does not grow with it.</param>
internal sealed class AccessRecorder(DataStore store, PseudonymKey key, TimeProvider clock, int mostInRun = AccessRecorder.UsualMostInRun) : ICompanionWriter
{
    /// <summary>Up to so many persons are written one by one.</summary>
    internal const int Few = 512;

    private const int UsualMostInRun = 4 << 20;

    private const string Use = "update access_runs set state = 1, first_position = @position, last_position = @position where id = @id and state = 0";

    private readonly AccessContexts _contexts = new();

    /// <summary>For a question about few persons.</summary>
    public Companion For(AccessEvent access, params ReadOnlySpan<PersonKey> people)
    {
        if (people.Length > Few) throw new ArgumentException($"More than {Few} persons are recorded as a batch.", nameof(people));
        var pseudonyms = new Pseudonym[people.Length];
        for (var i = 0; i < people.Length; i++) pseudonyms[i] = key.Of(people[i]);
        return Companion(access, PseudonymOrder.SortedDistinct(pseudonyms));
    }

    /// <summary>For a batch: every citizen number it touched (<see cref="Matching.TouchedNumbers"/>), in any order, repeats allowed.</summary>
    /// <remarks>What is put down for an entry that is never written is removed later.</remarks>
    public async Task<Companion> ForBatchAsync(AccessEvent access, ReadOnlyMemory<ulong> citizenNumbers, CancellationToken stop)
    {
        var (runs, count) = (new List<long>(), 0L);
        for (var from = 0; from < citizenNumbers.Length; from += mostInRun)
        {
            var people = PseudonymOrder.SortedDistinct(key.Of(citizenNumbers.Span.Slice(from, Math.Min(mostInRun, citizenNumbers.Length - from))));
            if (citizenNumbers.Length <= mostInRun && people.Length <= Few) return Companion(access, people);
            runs.Add(await PutDownAsync(people, stop));
            count += people.Length;
        }

        return new Companion(this, new Content(access, [], runs, count));
    }

    /// <summary>Writes the rows of a group; to be called once for a transaction, with at most one row for each entry. An entry is refused when its run was removed because it waited too long.</summary>
    public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, IReadOnlyList<CompanionRow> rows, CancellationToken stop)
    {
        var refused = new List<int>();
        var events = rows.Select(row => (Content)row.Content).ToArray();
        var contexts = await _contexts.IdsAsync(transaction, Array.ConvertAll(events, one => one.Access), stop);
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var run in events[i].Runs)
            {
                if (await transaction.Connection!.ExecuteAsync(transaction, Use, stop, ("id", run), ("position", rows[i].Position)) > 0) continue;
                refused.Add(i);
                break;
            }
        }

        if (refused.Count > 0) return refused;
        await ColumnInsert.InsertAsync(transaction, stop, EventRows(rows, events, contexts), RecentRows(rows, events));
        return refused;
    }

    private static ColumnRows EventRows(IReadOnlyList<CompanionRow> rows, Content[] events, long[] contexts) => new(
        "access_events",
        ("position", rows.Select(row => row.Position).ToArray()),
        ("written_at", rows.Select(row => row.At).ToArray()),
        ("context_id", contexts),
        ("revealed_at", events.Select(one => one.Access.RevealedAt).ToArray()),
        ("people", events.Select(one => one.People).ToArray()));

    // All persons of the group in one row, or in none.
    private ColumnRows RecentRows(IReadOnlyList<CompanionRow> rows, Content[] events)
    {
        var few = Enumerable.Range(0, rows.Count).SelectMany(i => events[i].Few, (i, person) => (Person: person, rows[i].Position)).ToList();
        var first = few.Select(one => one.Position).Take(1).ToArray();
        return new ColumnRows(
            "access_recent",
            ("position", first),
            ("key_id", Array.ConvertAll(first, _ => key.Id)),
            ("accesses", Array.ConvertAll(first, _ => few.Count)),
            ("content", Array.ConvertAll(first, position => RecentAccesses.Pack(position, few))));
    }

    private Companion Companion(AccessEvent access, Pseudonym[] few) => new(this, new Content(access, few, [], few.Length));

    // Its position is not known yet, and not needed: all its accesses have the same.
    private async Task<long> PutDownAsync(Pseudonym[] people, CancellationToken stop)
    {
        var writer = new RunWriter(0, 0, people.Length);
        ReadOnlySpan<long> position = [0];
        foreach (var person in people) writer.Add(person, position);
        writer.Finish();

        var id = RunTables.NewId(clock);
        await using var connection = await RunTables.OpenAsync(store, stop);
        await using (var transaction = await RunTables.BeginAsync(connection, store, stop))
        {
            await RunTables.MakeAsync(transaction, new Run(id, key.Id, 0, 0, writer.People, writer.Accesses), RunTables.Making, clock.GetUtcNow() + RunTables.Patience, stop);
            await transaction.CommitAsync(stop);
        }

        await RunTables.WriteAsync(connection, store, id, 0, writer.Blocks, clock, stop);
        return id;
    }

    /// <param name="Runs">Where the persons are, when they are too many for <paramref name="Few"/>.</param>
    private sealed record Content(AccessEvent Access, Pseudonym[] Few, IReadOnlyList<long> Runs, long People);
}
