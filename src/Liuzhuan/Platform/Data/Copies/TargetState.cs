using System.Data.Common;
using Liuzhuan.Platform.Outcomes;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>What a database holds before a copy is put into it.</summary>
/// <param name="Tables">All tables but the migrator's own.</param>
/// <param name="Filled">A table with more rows than the schema steps put in themselves; null when the database is empty.</param>
/// <param name="IsMarked">True when an earlier copy into it was interrupted.</param>
internal sealed record TargetState(IReadOnlyList<string> Tables, IReadOnlyList<string> Steps, string? Filled, bool IsMarked)
{
    public static async Task<TargetState> ReadAsync(DataStore store, DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        var tables = await TableCatalogue.NamesAsync(connection, transaction, store.Dialect, stop);
        var steps = await Migrator.DoneAsync(connection, transaction, store.Dialect, stop);
        var marked = await Migrator.HasTableAsync(connection, transaction, store.Dialect, Migrator.UnfinishedTable, stop);
        string? filled = null;
        if (steps.Count > 0)
        {
            var fresh = await FreshRowsAsync(stop);
            foreach (var table in tables)
            {
                var most = fresh.GetValueOrDefault(table);
                var there = await connection.ScalarAsync(transaction, $"select count(*) from (select 1 from {TableShape.Quote(table)} limit {most + 1}) t", stop);
                if (Convert.ToInt64(there, null) > most) filled ??= table;
            }
        }

        return new TargetState(tables, steps, filled, marked);
    }

    /// <summary>Why a copy may not be put here; null when it may.</summary>
    public Refusal? Refusal(DataStore store, bool replace)
    {
        if (Steps.Count == 0 && Tables.Count > 0) return DataRefusals.Foreign(Tables[0]);
        if (SchemaSteps.Unknown(Steps).FirstOrDefault() is { } unknown) return DataRefusals.NewerDatabase(unknown);
        return Filled is null || replace ? null : DataRefusals.NotEmpty(store.Place, Filled);
    }

    // What a database holds when it has only been migrated.
    private static async Task<Dictionary<string, long>> FreshRowsAsync(CancellationToken stop)
    {
        await using var memory = new SqliteConnection("Data Source=:memory:");
        await memory.OpenAsync(stop);
        await using var transaction = await memory.BeginTransactionAsync(stop);
        await Migrator.RunAsync(memory, transaction, Dialect.Sqlite, SchemaSteps.Of(Dialect.Sqlite), stop);
        var rows = new Dictionary<string, long>();
        foreach (var table in await TableCatalogue.NamesAsync(memory, transaction, Dialect.Sqlite, stop))
            rows[table] = Convert.ToInt64(await memory.ScalarAsync(transaction, $"select count(*) from {TableShape.Quote(table)}", stop), null);
        return rows;
    }
}
