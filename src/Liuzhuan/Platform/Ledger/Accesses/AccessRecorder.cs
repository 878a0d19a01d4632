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
/// <param name="threads">How many may work on a batch side by side: one in a service, whose other processors are for single questions.</param>
/// <param name="isAlone">True in a command, which has nobody else to serve: see <see cref="RunTables.WriteAsync"/>.</param>
internal sealed class AccessRecorder(DataStore store, PseudonymKey key, TimeProvider clock, int mostInRun = AccessRecorder.UsualMostInRun, int threads = 1, bool isAlone = false) : ICompanionWriter
{
    /// <summary>Up to so many persons are written one by one.</summary>
    internal const int Few = 512;

    private const int UsualMostInRun = 4 << 20, WorthDividing = 1 << 14, MostThreads = 8;

    private const string Use = "update access_runs set state = 1, first_position = @position, last_position = @position where id = @id and state = 0";

    private readonly AccessContexts _contexts = new();

    // Each thread takes room of its own for every partition.
    private readonly int _threads = Math.Min(threads, MostThreads);

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
        // In an array from the start: what reads a list of numbers through an interface is compiled at its first call.
        var (runs, count) = (new long[(citizenNumbers.Length + mostInRun - 1) / mostInRun], 0L);
        for (var from = 0; from < citizenNumbers.Length; from += mostInRun)
        {
            var piece = citizenNumbers.Slice(from, Math.Min(mostInRun, citizenNumbers.Length - from));
            var people = piece.Length < WorthDividing ? [Pack(PseudonymOrder.SortedDistinct(key.Of(piece)))] : PackAll(piece);
            if (citizenNumbers.Length <= mostInRun && Total(people) <= Few) return Companion(access, PseudonymOrder.SortedDistinct(key.Of(piece)));
            var (run, written) = await PutDownAsync(people, stop);
            runs[from / mostInRun] = run;
            count += written;
        }

        return new Companion(this, new Content(access, [], runs, count));
    }

    /// <summary>Goes the ways of a batch with numbers that are nobody's, so that they are ready; gives back what would be written.</summary>
    public Companion Rehearse(AccessEvent access)
    {
        var nobody = new ulong[Few + 1];
        for (var i = 0; i < nobody.Length; i++) nobody[i] = (ulong)i;
        _ = Pack(PseudonymOrder.SortedDistinct(key.Of(nobody)));
        return For(access, new PersonKey(PersonKey.CitizenNumberKind, 0));
    }

    /// <summary>Writes the rows of a group; to be called once for a transaction, with at most one row for each entry. An entry is refused when its run was removed because it waited too long.</summary>
    public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop)
    {
        var refused = new List<int>();
        var events = Of(rows, row => (Content)row.Content);
        var contexts = await _contexts.IdsAsync(transaction, Of(events, one => one.Access), stop);
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var run in events[i].Runs)
            {
                if (await transaction.Connection!.ExecuteAsync(transaction, Use, stop, ("id", run), ("position", rows[i].Position)) > 0) continue;
                refused.Add(i);
                break;
            }
        }

        if (refused.Count > 0) return refused;
        await ColumnInsert.InsertAsync(transaction, stop, Tables(EventRows(rows, events, contexts), RecentRows(rows, events)));
        return refused;
    }

    private static ColumnRows EventRows(CompanionRow[] rows, Content[] events, long[] contexts) => new(
        "access_events",
        ("position", Of(rows, row => row.Position)),
        ("written_at", Of(rows, row => row.At)),
        ("context_id", contexts),
        ("revealed_at", Of(events, one => one.Access.RevealedAt)),
        ("people", Of(events, one => one.People)));

    private static ColumnRows[] Tables(ColumnRows events, ColumnRows? recent) => recent is null ? [events] : [events, recent];

    // All persons of the group in one row; null without any.
    private ColumnRows? RecentRows(CompanionRow[] rows, Content[] events)
    {
        if (Array.TrueForAll(events, one => one.Few.Length == 0)) return null;
        var few = new List<(Pseudonym Person, long Position)>();
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var person in events[i].Few) few.Add((person, rows[i].Position));
        }

        var first = few[0].Position;
        return new ColumnRows(
            "access_recent", ("position", new[] { first }), ("key_id", new[] { key.Id }), ("accesses", new[] { few.Count }), ("content", new[] { RecentAccesses.Pack(first, few) }));
    }

    private static T[] Of<T>(Content[] events, Func<Content, T> value)
    {
        var values = new T[events.Length];
        for (var i = 0; i < values.Length; i++) values[i] = value(events[i]);
        return values;
    }

    private static T[] Of<T>(CompanionRow[] rows, Func<CompanionRow, T> value)
    {
        var values = new T[rows.Length];
        for (var i = 0; i < values.Length; i++) values[i] = value(rows[i]);
        return values;
    }

    private Companion Companion(AccessEvent access, Pseudonym[] few) => new(this, new Content(access, few, [], few.Length));

    // Its position is not known yet, and not needed: all its accesses have the same.
    private async Task<Written> PutDownAsync(RunWriter[] writers, CancellationToken stop)
    {
        var blocks = new List<RunBlock>();
        foreach (var writer in writers) blocks.AddRange(writer.Blocks);
        var (written, accesses) = (0L, 0L);
        foreach (var writer in writers) (written, accesses) = (written + writer.People, accesses + writer.Accesses);
        var run = new Run(RunTables.NewId(clock), key.Id, 0, 0, written, accesses);

        await using var connection = await RunTables.OpenAsync(store, stop);
        await using (var transaction = await RunTables.BeginAsync(connection, store, stop))
        {
            await RunTables.MakeAsync(transaction, run, RunTables.Making, clock.GetUtcNow() + RunTables.Patience, stop);
            await transaction.CommitAsync(stop);
        }

        await RunTables.WriteAsync(connection, store, run.Id, 0, blocks, clock, isAlone, stop);
        return new Written(run.Id, run.People);
    }

    private static long Total(RunWriter[] people)
    {
        var total = 0L;
        foreach (var one in people) total += one.People;
        return total;
    }

    private static RunWriter Pack(Pseudonym[] sorted)
    {
        var writer = new RunWriter(0, 0, sorted.Length);
        writer.AddOnce(sorted);
        writer.Finish();
        return writer;
    }

    // Each thread some partitions that follow one another.
    private RunWriter[] PackAll(ReadOnlyMemory<ulong> citizenNumbers)
    {
        using var partitions = key.Partitions(citizenNumbers, _threads);
        var writers = new RunWriter[_threads];
        SideBySide.Run(_threads, range =>
        {
            var (writer, order, gathered) = (new RunWriter(0, 0, citizenNumbers.Length), new PseudonymOrder(), Array.Empty<Pseudonym>());
            for (var i = SideBySide.Start(partitions.Count, range, _threads); i < SideBySide.Start(partitions.Count, range + 1, _threads); i++) writer.AddOnce(partitions.Sorted(i, order, ref gathered));
            writer.Finish();
            writers[range] = writer;
        });
        return writers;
    }

    /// <param name="Runs">Where the persons are, when they are too many for <paramref name="Few"/>.</param>
    private sealed record Content(AccessEvent Access, Pseudonym[] Few, long[] Runs, long People);

    /// <param name="Run">Its id.</param>
    private sealed record Written(long Run, long People);
}
