using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>
/// Makes one run of several. The new one is written in short transactions and brought into use by one that takes the old ones out of it: killed at any
/// instant, and done by two at once, every access is in exactly one run in use.
/// </summary>
internal sealed class RunMerge(DataStore store, TimeProvider clock)
{
    /// <param name="sources">Runs of one key.</param>
    /// <param name="horizon">Accesses at lesser positions were dropped and are left out.</param>
    /// <param name="goOn">Asked now and then; false ends the work without a trace.</param>
    /// <returns>The new run; null when others were faster or <paramref name="goOn"/> said no.</returns>
    public async Task<Run?> MergeAsync(IReadOnlyList<Run> sources, long horizon, Func<DbConnection, Task<bool>> goOn, CancellationToken stop)
    {
        await using var reading = await store.OpenAsync(stop);
        await using var writing = await RunTables.OpenAsync(store, stop);
        var first = Math.Max(horizon, sources.Min(run => run.FirstPosition));
        var last = Math.Max(first, sources.Max(run => run.LastPosition));
        var made = new Run(RunTables.NewId(clock), sources[0].KeyId, first, last, 0, 0);
        await using (var transaction = await RunTables.BeginAsync(writing, store, stop))
        {
            await RunTables.MakeAsync(transaction, made, RunTables.Making, clock.GetUtcNow() + RunTables.Patience, stop);
            await transaction.CommitAsync(stop);
        }

        var packer = new RunWriter(first, last, sources.Max(run => run.People));
        var written = 0;
        await foreach (var _ in PackAsync(reading, sources, horizon, packer, stop))
        {
            if (!await goOn(writing)) return null;
            var count = packer.Blocks.Count;
            await RunTables.WriteAsync(writing, store, made.Id, written, packer.Blocks, clock, isAlone: false, stop);
            written += count;
        }

        made = made with { People = packer.People, Accesses = packer.Accesses };
        return await ReplaceAsync(writing, sources, made, stop) ? made : null;
    }

    // Hands over whenever some blocks are ready to be written, and at the end.
    private static async IAsyncEnumerable<int> PackAsync(DbConnection reading, IReadOnlyList<Run> sources, long horizon, RunWriter packer, [EnumeratorCancellation] CancellationToken stop)
    {
        var cursors = new List<RunCursor>();
        foreach (var source in sources)
        {
            var cursor = new RunCursor(reading, source);
            if (await AdvanceAsync(cursor, stop)) cursors.Add(cursor);
        }

        var positions = new List<long>();
        while (cursors.Count > 0)
        {
            var person = cursors[0].Person;
            for (var i = 1; i < cursors.Count; i++)
            {
                if (cursors[i].Person.CompareTo(person) < 0) person = cursors[i].Person;
            }

            positions.Clear();
            for (var i = cursors.Count - 1; i >= 0; i--)
            {
                // Of one run, too: whose accesses did not fit into one block goes on in the next.
                while (cursors[i].Person == person)
                {
                    cursors[i].TakePositions(positions);
                    if (cursors[i].Next() || await AdvanceAsync(cursors[i], stop)) continue;
                    cursors.RemoveAt(i);
                    break;
                }
            }

            Add(packer, person, positions, horizon);
            if (packer.Blocks.Count >= RunTables.BlocksAtOnce) yield return packer.Blocks.Count;
        }

        packer.Finish();
        yield return packer.Blocks.Count;
    }

    private static void Add(RunWriter packer, Pseudonym person, List<long> positions, long horizon)
    {
        var all = CollectionsMarshal.AsSpan(positions);
        if (all.Length > 1) all.Sort();
        var kept = 0;
        foreach (var position in all)
        {
            if (position >= horizon && (kept == 0 || position != all[kept - 1])) all[kept++] = position;
        }

        if (kept > 0) packer.Add(person, all[..kept]);
    }

    private static async ValueTask<bool> AdvanceAsync(RunCursor cursor, CancellationToken stop)
    {
        while (!cursor.Next())
        {
            if (!await cursor.LoadAsync(stop)) return false;
        }

        return true;
    }

    private async Task<bool> ReplaceAsync(DbConnection writing, IReadOnlyList<Run> sources, Run made, CancellationToken stop)
    {
        await using var transaction = await RunTables.BeginAsync(writing, store, stop);
        var used = await writing.ExecuteAsync(
            transaction, "update access_runs set state = 1, people = @people, accesses = @accesses where id = @id and state = 0", stop,
            ("id", made.Id), ("people", made.People), ("accesses", made.Accesses));
        var replaced = await writing.ExecuteAsync(transaction, $"update access_runs set state = 2 where state = 1 and id in ({string.Join(", ", sources.Select(run => run.Id))})", stop);
        if (used != 1 || replaced != sources.Count) return false;
        await transaction.CommitAsync(stop);
        return true;
    }
}
