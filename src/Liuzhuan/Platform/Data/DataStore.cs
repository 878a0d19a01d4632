using System.Data.Common;
using System.Runtime.CompilerServices;
using Liuzhuan.Platform.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Liuzhuan.Platform.Data;

/// <summary>The database that holds all state: hands out plain connections where speed decides, and units of work elsewhere.</summary>
internal sealed class DataStore : IAsyncDisposable, IDisposable
{
    private readonly string _connection;
    private readonly NpgsqlDataSource? _postgres;
    private volatile DbContextOptions<LiuzhuanDb>? _contextOptions;
    private readonly SemaphoreSlim? _turn;

    /// <param name="folder">The data folder, where SQLite keeps liuzhuan.db unless the options say otherwise.</param>
    public DataStore(DataOptions options, string folder)
    {
        Folder = folder;
        if (options.Provider == DataOptions.Postgres)
        {
            if (!DataOptions.HasPostgres) throw new NotSupportedException("This program was compiled without PostgreSQL.");
            Dialect = Dialect.Postgres;
            _connection = options.Connection;
            _postgres = Connect(options.Connection);
        }
        else
        {
            Dialect = Dialect.Sqlite;
            _turn = new SemaphoreSlim(1, 1);
            _connection = new SqliteConnectionStringBuilder(options.Connection.Length > 0 ? options.Connection : $"Data Source={Path.Combine(folder, "liuzhuan.db")}") { ForeignKeys = true, DefaultTimeout = 30 }.ConnectionString;
        }
    }

    /// <summary>The data folder: keys, and with SQLite the database file.</summary>
    public string Folder { get; }

    public Dialect Dialect { get; }

    /// <summary>True with PostgreSQL: other hosts may write the same tables.</summary>
    public bool IsShared => _postgres is not null;

    /// <summary>The file SQLite keeps everything in; null with PostgreSQL.</summary>
    public string? FilePath => IsShared ? null : Path.GetFullPath(new SqliteConnectionStringBuilder(_connection).DataSource);

    /// <summary>Where it is, for sentences: never more than the file, or the server and the name of the database.</summary>
    public string Place => FilePath ?? DataOptions.PostgresPlace(_connection);

    /// <summary>False when SQLite's file is not there yet; opening it would make an empty one.</summary>
    public bool Exists => FilePath is null || File.Exists(FilePath);

    /// <summary>Makes the folder of SQLite's file, closed to others, where it is missing.</summary>
    public void PrepareFolder()
    {
        if (FilePath is { } path && Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder)) PrivateFolder.Create(folder);
    }

    /// <summary>The PostgreSQL pool, for what only it can do (binary copy, pipelined batches); null with SQLite.</summary>
    public NpgsqlDataSource? Postgres => _postgres;

    /// <summary>An open connection from the pool; the caller disposes of it.</summary>
    public Task<DbConnection> OpenAsync(CancellationToken stop) => _postgres is { } postgres ? OpenAsync(postgres, stop) : OpenSqliteAsync(stop);

    /// <summary>A new unit of work; the caller disposes of it.</summary>
    public LiuzhuanDb CreateDb() => new(_contextOptions ??= ContextOptions());

    public void Dispose()
    {
        _postgres?.Dispose();
        _turn?.Dispose();
        ForgetPooled();
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is IAsyncDisposable postgres) await postgres.DisposeAsync();
        _turn?.Dispose();
        ForgetPooled();
    }

    private async Task<DbConnection> OpenSqliteAsync(CancellationToken stop)
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            await connection.OpenAsync(stop);
            using var command = connection.CreateCommand();
            command.CommandText = Dialect.Opened;
            await command.ExecuteNonQueryAsync(stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="OpenAsync(CancellationToken)"/>, but commits do not wait for the disk: for what is worth nothing until a later commit of the ledger, which makes it durable too.</summary>
    public async Task<DbConnection> OpenUnhurriedAsync(CancellationToken stop)
    {
        var connection = await OpenAsync(stop);
        // Back to what it was when the next one opens it from the pool.
        await connection.ExecuteAsync(null, Dialect.Unhurried, stop);
        return connection;
    }

    /// <summary>The right to write much; to be taken before the transaction and disposed of after it. Nothing to wait for with PostgreSQL.</summary>
    public ValueTask<WriteTurn> TurnAsync(CancellationToken stop) => WriteTurn.WaitAsync(_turn, stop);

    /// <summary>As <see cref="TurnAsync"/>; blocks.</summary>
    public WriteTurn Turn() => WriteTurn.Wait(_turn);

    // Apart from each other, because the runtime loads the libraries a method names before its first line: a short command has one database.
    private static async Task<DbConnection> OpenAsync(NpgsqlDataSource postgres, CancellationToken stop) => await postgres.OpenConnectionAsync(stop);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NpgsqlDataSource Connect(string connection) => NpgsqlDataSource.Create(connection);

    // SQLite's pool belongs to the process and would keep the file open.
    private void ForgetPooled()
    {
        if (IsShared) return;
        using var any = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(any);
    }

    private DbContextOptions<LiuzhuanDb> ContextOptions()
    {
        var builder = new DbContextOptionsBuilder<LiuzhuanDb>();
        return _postgres is not null
            ? builder.UseNpgsql(_postgres).Options
            : builder.UseSqlite(_connection).AddInterceptors(new OpenedInterceptor()).Options;
    }

    // Units of work open their own connections; they need the same settings.
    private sealed class OpenedInterceptor : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Dialect.Sqlite.Opened;
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
