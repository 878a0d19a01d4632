using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Data;

/// <summary>Writes many rows into one table, inside the caller's transaction: binary COPY on PostgreSQL, one prepared statement on SQLite. The only feature with two bodies.</summary>
internal abstract class BulkInsert : IAsyncDisposable
{
    /// <param name="columns">The columns that are given, in this order; the others take their defaults.</param>
    public static async Task<BulkInsert> BeginAsync(DbTransaction transaction, string table, IReadOnlyList<string> columns, CancellationToken stop)
    {
        if (transaction is NpgsqlTransaction { Connection: { } shared }) return await PostgresBulkInsert.BeginAsync(shared, table, columns, stop);
        return new SqliteBulkInsert((SqliteTransaction)transaction, table, columns);
    }

    /// <summary>One row: long, bool, string, byte[], Guid, DateTimeOffset, or null. The list is the caller's again when the task is done.</summary>
    public abstract ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken stop);

    /// <summary>To be called after the last row; without it nothing is kept on PostgreSQL.</summary>
    public abstract Task CompleteAsync(CancellationToken stop);

    public abstract ValueTask DisposeAsync();

    protected static string ColumnList(IReadOnlyList<string> columns) => string.Join(", ", columns.Select(TableShape.Quote));
}
