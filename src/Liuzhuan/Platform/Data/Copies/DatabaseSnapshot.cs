using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>A whole database as it was at one instant, while others go on writing.</summary>
internal sealed class DatabaseSnapshot : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly Dialect _dialect;

    private DatabaseSnapshot(DbConnection connection, DbTransaction transaction, Dialect dialect) => (_connection, _transaction, _dialect) = (connection, transaction, dialect);

    /// <summary>The schema steps it has had.</summary>
    public IReadOnlyList<string> Steps { get; private init; } = [];

    /// <summary>Every table there is, each after those it refers to.</summary>
    public IReadOnlyList<TableShape> Tables { get; private init; } = [];

    /// <exception cref="DataRefusedException">There is no database, an incomplete one, one of a newer program, somebody else's, or one of which a part is in files.</exception>
    public static async Task<DatabaseSnapshot> OpenAsync(DataStore store, CancellationToken stop)
    {
        if (!store.Exists) throw new DataRefusedException(DataRefusals.NoDatabase(store.Place));
        var connection = await store.OpenAsync(stop);
        try
        {
            // On SQLite the first read, on PostgreSQL the first statement decides the instant; both are in here.
            var transaction = connection is SqliteConnection file ? file.BeginTransaction(deferred: true) : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
            if (store.IsShared) await connection.ExecuteAsync(transaction, "set transaction read only", stop);
            var steps = await Migrator.DoneAsync(connection, transaction, store.Dialect, stop);
            if (await Migrator.HasTableAsync(connection, transaction, store.Dialect, Migrator.UnfinishedTable, stop)) throw new DataRefusedException(DataRefusals.Unfinished());
            if (steps.Count == 0) throw new DataRefusedException(DataRefusals.NoDatabase(store.Place));
            if (SchemaSteps.Unknown(steps).FirstOrDefault() is { } unknown) throw new DataRefusedException(DataRefusals.NewerDatabase(unknown));
            if (await HasRunsInFilesAsync(connection, transaction, store.Dialect, stop)) throw new DataRefusedException(DataRefusals.RunsInFiles());
            return new DatabaseSnapshot(connection, transaction, store.Dialect) { Steps = steps, Tables = await TableCatalogue.ReadAsync(connection, transaction, store.Dialect, stop) };
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows of a table in the order of its key. A block is good until the next one is asked for.</summary>
    public IAsyncEnumerable<RowBlock> ReadAsync(TableShape table, CancellationToken stop) => ReadAsync(_connection, _transaction, _dialect, table, stop);

    /// <inheritdoc cref="ReadAsync(TableShape, CancellationToken)"/>
    public static async IAsyncEnumerable<RowBlock> ReadAsync(DbConnection connection, DbTransaction transaction, Dialect dialect, TableShape table, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = connection.Command(transaction, table.SelectInOrder(dialect));
        command.CommandTimeout = 0; // putting a large table in order takes its time
        await using var rows = await command.ExecuteReaderAsync(stop);
        var block = new RowBlock();
        while (await rows.ReadAsync(stop))
        {
            block.Add(rows, table);
            if (block.Length < RowBlock.Full) continue;
            stop.ThrowIfCancellationRequested();
            yield return block;
            block.Clear();
        }

        if (block.Rows > 0) yield return block;
    }

    // They would not be in it (Ledger.Accesses.Runs.RunFiles); whoever begins a snapshot takes them in first.
    private static async Task<bool> HasRunsInFilesAsync(DbConnection connection, DbTransaction transaction, Dialect dialect, CancellationToken stop) =>
        await Migrator.HasTableAsync(connection, transaction, dialect, "access_runs", stop)
        && await connection.ScalarAsync(transaction, "select 1 from access_runs where state = 3 limit 1", stop) is not null;

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
