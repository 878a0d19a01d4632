using System.Data;
using System.Data.Common;

namespace Liuzhuan.Platform.Data;

/// <summary>Applies the schema steps in order, each once, all in one transaction.</summary>
internal static class Migrator
{
    /// <summary>Which steps a database has had.</summary>
    public const string StepsTable = "schema_steps";

    /// <summary>Is there while a database is being filled from a copy; where it stays, that was interrupted.</summary>
    public const string UnfinishedTable = "unfinished_copy";

    public static readonly string[] OwnTables = [StepsTable, UnfinishedTable];

    /// <summary>Brings the database to the newest schema; any number of processes may do so at once. Gives back the names of the steps it ran.</summary>
    /// <param name="upTo">The number of the last step to run, for example "0002"; null for all.</param>
    /// <exception cref="DataRefusedException">The database was written by a newer program, or a copy into it was interrupted.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DataStore store, CancellationToken stop, string? upTo = null)
    {
        store.PrepareFolder();
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, store.Dialect.Prepare, stop);
        await using var transaction = await BeginAsync(connection, store.Dialect, stop);
        var done = await DoneAsync(connection, transaction, store.Dialect, stop);
        if (await HasTableAsync(connection, transaction, store.Dialect, UnfinishedTable, stop)) throw new DataRefusedException(DataRefusals.Unfinished());
        if (SchemaSteps.Unknown(done).FirstOrDefault() is { } unknown) throw new DataRefusedException(DataRefusals.NewerDatabase(unknown));

        var todo = SchemaSteps.Of(store.Dialect).Except(done).Where(step => upTo is null || string.CompareOrdinal(step[..4], upTo) <= 0).ToList();
        await RunAsync(connection, transaction, store.Dialect, todo, stop);
        await transaction.CommitAsync(stop);
        return todo;
    }

    /// <summary>
    /// As <see cref="MigrateAsync"/>, but a database that has all steps is left without taking its lock. For a command on SQLite, which takes it for what it writes before it writes;
    /// a service must wait for whoever copies into its database.
    /// </summary>
    public static async Task MigrateUnlessNewestAsync(DataStore store, CancellationToken stop)
    {
        if (store.IsShared || !await IsNewestAsync(store, stop)) await MigrateAsync(store, stop);
    }

    private static async Task<bool> IsNewestAsync(DataStore store, CancellationToken stop)
    {
        if (!store.Exists) return false;
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, store.Dialect.Prepare, stop);
        return SchemaSteps.AreAll(await DoneAsync(connection, null, store.Dialect, stop), store.Dialect) && !await HasTableAsync(connection, null, store.Dialect, UnfinishedTable, stop);
    }

    /// <summary>The steps a database does not have yet, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync(DataStore store, CancellationToken stop)
    {
        if (!store.Exists) return SchemaSteps.Of(store.Dialect);
        await using var connection = await store.OpenAsync(stop);
        return [.. SchemaSteps.Of(store.Dialect).Except(await DoneAsync(connection, null, store.Dialect, stop))];
    }

    /// <inheritdoc cref="SchemaSteps.Of"/>
    public static List<string> Steps(Dialect dialect) => SchemaSteps.Of(dialect);

    /// <summary>A transaction that no other migrating or copying process runs beside.</summary>
    public static async Task<DbTransaction> BeginAsync(DbConnection connection, Dialect dialect, CancellationToken stop)
    {
        // Serializable is how SQLite takes the write lock at once; PostgreSQL must not keep a snapshot from before its lock.
        var transaction = await connection.BeginTransactionAsync(dialect == Dialect.Postgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, stop);
        await connection.ExecutePatientlyAsync(transaction, dialect.Lock, stop);
        return transaction;
    }

    /// <summary>Runs steps, and remembers that they ran.</summary>
    public static async Task RunAsync(DbConnection connection, DbTransaction transaction, Dialect dialect, IEnumerable<string> steps, CancellationToken stop)
    {
        await connection.ExecuteAsync(transaction, $"create table if not exists {StepsTable} (name text primary key)", stop);
        foreach (var step in steps)
        {
            await connection.ExecutePatientlyAsync(transaction, dialect.Translate(SchemaSteps.Read(step)), stop);
            await connection.ExecuteAsync(transaction, $"insert into {StepsTable} (name) values (@name)", stop, ("name", step));
        }
    }

    /// <summary>The steps a database has had; none where it was never migrated.</summary>
    public static async Task<List<string>> DoneAsync(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken stop)
    {
        if (!await HasTableAsync(connection, transaction, dialect, StepsTable, stop)) return [];
        var done = await connection.ListAsync(transaction, $"select name from {StepsTable}", row => row.GetString(0), stop);
        done.Sort(StringComparer.Ordinal);
        return done;
    }

    public static async Task<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, Dialect dialect, string name, CancellationToken stop) =>
        Convert.ToInt64(await connection.ScalarAsync(transaction, dialect.TableExists, stop, ("name", name)), null) > 0;
}
