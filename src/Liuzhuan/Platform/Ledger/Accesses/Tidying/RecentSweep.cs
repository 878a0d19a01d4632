using System.Data.Common;
using System.Runtime.InteropServices;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>Takes the accesses of single questions out of their table into a run, in one short transaction: the rows that it deletes are the rows that it packs.</summary>
internal sealed class RecentSweep(DataStore store, TimeProvider clock)
{
    /// <summary>What a list may have to look through: so many commits, or so many accesses.</summary>
    internal const int Commits = 1024, Accesses = 8192;

    private const int MostAtOnce = 8 * Accesses;

    private const string
        Oldest = "select position, accesses from access_recent order by position limit @limit",
        Take = "delete from access_recent where position <= @bound returning key_id, position, content";

    /// <summary>Up to where it would be worth it to sweep; null while there is little.</summary>
    public static async Task<long?> DueAsync(DbConnection connection, CancellationToken stop)
    {
        var oldest = await connection.ListAsync(null, Oldest, row => (Position: row.GetInt64(0), Accesses: row.GetInt32(1)), stop, ("limit", Commits));
        var (count, bound) = (0, (long?)null);
        foreach (var commit in oldest)
        {
            if (count > 0 && count + commit.Accesses > MostAtOnce) break;
            (count, bound) = (count + commit.Accesses, commit.Position);
        }

        return oldest.Count == Commits || count >= Accesses ? bound : null;
    }

    /// <summary>Sweeps what lies up to a position.</summary>
    public async Task RunAsync(long bound, CancellationToken stop)
    {
        await using var connection = await RunTables.OpenAsync(store, stop);
        using var turn = await store.TurnAsync(stop);
        await using var transaction = await RunTables.BeginAsync(connection, store, stop);
        // Whatever another host swept meanwhile is not there any more.
        var taken = await connection.ListAsync(transaction, Take, row => (KeyId: row.GetInt64(0), Position: row.GetInt64(1), Content: (byte[])row[2]), stop, ("bound", bound));
        foreach (var key in taken.GroupBy(row => row.KeyId)) await PackAsync(transaction, key.Key, [.. key.SelectMany(row => RecentAccesses.Unpack(row.Position, row.Content)).Order()], stop);
        await transaction.CommitAsync(stop);
    }

    private async Task PackAsync(DbTransaction transaction, long keyId, List<(Pseudonym Person, long Position)> accesses, CancellationToken stop)
    {
        var (first, last) = (accesses.Min(one => one.Position), accesses.Max(one => one.Position));
        var packer = new RunWriter(first, last, accesses.Count);
        var positions = new List<long>();
        for (var i = 0; i < accesses.Count; i++)
        {
            positions.Add(accesses[i].Position);
            if (i + 1 < accesses.Count && accesses[i + 1].Person == accesses[i].Person) continue;
            packer.Add(accesses[i].Person, CollectionsMarshal.AsSpan(positions));
            positions.Clear();
        }

        packer.Finish();
        var run = new Run(RunTables.NewId(clock), keyId, first, last, packer.People, packer.Accesses);
        await RunTables.MakeAsync(transaction, run, RunTables.Live, clock.GetUtcNow(), stop);
        await RunTables.InsertAsync(transaction, run.Id, 0, packer.Blocks, stop);
    }
}
