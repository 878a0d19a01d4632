using System.Data.Common;
using Liuzhuan.Platform.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>Inserts rows given column by column: one statement over arrays on PostgreSQL, one prepared statement for each row on SQLite.</summary>
internal static class ColumnInsert
{
    /// <param name="columns">Names with arrays of equal length: long, int, string, byte[] or DateTimeOffset, the last with or without null.</param>
    public static async Task InsertAsync(DbTransaction transaction, string table, CancellationToken stop, params (string Name, Array Values)[] columns)
    {
        if (columns[0].Values.Length == 0) return;
        var names = string.Join(", ", columns.Select(column => column.Name));
        var parameters = string.Join(", ", columns.Select(column => "@" + column.Name));
        await using var insert = transaction.Connection!.CreateCommand();
        insert.Transaction = transaction;
        if (insert is NpgsqlCommand)
        {
            insert.CommandText = $"insert into {table} ({names}) select * from unnest({parameters})";
            foreach (var (name, values) in columns) insert.Parameters.Add(new NpgsqlParameter(name, Instants(values)));
            await insert.PrepareAsync(stop);
            await insert.ExecuteNonQueryAsync(stop);
            return;
        }

        insert.CommandText = $"insert into {table} ({names}) values ({parameters})";
        foreach (var (name, _) in columns) insert.Parameters.Add(new SqliteParameter(name, DBNull.Value));
        for (var i = 0; i < columns[0].Values.Length; i++)
        {
            for (var c = 0; c < columns.Length; c++) insert.Parameters[c].Value = Stored(columns[c].Values.GetValue(i));
            await insert.ExecuteNonQueryAsync(stop);
        }
    }

    private static Array Instants(Array values) => values switch
    {
        DateTimeOffset?[] instants => Array.ConvertAll(instants, instant => (DateTime?)instant?.UtcDateTime),
        DateTimeOffset[] instants => Array.ConvertAll(instants, instant => instant.UtcDateTime),
        _ => values,
    };

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => Data.Instants.ToMicroseconds(instant),
        _ => value,
    };
}
