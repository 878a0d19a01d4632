using System.Data;
using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Tiles;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>The writer's own connection: held open, because preparing and opening cost more than a small group.</summary>
internal sealed class LedgerConnection : IAsyncDisposable
{
    private const string
        Head = "select size, root, note, written_at from ledger_head where id = 1",
        Create = "insert into ledger_head (id, size, root, note, written_at) values (1, 0, @root, '', @at) on conflict (id) do nothing";

    /// <summary>For another writer of SQLite's file, in seconds.</summary>
    private const int LongestWait = 5;

    private readonly DbConnection _connection;
    private readonly DbCommand _head;
    private readonly IGroupRows _rows;
    private readonly IDisposable? _statements;

    private LedgerConnection(DbConnection connection)
    {
        _connection = connection;
        // On SQLite the transaction itself is the lock.
        _head = connection.Command(null, connection is SqliteConnection ? Head : $"{Head} for update");
        _rows = connection is SqliteConnection sqlite ? new SqliteRows(sqlite) : new PostgresRows((NpgsqlConnection)connection);
        if (connection is SqliteConnection own) _statements = SqliteStatement.Keep(own);
    }

    public static async Task<LedgerConnection> OpenAsync(DataStore store)
    {
        var connection = await store.OpenAsync(CancellationToken.None);
        try
        {
            // Who waits for an entry is told in time that another process holds the file; the driver's own patience comes on top of the library's.
            if (connection is SqliteConnection file)
            {
                await connection.ExecuteAsync(null, "pragma busy_timeout = 1000", CancellationToken.None);
                file.DefaultTimeout = LongestWait;
            }

            // Splitting a page leaves a copy in its free space; what is to be erased one day must not lie there.
            if (connection is SqliteConnection) await connection.ExecuteAsync(null, "pragma secure_delete = on", CancellationToken.None);
            await connection.ExecuteAsync(null, Create, CancellationToken.None, ("root", TreeHash.Empty.ToArray()), ("at", LedgerHead.Empty.WrittenAt));
            var opened = new LedgerConnection(connection);
            await opened._head.PrepareAsync();
            return opened;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The end of the log, and the writer's turn: nobody else writes until the transaction ends.</summary>
    public async Task<(DbTransaction Transaction, LedgerHead Head)> LockAsync()
    {
        // Serializable is how SQLite takes the write lock at once.
        var transaction = await _connection.BeginTransactionAsync(_connection is SqliteConnection ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted);
        try
        {
            _head.Transaction = transaction;
            await using var rows = await _head.ExecuteReaderAsync();
            if (!await rows.ReadAsync()) throw new LedgerBrokenException("The ledger's head is gone from the database.");
            return (transaction, Read(rows));
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public Task WriteAsync(DbTransaction transaction, LedgerGroup group, string note) => _rows.WriteAsync(transaction, group, note);

    /// <summary>The hashes of leaves from a position on, in order; fewer than asked for where the log ends or has a gap.</summary>
    public async Task<List<TreeHash>> HashesAsync(DbTransaction? transaction, long from, long to)
    {
        var next = from;
        // Behind a gap no position is the one that comes next.
        var rows = await _connection.ListAsync(transaction, "select position, leaf_hash from ledger_entries where position >= @from and position < @to order by position",
            row => row.GetInt64(0) == next++ ? row.GetFieldValue<byte[]>(1) : [], CancellationToken.None, ("from", from), ("to", to));
        var hashes = new List<TreeHash>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Length != TreeHash.Size) break;
            hashes.Add(TreeHash.Read(row));
        }

        return hashes;
    }

    /// <summary>What a writer must know to go on, from the ends of the tile levels. Reads some hundred hashes, however long the log is.</summary>
    /// <exception cref="LedgerBrokenException">Hashes are missing, or do not give the head's root.</exception>
    public async Task<LogState> LoadAsync()
    {
        var head = await _connection.ListAsync(null, Head, Read, CancellationToken.None) is [var only] ? only : throw new LedgerBrokenException("The ledger's head is gone from the database.");
        var tails = new List<TreeHash[]>();
        for (var level = 0; head.Size >> (TilePath.Height * level) > 0; level++) tails.Add(await TailAsync(level, head.Size >> (TilePath.Height * level)));
        var state = new TileTails(tails.ToArray());
        var edge = state.Edge(head.Size);
        return edge.Root == head.Root
            ? new LogState(edge, head.Root, state, head.WrittenAt)
            : throw new LedgerBrokenException($"The ledger's head says another root for {head.Size} entries than its last tiles give: head or tiles were changed. Run liuzhuan ledger check.");
    }

    public async ValueTask DisposeAsync()
    {
        _statements?.Dispose();
        await _head.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<TreeHash[]> TailAsync(int level, long hashes)
    {
        var from = hashes / TilePath.Full * TilePath.Full;
        var tail = level == 0 ? await HashesAsync(null, from, hashes) : await RootsAsync(level - 1, from, hashes);
        return tail.Count == hashes - from ? tail.ToArray() : throw new LedgerBrokenException($"Hashes of level {level} from {from} on are missing from the database. Run liuzhuan ledger check.");
    }

    private async Task<List<TreeHash>> RootsAsync(int level, long from, long to) =>
        (await _connection.ListAsync(null, "select root from ledger_tiles where level = @level and number >= @from and number < @to order by number",
            row => row.GetFieldValue<byte[]>(0), CancellationToken.None, ("level", level), ("from", from), ("to", to))).ConvertAll(root => TreeHash.Read(root));

    private static LedgerHead Read(DbDataReader row) => new(row.GetInt64(0), TreeHash.Read(row.GetFieldValue<byte[]>(1)), row.GetString(2), row.Instant(3));
}
