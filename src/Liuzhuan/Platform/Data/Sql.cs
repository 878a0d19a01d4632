using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Platform.Data;

/// <summary>Plain SQL in one line each, for both databases. Parameters are named @name; instants are given as they are and stored as the database keeps them.</summary>
internal static class Sql
{
    /// <summary>A command with its parameters; the caller disposes of it.</summary>
    public static DbCommand Command(this DbConnection connection, DbTransaction? transaction, string text, params (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Stored(connection, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs a statement; gives back the number of rows it touched.</summary>
    public static Task<int> ExecuteAsync(this DbConnection connection, DbTransaction? transaction, string text, CancellationToken stop, params (string Name, object? Value)[] parameters) =>
        RunAsync(connection.Command(transaction, text, parameters), stop);

    /// <summary>Runs a statement that may take as long as it needs: a schema step on a large table, a wait for another process.</summary>
    public static Task<int> ExecutePatientlyAsync(this DbConnection connection, DbTransaction? transaction, string text, CancellationToken stop)
    {
        var command = connection.Command(transaction, text);
        command.CommandTimeout = 0;
        return RunAsync(command, stop);
    }

    /// <summary>The first column of the first row; null when there is none.</summary>
    public static Task<object?> ScalarAsync(this DbConnection connection, DbTransaction? transaction, string text, CancellationToken stop, params (string Name, object? Value)[] parameters) =>
        ReadScalarAsync(connection.Command(transaction, text, parameters), stop);

    /// <summary>All rows of a query, each made by <paramref name="read"/>.</summary>
    public static Task<List<T>> ListAsync<T>(this DbConnection connection, DbTransaction? transaction, string text, Func<DbDataReader, T> read, CancellationToken stop, params (string Name, object? Value)[] parameters) =>
        ReadAllAsync(connection.Command(transaction, text, parameters), read, stop);

    /// <summary>An instant of a row, whichever way the database keeps it.</summary>
    public static DateTimeOffset Instant(this DbDataReader row, int column) =>
        row.GetFieldType(column) == typeof(long) ? Instants.FromMicroseconds(row.GetInt64(column)) : new DateTimeOffset(row.GetFieldValue<DateTime>(column));

    /// <summary>A value as the connection's database keeps it.</summary>
    public static object Stored(DbConnection connection, object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant when connection is SqliteConnection => Instants.ToMicroseconds(instant),
        DateTimeOffset instant => Instants.Whole(instant).UtcDateTime,
        Guid id when connection is SqliteConnection => id.ToString().ToUpperInvariant(), // as EF Core writes it
        _ => value,
    };

    private static async Task<int> RunAsync(DbCommand command, CancellationToken stop)
    {
        await using (command) return await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task<object?> ReadScalarAsync(DbCommand command, CancellationToken stop)
    {
        await using (command) return await command.ExecuteScalarAsync(stop) is { } value and not DBNull ? value : null;
    }

    private static async Task<List<T>> ReadAllAsync<T>(DbCommand command, Func<DbDataReader, T> read, CancellationToken stop)
    {
        await using (command)
        {
            await using var rows = await command.ExecuteReaderAsync(stop);
            var all = new List<T>();
            while (await rows.ReadAsync(stop)) all.Add(read(rows));
            return all;
        }
    }
}
