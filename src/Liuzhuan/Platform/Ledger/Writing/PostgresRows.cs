using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Groups on PostgreSQL: all rows of a table in one statement, all statements in one round trip.</summary>
internal sealed class PostgresRows(NpgsqlConnection connection) : IGroupRows
{
    private const string
        Entries = "insert into ledger_entries (position, written_at, kind, leaf, leaf_hash) select $1 + n - 1, $2, k, l, h from unnest($3, $4, $5) with ordinality as rows(k, l, h, n)",
        Payloads = "insert into ledger_payloads (position, nonce, content, erase_after) select * from unnest($1, $2, $3, $4)",
        Tiles = "insert into ledger_tiles (level, number, root, hashes) select * from unnest($1, $2, $3, $4)",
        Head = "update ledger_head set size = $1, root = $2, note = $3, written_at = $4 where id = 1";

    public async Task WriteAsync(DbTransaction transaction, LedgerGroup group, string note)
    {
        await using var batch = new NpgsqlBatch(connection, (NpgsqlTransaction)transaction);
        var at = group.At.UtcDateTime;
        Add(Entries, group.First, at, group.Entries.Select(pending => pending.Entry.Kind).ToArray(), group.Leaves, Array.ConvertAll(group.Hashes, hash => hash.ToArray()));
        if (group.Entries.Any(pending => pending.Entry.Payload is not null)) AddPayloads();
        if (group.Tiles.Count > 0) Add(Tiles, group.Tiles.Select(tile => tile.Level).ToArray(), group.Tiles.Select(tile => tile.Number).ToArray(), group.Tiles.Select(tile => tile.Root.ToArray()).ToArray(), group.Tiles.Select(tile => tile.Hashes).ToArray());
        Add(Head, group.After.Size, group.Root.ToArray(), note, at);
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();

        void AddPayloads()
        {
            var rows = group.Entries.Select((pending, i) => (Pending: pending, Position: group.First + i)).Where(row => row.Pending.Entry.Payload is not null).ToList();
            Add(Payloads, rows.Select(row => row.Position).ToArray(), rows.Select(row => row.Pending.Nonce!).ToArray(),
                rows.Select(row => row.Pending.Entry.Payload!.Value.ToArray()).ToArray(), rows.Select(row => row.Pending.Entry.ErasePayloadAfter.UtcDateTime).ToArray());
        }

        void Add(string text, params object[] values)
        {
            var command = new NpgsqlBatchCommand(text);
            foreach (var value in values) command.Parameters.Add(Parameter(value));
            batch.BatchCommands.Add(command);
        }
    }

    private static NpgsqlParameter Parameter(object value) => new()
    {
        Value = value,
        NpgsqlDbType = value switch
        {
            long => NpgsqlDbType.Bigint,
            string => NpgsqlDbType.Text,
            byte[] => NpgsqlDbType.Bytea,
            DateTime => NpgsqlDbType.TimestampTz,
            int[] => NpgsqlDbType.Array | NpgsqlDbType.Integer,
            long[] => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            string[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
            byte[][] => NpgsqlDbType.Array | NpgsqlDbType.Bytea,
            DateTime[] => NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
            _ => throw new InvalidOperationException($"No column of the ledger holds a {value.GetType()}."),
        },
    };
}
