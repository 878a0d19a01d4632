using Microsoft.Data.Sqlite;

namespace Liuzhuan.Platform.Data;

/// <summary>One prepared statement, run for each row.</summary>
internal sealed class SqliteBulkInsert : BulkInsert
{
    private readonly SqliteCommand _insert;

    public SqliteBulkInsert(SqliteTransaction transaction, string table, IReadOnlyList<string> columns)
    {
        _insert = transaction.Connection!.CreateCommand();
        _insert.Transaction = transaction;
        _insert.CommandText = $"insert into {TableShape.Quote(table)} ({ColumnList(columns)}) values ({string.Join(", ", columns.Select((_, i) => $"@{i}"))})";
        for (var i = 0; i < columns.Count; i++) _insert.Parameters.AddWithValue($"@{i}", DBNull.Value);
        _insert.Prepare();
    }

    public override ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken stop)
    {
        for (var i = 0; i < _insert.Parameters.Count; i++) _insert.Parameters[i].Value = Sql.Stored(_insert.Connection!, row[i]);
        _insert.ExecuteNonQuery(); // the driver has no other way: its asynchronous calls block, too
        stop.ThrowIfCancellationRequested();
        return ValueTask.CompletedTask;
    }

    public override Task CompleteAsync(CancellationToken stop) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => _insert.DisposeAsync();
}
