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
/// <param name="isAlone">True in a command, which has nobody else to serve: see <see cref="RunTables.WriteAsync"/>. Beside SQLite it leaves long runs in files: see <see cref="RunFiles"/>.</param>
internal sealed class AccessRecorder(DataStore store, PseudonymKey key, TimeProvider clock, int mostInRun = AccessRecorder.UsualMostInRun, int threads = 1, bool isAlone = false) : ICompanionWriter
{
    /// <summary>Up to so many persons are written one by one.</summary>
    internal const int Few = 512;

    private const int UsualMostInRun = 4 << 20, WorthDividing = 1 << 14, MostThreads = 8;

    private const string Use = "update access_runs set state = 1, first_position = @position, last_position = @position, people = @people, accesses = @people where id = @id and state = 0";

    private readonly AccessContexts _contexts = new();
    private readonly RunFiles? _files = isAlone && !store.IsShared ? new RunFiles(store, clock) : null;

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
        if (FewOf(citizenNumbers.Span) is { } few) return Companion(access, PseudonymOrder.SortedDistinct(key.Of(few)));
        // In an array from the start: what reads a list of numbers through an interface is compiled at its first call.
        var (runs, count) = (new Written[(citizenNumbers.Length + mostInRun - 1) / mostInRun], 0L);
        for (var from = 0; from < citizenNumbers.Length; from += mostInRun)
        {
            var run = await PutDownAsync(citizenNumbers.Slice(from, Math.Min(mostInRun, citizenNumbers.Length - from)), stop);
            runs[from / mostInRun] = run;
            count += run.People;
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
                if (await UseAsync(transaction, run, rows[i].Position, stop)) continue;
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

    // Each number once; null where there are more than a few. By hand: the base library's sets and searches for numbers are compiled at their first call, which takes longer than all of this.
    private static ulong[]? FewOf(ReadOnlySpan<ulong> citizenNumbers)
    {
        const int slots = 4 * Few;
        Span<ulong> each = stackalloc ulong[Few], table = stackalloc ulong[slots];
        table.Clear();
        var (count, hasZero) = (0, false);
        foreach (var number in citizenNumbers)
        {
            if (number == 0 ? hasZero : Holds(table, number)) continue;
            if (count == Few) return null;
            hasZero |= number == 0;
            each[count++] = number;
        }

        return each[..count].ToArray();
    }

    // Puts a number down where it is not there yet. The table is never more than a quarter full.
    private static bool Holds(Span<ulong> table, ulong number)
    {
        var at = (int)(number * 0x9E3779B97F4A7C15 >> 32) & table.Length - 1;
        for (; table[at] != 0; at = at + 1 & table.Length - 1)
        {
            if (table[at] == number) return true;
        }

        table[at] = number;
        return false;
    }

    // In a command what is packed is written down while others go on packing. How many people there are is known at the end, and their position only with the entry: it is not needed, because all accesses have the same.
    private async Task<Written> PutDownAsync(ReadOnlyMemory<ulong> citizenNumbers, CancellationToken stop)
    {
        if (citizenNumbers.Length < WorthDividing)
        {
            var packed = Pack(PseudonymOrder.SortedDistinct(key.Of(citizenNumbers)));
            return await PutDownAsync(() => packed.Blocks.Count > 0 ? packed : null, stop);
        }

        using var partitions = key.Partitions(citizenNumbers, _threads);
        using var packing = new RunPacking(partitions, citizenNumbers.Length, _threads);
        if (_files is not null) return PutInFile(_files, packing);
        if (isAlone) return await PutDownAsync(packing.Next, stop);
        // On the caller's thread, all of it: whoever waits for the database goes on on a thread of the pool, and those are for questions.
        var pieces = new Queue<RunWriter>();
        while (packing.Next() is { } piece) pieces.Enqueue(piece);
        return await PutDownAsync(() => pieces.TryDequeue(out var piece) ? piece : null, stop);
    }

    // Until there is no next piece.
    private async Task<Written> PutDownAsync(Func<RunWriter?> next, CancellationToken stop)
    {
        var run = new Run(RunTables.NewId(clock), key.Id, 0, 0, 0, 0);
        await using var connection = await RunTables.OpenAsync(store, stop);
        await using (var transaction = await RunTables.BeginAsync(connection, store, stop))
        {
            await RunTables.MakeAsync(transaction, run, RunTables.Making, clock.GetUtcNow() + RunTables.Patience, stop);
            await transaction.CommitAsync(stop);
        }

        var (blocks, people) = (0, 0L);
        while (next() is { } packed)
        {
            people += packed.People;
            var count = packed.Blocks.Count;
            await RunTables.WriteAsync(connection, store, run.Id, blocks, packed.Blocks, clock, isAlone, stop);
            blocks += count;
        }

        return new Written(run.Id, people);
    }

    private Written PutInFile(RunFiles files, RunPacking packing)
    {
        var (run, people) = (RunTables.NewId(clock), 0L);
        try
        {
            using var file = files.Begin(run);
            while (packing.Next() is { } packed)
            {
                people += packed.People;
                file.Write(packed.Blocks);
            }

            file.Finish(people, run, key.Id);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(files.Folder)) File.Delete(files.PathOf(run));
            throw new DataRefusedException(DataRefusals.RunNotWritten(files.Folder!, fault.Message));
        }

        return new Written(run, people, IsInFile: true);
    }

    // False when it was removed, because its entry came too late.
    private async Task<bool> UseAsync(DbTransaction transaction, Written run, long position, CancellationToken stop) => run.IsInFile
        ? await _files!.UseAsync(transaction, new Run(run.Run, key.Id, position, position, run.People, run.People), stop)
        : await transaction.Connection!.ExecuteAsync(transaction, Use, stop, ("id", run.Run), ("position", position), ("people", run.People)) > 0;

    private static RunWriter Pack(Pseudonym[] sorted)
    {
        var writer = new RunWriter(0, 0, sorted.Length);
        writer.AddOnce(sorted);
        writer.Finish();
        return writer;
    }

    /// <param name="Runs">Where the persons are, when they are too many for <paramref name="Few"/>.</param>
    private sealed record Content(AccessEvent Access, Pseudonym[] Few, Written[] Runs, long People);

    /// <param name="Run">Its id.</param>
    private sealed record Written(long Run, long People, bool IsInFile = false);
}
