using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Merkle;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Groups on SQLite: statements that stay prepared, run for each row.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : IGroupRows
{
    private const string
        Entry = "insert into ledger_entries (position, written_at, kind, leaf, leaf_hash) values (?, ?, ?, ?, ?)",
        Payload = "insert into ledger_payloads (position, nonce, content, erase_after) values (?, ?, ?, ?)",
        Tile = "insert into ledger_tiles (level, number, root, hashes) values (?, ?, ?, ?)",
        Head = "update ledger_head set size = ?, root = ?, note = ?, written_at = ? where id = 1";

    // The driver's asynchronous methods are the synchronous ones.
    public Task WriteAsync(DbTransaction transaction, LedgerGroup group, string note)
    {
        using var entry = SqliteStatement.Of(connection, Entry);
        using var payload = SqliteStatement.Of(connection, Payload);
        Span<byte> hash = stackalloc byte[TreeHash.Size];
        var at = Instants.ToMicroseconds(group.At);
        for (var i = 0; i < group.Leaves.Length; i++)
        {
            var (position, pending) = (group.First + i, group.Entries[i]);
            group.Hashes[i].CopyTo(hash);
            entry.Add(position).Add(at).Add(pending.Entry.Kind).Add(group.Leaves[i]).Add(hash).Run();
            if (pending.Entry.Payload is { } content) payload.Add(position).Add(pending.Nonce).Add(content.Span).Add(Instants.ToMicroseconds(pending.Entry.ErasePayloadAfter)).Run();
        }

        if (group.Tiles.Count > 0) WriteTiles(group.Tiles);
        using var head = SqliteStatement.Of(connection, Head);
        group.Root.CopyTo(hash);
        head.Add(group.After.Size).Add(hash).Add(note).Add(at).Run();
        return Task.CompletedTask;
    }

    private void WriteTiles(IReadOnlyList<FullTile> tiles)
    {
        using var row = SqliteStatement.Of(connection, Tile);
        foreach (var tile in tiles) row.Add(tile.Level).Add(tile.Number).Add(tile.Root.ToArray()).Add(tile.Hashes).Run();
    }
}
