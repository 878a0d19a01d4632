using System.Data.Common;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>
/// Fills a database from a copy, all or nothing: one transaction drops what is there, makes the schema the copy was taken from, loads, compares, and brings the schema up to date.
/// An empty database is marked before, so that one whose filling was interrupted says so instead of passing for a new one.
/// </summary>
internal sealed class DatabaseLoad : IAsyncDisposable
{
    private readonly DataStore _store;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly Dictionary<string, TableShape> _tables = [];
    private bool _isMarked, _wasMarked, _isDone;

    private DatabaseLoad(DataStore store, DbConnection connection, DbTransaction transaction) => (_store, _connection, _transaction) = (store, connection, transaction);

    /// <param name="steps">The schema steps of the database the copy was taken from.</param>
    /// <param name="replace">True to put the copy in place of what is there.</param>
    public static async Task<Result<DatabaseLoad>> BeginAsync(DataStore store, IReadOnlyList<string> steps, bool replace, CancellationToken stop)
    {
        if (SchemaSteps.Unknown(steps).FirstOrDefault() is { } unknown) return DataRefusals.NewerDatabase(unknown);
        store.PrepareFolder();
        var connection = await store.OpenAsync(stop);
        DatabaseLoad? load = null;
        var wasMarked = false;
        try
        {
            await connection.ExecuteAsync(null, store.Dialect.Prepare, stop);
            if (!store.IsShared) await connection.ExecuteAsync(null, "pragma foreign_keys = off", stop); // checked for all rows at the end
            await using (var before = await Migrator.BeginAsync(connection, store.Dialect, stop))
            {
                var state = await TargetState.ReadAsync(store, connection, before, stop);
                if (state.Refusal(store, replace) is { } refusal) return await RefusedAsync(connection, refusal);
                if (state.Filled is null && !state.IsMarked) await connection.ExecuteAsync(before, $"create table {Migrator.UnfinishedTable} (id integer primary key)", stop);
                await before.CommitAsync(stop);
                wasMarked = state.IsMarked;
            }

            load = new DatabaseLoad(store, connection, await Migrator.BeginAsync(connection, store.Dialect, stop)) { _wasMarked = wasMarked };
            return await load.PrepareAsync(steps, replace, stop) is { } late ? await RefusedAsync(load, late) : load;
        }
        catch
        {
            await (load ?? (IAsyncDisposable)connection).DisposeAsync();
            throw;
        }
    }

    /// <summary>Loads the rows of one table, block by block, in <see cref="RowBlock"/>'s form.</summary>
    public async Task<Result<TableSum>> WriteAsync(TableShape table, IAsyncEnumerable<(ReadOnlyMemory<byte> Rows, int Count)> blocks, CancellationToken stop)
    {
        if (!_tables.TryGetValue(table.Name, out var here)) await AddAsync(here = table, stop);
        if (here.Heading != table.Heading) return DataRefusals.Differs(table.Name);
        using var sum = new TableSumming(table);
        await using var insert = await BulkInsert.BeginAsync(_transaction, table.Name, [.. table.Columns.Select(column => column.Name)], stop);
        var values = new object?[table.Columns.Count];
        await foreach (var (rows, count) in blocks)
        {
            sum.Add(rows.Span, count);
            for (var at = 0; at < rows.Length;)
            {
                at += Next(rows.Span[at..], table, values);
                await insert.WriteAsync(values, stop);
            }
        }

        await insert.CompleteAsync(stop);
        return sum.Sum();
    }

    /// <summary>Reads everything back and compares it, brings the schema up to date, and keeps it all. A refusal leaves the database as it was.</summary>
    /// <param name="compared">Told of each table that is the same.</param>
    /// <param name="beforeCommit">What else has to be in place when the data is.</param>
    public async Task<Refusal?> FinishAsync(IReadOnlyList<TableSum> expected, Action<TableSum> compared, Action? beforeCommit, CancellationToken stop)
    {
        foreach (var table in _tables.Values)
        {
            var found = await SumAsync(_connection, _transaction, _store.Dialect, table, stop);
            if (expected.SingleOrDefault(sum => sum.Table == table.Name) != found) return DataRefusals.Differs(table.Name);
            compared(found);
        }

        if (expected.FirstOrDefault(sum => !_tables.ContainsKey(sum.Table)) is { } missing) return DataRefusals.Differs(missing.Table);
        var missingSteps = SchemaSteps.Of(_store.Dialect).Except(await Migrator.DoneAsync(_connection, _transaction, _store.Dialect, stop));
        await Migrator.RunAsync(_connection, _transaction, _store.Dialect, missingSteps, stop);
        if (!_store.IsShared && await _connection.ScalarAsync(_transaction, "select \"table\" from pragma_foreign_key_check limit 1", stop) is string broken) return DataRefusals.Differs(broken);
        if (_isMarked) await _connection.ExecuteAsync(_transaction, $"drop table {Migrator.UnfinishedTable}", stop);
        beforeCommit?.Invoke();
        await _transaction.CommitAsync(stop);
        _isDone = true;
        await _connection.ExecuteAsync(null, _store.IsShared ? "analyze" : "pragma wal_checkpoint(truncate)", stop);
        return null;
    }

    /// <summary>Adds a table up as a transaction sees it.</summary>
    public static async Task<TableSum> SumAsync(DbConnection connection, DbTransaction transaction, Dialect dialect, TableShape table, CancellationToken stop)
    {
        using var sum = new TableSumming(table);
        await foreach (var block in DatabaseSnapshot.ReadAsync(connection, transaction, dialect, table, stop)) sum.Add(block.Bytes.Span, block.Rows);
        return sum.Sum();
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        // A copy that failed or was refused while this program lived left all as it was, the mark included; only a killed one leaves it.
        if (!_isDone && _isMarked && !_wasMarked) await UnmarkAsync();
        await _connection.DisposeAsync();
    }

    private async Task<Refusal?> PrepareAsync(IReadOnlyList<string> steps, bool replace, CancellationToken stop)
    {
        var state = await TargetState.ReadAsync(_store, _connection, _transaction, stop);
        if (state.Refusal(_store, replace) is { } refusal) return refusal;
        _isMarked = state.IsMarked;
        foreach (var table in state.Tables) await _connection.ExecuteAsync(_transaction, $"drop table {TableShape.Quote(table)}" + (_store.IsShared ? " cascade" : ""), stop);
        await _connection.ExecuteAsync(_transaction, $"drop table if exists {Migrator.StepsTable}", stop);
        await Migrator.RunAsync(_connection, _transaction, _store.Dialect, SchemaSteps.Equivalent(steps, _store.Dialect), stop);
        var made = await TableCatalogue.ReadAsync(_connection, _transaction, _store.Dialect, stop);
        // What steps put in is in the copy, too.
        foreach (var table in made.Reverse()) await _connection.ExecuteAsync(_transaction, $"delete from {TableShape.Quote(table.Name)}", stop);
        foreach (var table in made) _tables.Add(table.Name, table);
        return null;
    }

    // A table that no schema step makes was added by somebody; its rows are kept all the same, its indexes cannot be known.
    private async Task AddAsync(TableShape table, CancellationToken stop)
    {
        await _connection.ExecuteAsync(_transaction, _store.Dialect.Translate(table.CreateText()), stop);
        _tables.Add(table.Name, table);
    }

    private async Task UnmarkAsync()
    {
        try
        {
            await _connection.ExecuteAsync(null, $"drop table if exists {Migrator.UnfinishedTable}", CancellationToken.None);
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException)
        {
            // The connection is lost. The mark stays, and the database says that it is incomplete.
        }
    }

    private static int Next(ReadOnlySpan<byte> rows, TableShape table, object?[] values)
    {
        var reader = new RowReader(rows);
        reader.Next(table.Columns, values);
        return rows.Length - reader.Left;
    }

    private static async Task<Refusal> RefusedAsync(IAsyncDisposable held, Refusal refusal)
    {
        await held.DisposeAsync();
        return refusal;
    }
}
