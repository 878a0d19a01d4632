using System.Data;
using System.Data.Common;

namespace Liuzhuan.Platform.Data;

/// <summary>Applies Migrations/NNNN-name.sql in order, each once, all in one transaction. NNNN-name.postgres.sql runs on PostgreSQL only.</summary>
internal static class Migrator
{
    /// <summary>Brings the database to the newest schema; any number of processes may do so at once. Gives back the names of the steps it ran.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer program.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DataStore store, CancellationToken stop, string? upTo = null)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, store.Dialect.Prepare, stop);
        // Serializable is how SQLite takes the write lock at once; PostgreSQL must not keep a snapshot from before its lock.
        await using var transaction = await connection.BeginTransactionAsync(store.IsShared ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, stop);
        await connection.ExecuteAsync(transaction, store.Dialect.Lock, stop);
        await connection.ExecuteAsync(transaction, "create table if not exists schema_steps (name text primary key)", stop);
        var done = await connection.ListAsync(transaction, "select name from schema_steps", row => row.GetString(0), stop);
        var steps = Steps(store.Dialect);
        if (done.Except(steps).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"The database holds the schema step {unknown}, which this program does not know: it was written by a newer version. Upgrade the program.");

        var todo = steps.Except(done).Where(step => upTo is null || string.CompareOrdinal(step[..4], upTo) <= 0).ToList();
        foreach (var step in todo)
        {
            await connection.ExecuteAsync(transaction, store.Dialect.Translate(Read(step)), stop);
            await connection.ExecuteAsync(transaction, "insert into schema_steps (name) values (@name)", stop, ("name", step));
        }

        await transaction.CommitAsync(stop);
        return todo;
    }

    /// <summary>The steps a database does not have yet, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(DataStore store, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        if (await HasTableAsync(connection, store.Dialect, "schema_steps", stop) is false) return Steps(store.Dialect);
        return [.. Steps(store.Dialect).Except(await connection.ListAsync(null, "select name from schema_steps", row => row.GetString(0), stop))];
    }

    // A step is named 0001-name.sql, or 0001-name.sqlite.sql and 0001-name.postgres.sql where the two must differ.
    public static List<string> Steps(Dialect dialect) =>
    [
        .. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Where(name => name.Split('.') is [_, _] || name.EndsWith($".{dialect.Name}.sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<bool> HasTableAsync(DbConnection connection, Dialect dialect, string name, CancellationToken stop) =>
        Convert.ToInt64(await connection.ScalarAsync(null, dialect.TableExists, stop, ("name", name)), null) > 0;

    private static string Read(string step)
    {
        using var stream = typeof(Migrator).Assembly.GetManifestResourceStream(step) ?? throw new InvalidOperationException($"The schema step {step} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
