using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Liuzhuan.Platform.Data;

/// <summary>
/// A statement that writes rows, bound value by value in the order of its parameters: without the driver's boxes, names and readers, which cost several times what SQLite itself
/// does for a row. Where its connection keeps statements, it stays prepared and <see cref="Dispose"/> does nothing. One thread at a time.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private static readonly ConditionalWeakTable<SqliteConnection, Kept> Keeping = [];

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly bool _isKept;
    private int _bound;

    private SqliteStatement(SqliteConnection connection, string text, bool isKept)
    {
        (_database, _isKept) = (connection.Handle ?? throw new InvalidOperationException("The connection is closed."), isKept);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, text, isKept ? (uint)raw.SQLITE_PREPARE_PERSISTENT : 0, out _statement), _database);
    }

    /// <summary>The statement of a text; to be disposed of by the caller.</summary>
    public static SqliteStatement Of(SqliteConnection connection, string text) => Keeping.TryGetValue(connection, out var kept) ? kept.Find(connection, text) : new(connection, text, isKept: false);

    /// <summary>From now on statements of this connection stay prepared. What is given back is to be disposed of before the connection is.</summary>
    public static IDisposable Keep(SqliteConnection connection)
    {
        var kept = new Kept(connection);
        Keeping.Add(connection, kept);
        return kept;
    }

    /// <summary>Binds the next parameter.</summary>
    public SqliteStatement Add(long value) => Checked(raw.sqlite3_bind_int64(_statement, ++_bound, value));

    /// <inheritdoc cref="Add(long)"/>
    public SqliteStatement Add(string? value) => value is null ? AddNull() : Checked(raw.sqlite3_bind_text(_statement, ++_bound, value));

    /// <inheritdoc cref="Add(long)"/>
    public SqliteStatement Add(ReadOnlySpan<byte> value) => Checked(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0) : raw.sqlite3_bind_blob(_statement, ++_bound, value));

    /// <inheritdoc cref="Add(long)"/>
    public SqliteStatement AddNull() => Checked(raw.sqlite3_bind_null(_statement, ++_bound));

    /// <summary>Writes one row; gives back how many rows were touched. The parameters are then to be bound anew.</summary>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Run()
    {
        _bound = 0;
        var result = raw.sqlite3_step(_statement);
        try
        {
            if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _database);
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose()
    {
        if (!_isKept) _statement.Dispose();
    }

    private SqliteStatement Checked(int result)
    {
        if (result == raw.SQLITE_OK) return this;
        _bound = 0;
        SqliteException.ThrowExceptionForRC(result, _database);
        return this;
    }

    /// <summary>The prepared statements of one connection.</summary>
    private sealed class Kept(SqliteConnection connection) : IDisposable
    {
        private readonly Dictionary<string, SqliteStatement> _prepared = [];

        public SqliteStatement Find(SqliteConnection of, string text) => _prepared.TryGetValue(text, out var known) ? known : _prepared[text] = new(of, text, isKept: true);

        // Before the connection goes back to its pool: an open statement would keep the database open beyond it.
        public void Dispose()
        {
            Keeping.Remove(connection);
            foreach (var statement in _prepared.Values) statement._statement.Dispose();
            _prepared.Clear();
        }
    }
}
