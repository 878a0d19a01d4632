using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Data.Copies;

namespace Liuzhuan.Tests.Platform.Data;

/// <summary>Puts rows into every table a database has, whatever tables those are: values of every kind, odd ones too, and nulls wherever they are allowed.</summary>
internal static class FilledDatabase
{
    // Where a check allows few values, the generic ones do not do; and a run in a file (3) has no file here.
    private static readonly Dictionary<(string Table, string Column), Func<int, object?>> Particular = new() { [("access_runs", "state")] = i => i % 3L };

    public static async Task FillAsync(DataStore store)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        foreach (var table in await TableCatalogue.ReadAsync(connection, null, store.Dialect, CancellationToken.None))
        {
            var (before, free) = (await CountAsync(connection, table.Name), table.Columns.Where(column => !table.Key.Contains(column.Name)).ToList());
            for (var i = 1; i <= 3; i++) await TryInsertAsync(connection, table, i, null);
            // One row for each column that may be null. The rows these refer to are not there: a foreign key column may be null, or its row is left out.
            for (var i = 0; i < free.Count; i++) await TryInsertAsync(connection, table, 1 + (i % 3), free[i].Name, keyFrom: 4 + i);
            Assert.True(await CountAsync(connection, table.Name) > before || before > 0, $"No row could be put into {table.Name}: say in {nameof(FilledDatabase)} what it takes.");
        }
    }

    /// <summary>What a database holds, table by table.</summary>
    public static async Task<IReadOnlyList<TableSum>> SumsAsync(DataStore store)
    {
        await using var snapshot = await DatabaseSnapshot.OpenAsync(store, CancellationToken.None);
        var sums = new List<TableSum>();
        foreach (var table in snapshot.Tables.OrderBy(table => table.Name, StringComparer.Ordinal)) sums.Add(await SumAsync(snapshot, table));
        return sums;
    }

    /// <summary>What the columns of <paramref name="table"/> hold, be there more of them or not.</summary>
    public static async Task<TableSum> SumAsync(DatabaseSnapshot snapshot, TableShape table)
    {
        using var sum = new TableSumming(table);
        await foreach (var block in snapshot.ReadAsync(table, CancellationToken.None)) sum.Add(block.Bytes.Span, block.Rows);
        return sum.Sum();
    }

    private static async Task<long> CountAsync(DbConnection connection, string table) =>
        Convert.ToInt64(await connection.ScalarAsync(null, $"select count(*) from {TableShape.Quote(table)}", CancellationToken.None), null);

    private static async Task TryInsertAsync(DbConnection connection, TableShape table, int row, string? nullColumn, int? keyFrom = null)
    {
        var values = table.Columns.Select((column, i) => ($"p{i}", column.Name == nullColumn ? null : Value(table, column, keyFrom is { } key && table.Key.Contains(column.Name) ? key : row))).ToArray();
        try
        {
            await connection.ExecuteAsync(null,
                $"insert into {TableShape.Quote(table.Name)} ({string.Join(", ", table.Columns.Select(column => TableShape.Quote(column.Name)))}) values ({string.Join(", ", values.Select(value => "@" + value.Item1))})",
                CancellationToken.None, values);
        }
        catch (DbException)
        {
            // A check, a foreign key or "not null" does not allow this row; the caller counts that some were.
        }
    }

    // Equal numbers give equal values, so a reference and what it refers to agree.
    private static object? Value(TableShape table, ColumnShape column, int i) => Particular.TryGetValue((table.Name, column.Name), out var particular) ? particular(i) : column.Kind switch
    {
        ColumnKind.Integer => (long)i,
        ColumnKind.Boolean => i % 2 == 1,
        ColumnKind.Instant => TestClock.Morning.AddDays(i).AddMicroseconds(123_456 + i),
        ColumnKind.Uuid => new Guid([.. Enumerable.Range(0, 16).Select(b => (byte)((b * 17) + i))], bigEndian: true),
        // Under Chinese sorting, lower and upper case and the characters come in another order than their bytes.
        ColumnKind.Text => new[] { "", "甲 𠮷 'x' \"y\" \\ \n", "a", "B", "乙", "b", "A" }[i % 7] + (i > 6 ? $"{i}" : ""),
        _ => Enumerable.Range(0, 32).Select(b => (byte)(b * i * 7)).ToArray(),
    };
}
