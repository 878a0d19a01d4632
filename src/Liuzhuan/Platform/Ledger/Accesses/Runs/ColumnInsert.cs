using System.Data.Common;
using Liuzhuan.Platform.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>Rows of a table, given column by column: names with arrays of equal length (long, int, string, byte[] or DateTimeOffset, the last with or without null).</summary>
internal sealed record ColumnRows(string Table, params (string Name, Array Values)[] Columns)
{
    public int Count => Columns[0].Values.Length;

    public string Names => Joined("");

    public string Parameters => Joined("@");

    private string Joined(string before)
    {
        var names = new string[Columns.Length];
        for (var i = 0; i < names.Length; i++) names[i] = before + Columns[i].Name;
        return string.Join(", ", names);
    }
}

/// <summary>Inserts rows of several tables: in one message to PostgreSQL, one prepared statement for each table on SQLite.</summary>
internal static class ColumnInsert
{
    public static async Task InsertAsync(DbTransaction transaction, CancellationToken stop, params ColumnRows[] tables)
    {
        if (transaction is SqliteTransaction)
        {
            foreach (var rows in tables)
            {
                if (rows.Count > 0) Insert((SqliteConnection)transaction.Connection!, rows);
            }
        }
        else
        {
            await InsertAsync((NpgsqlTransaction)transaction, tables.Where(rows => rows.Count > 0), stop);
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

    private static void Insert(SqliteConnection connection, ColumnRows rows)
    {
        using var insert = SqliteStatement.Of(connection, $"insert into {rows.Table} ({rows.Names}) values ({rows.Parameters})");
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var (_, values) in rows.Columns) _ = Add(insert, values, i);
            insert.Run();
        }
    }

    private static SqliteStatement Add(SqliteStatement insert, Array values, int row) => values switch
    {
        long[] numbers => insert.Add(numbers[row]),
        int[] numbers => insert.Add(numbers[row]),
        string[] texts => insert.Add(texts[row]),
        byte[][] contents => insert.Add(contents[row]),
        DateTimeOffset[] instants => insert.Add(Instants.ToMicroseconds(instants[row])),
        DateTimeOffset?[] instants => instants[row] is { } instant ? insert.Add(Instants.ToMicroseconds(instant)) : insert.AddNull(),
        _ => throw new ArgumentException($"No column holds values of {values.GetType()}.", nameof(values)),
    };

    private static Array Utc(Array values) => values switch
    {
        DateTimeOffset?[] instants => Array.ConvertAll(instants, instant => instant is { } set ? Instants.Whole(set).UtcDateTime : (DateTime?)null),
        DateTimeOffset[] instants => Array.ConvertAll(instants, instant => Instants.Whole(instant).UtcDateTime),
        _ => values,
    };
}
