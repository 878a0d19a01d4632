using System.Data.Common;
using Liuzhuan.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Groups on SQLite: statements that are prepared once, run for each row.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : IGroupRows
{
    private readonly SqliteCommand _entry = Prepared(connection, "insert into ledger_entries (position, written_at, kind, leaf, leaf_hash) values ($0, $1, $2, $3, $4)", 5);
    private readonly SqliteCommand _payload = Prepared(connection, "insert into ledger_payloads (position, nonce, content, erase_after) values ($0, $1, $2, $3)", 4);
    private readonly SqliteCommand _tile = Prepared(connection, "insert into ledger_tiles (level, number, root, hashes) values ($0, $1, $2, $3)", 4);
    private readonly SqliteCommand _head = Prepared(connection, "update ledger_head set size = $0, root = $1, note = $2, written_at = $3 where id = 1", 4);

    // The driver's asynchronous methods are the synchronous ones.
    public Task WriteAsync(DbTransaction transaction, LedgerGroup group, string note)
    {
        var (inside, at) = ((SqliteTransaction)transaction, Instants.ToMicroseconds(group.At));
        for (var i = 0; i < group.Leaves.Length; i++)
        {
            var (position, pending) = (group.First + i, group.Entries[i]);
            Run(_entry, inside, position, at, pending.Entry.Kind, group.Leaves[i], group.Hashes[i].ToArray());
            if (pending.Entry.Payload is { } payload) Run(_payload, inside, position, pending.Nonce!, payload.ToArray(), Instants.ToMicroseconds(pending.Entry.ErasePayloadAfter));
        }

        foreach (var tile in group.Tiles) Run(_tile, inside, tile.Level, tile.Number, tile.Root.ToArray(), tile.Hashes);
        Run(_head, inside, group.After.Size, group.Root.ToArray(), note, at);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in new[] { _entry, _payload, _tile, _head }) await command.DisposeAsync();
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }
}
