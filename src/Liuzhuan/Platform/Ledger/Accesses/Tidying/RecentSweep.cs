using System.Data.Common;
using System.Runtime.InteropServices;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>Takes the accesses of single questions out of their table into a run, a few thousand at a time, in one transaction: rows that it deletes are the rows that it packs.</summary>
internal sealed class RecentSweep(DataStore store, TimeProvider clock)
{
    /// <summary>So many accesses make a run. The ledger's writer waits about ten milliseconds for it.</summary>
    internal const int Accesses = 8192;

    private const string
        Bound = "select position from access_recent order by position limit 1 offset @offset",
        Take = "delete from access_recent where position <= @bound returning key_id, high, low, position";

    /// <summary>Are there enough for a run?</summary>
    public async Task<bool> IsDueAsync(DbConnection connection, CancellationToken stop) => await connection.ScalarAsync(null, Bound, stop, ("offset", Accesses - 1)) is not null;

    /// <summary>Sweeps once.</summary>
    public async Task RunOnceAsync(CancellationToken stop)
    {
        await using var connection = await RunTables.OpenAsync(store, stop);
        if (await connection.ScalarAsync(null, Bound, stop, ("offset", Accesses - 1)) is not { } bound) return;
        await using var transaction = await RunTables.BeginAsync(connection, store, stop);
        var taken = await connection.ListAsync(
            transaction, Take, row => new Row(row.GetInt64(0), new Pseudonym(Pseudonym.FromStored(row.GetInt64(1)), (ushort)row.GetInt32(2)), row.GetInt64(3)), stop,
            ("bound", Convert.ToInt64(bound, null)));
        // Another host may have swept them meanwhile.
        foreach (var key in taken.GroupBy(row => row.KeyId)) await PackAsync(transaction, key.Key, [.. key.OrderBy(row => row.Person).ThenBy(row => row.Position)], stop);
        await transaction.CommitAsync(stop);
    }

    private async Task PackAsync(DbTransaction transaction, long keyId, List<Row> rows, CancellationToken stop)
    {
        var (first, last) = (rows.Min(row => row.Position), rows.Max(row => row.Position));
        var packer = new RunWriter(first, last, rows.Count);
        var positions = new List<long>();
        for (var i = 0; i < rows.Count; i++)
        {
            positions.Add(rows[i].Position);
            if (i + 1 < rows.Count && rows[i + 1].Person == rows[i].Person) continue;
            packer.Add(rows[i].Person, CollectionsMarshal.AsSpan(positions));
            positions.Clear();
        }

        packer.Finish();
        var run = new Run(RunTables.NewId(clock), keyId, first, last, packer.People, packer.Accesses);
        await RunTables.MakeAsync(transaction, run, RunTables.Live, clock.GetUtcNow(), stop);
        await RunTables.InsertAsync(transaction, run.Id, 0, packer.Blocks, stop);
    }

    private readonly record struct Row(long KeyId, Pseudonym Person, long Position);
}
