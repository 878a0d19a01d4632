using System.Data.Common;
using Liuzhuan.Platform.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>Rows of a table, given column by column: names with arrays of equal length (long, int, string, byte[] or DateTimeOffset, the last with or without null).</summary>
internal sealed record ColumnRows(string Table, params (string Name, Array Values)[] Columns)
{
    public int Count => Columns[0].Values.Length;

    public string Names => string.Join(", ", Columns.Select(column => column.Name));

    public string Parameters => string.Join(", ", Columns.Select(column => "@" + column.Name));
}

/// <summary>Inserts rows of several tables: in one message to PostgreSQL, one prepared statement for each table on SQLite.</summary>
internal static class ColumnInsert
{
    public static async Task InsertAsync(DbTransaction transaction, CancellationToken stop, params IEnumerable<ColumnRows> tables)
    {
        var filled = tables.Where(rows => rows.Count > 0);
        if (transaction is SqliteTransaction)
        {
            foreach (var rows in filled) await InsertAsync(transaction, rows, stop);
        }
        else
        {
            await InsertAsync((NpgsqlTransaction)transaction, filled, stop);
        }
    }

    private static async Task InsertAsync(NpgsqlTransaction transaction, IEnumerable<ColumnRows> tables, CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var rows in tables)
        {
            var insert = new NpgsqlBatchCommand($"insert into {rows.Table} ({rows.Names}) select * from unnest({rows.Parameters})");
            foreach (var (name, values) in rows.Columns) insert.Parameters.Add(new NpgsqlParameter(name, Utc(values)));
            batch.BatchCommands.Add(insert);
        }

        if (batch.BatchCommands.Count == 0) return;
        await batch.PrepareAsync(stop);
        await batch.ExecuteNonQueryAsync(stop);
    }

    private static async Task InsertAsync(DbTransaction transaction, ColumnRows rows, CancellationToken stop)
    {
        await using var insert = transaction.Connection!.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"insert into {rows.Table} ({rows.Names}) values ({rows.Parameters})";
        foreach (var (name, _) in rows.Columns) insert.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        for (var i = 0; i < rows.Count; i++)
        {
            for (var c = 0; c < rows.Columns.Length; c++) insert.Parameters[c].Value = Stored(rows.Columns[c].Values.GetValue(i));
            await insert.ExecuteNonQueryAsync(stop);
        }
    }

    private static Array Utc(Array values) => values switch
    {
        DateTimeOffset?[] instants => Array.ConvertAll(instants, instant => instant is { } set ? Instants.Whole(set).UtcDateTime : (DateTime?)null),
        DateTimeOffset[] instants => Array.ConvertAll(instants, instant => Instants.Whole(instant).UtcDateTime),
        _ => values,
    };

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => Instants.ToMicroseconds(instant),
        _ => value,
    };
}
