using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>What is written to the tables of runs. Nothing of it needs to wait for the disk: all is safe once a later commit of the ledger is.</summary>
internal static class RunTables
{
    /// <summary>What is in the making, in use, to be deleted; and what is in a file beside the database (<see cref="RunFiles"/>).</summary>
    public const int Making = 0, Live = 1, Doomed = 2, Filed = 3;

    /// <summary>Blocks written in one go, an eighth of a megabyte: the ledger's writer must not wait long for its turn.</summary>
    public const int BlocksAtOnce = 64;

    /// <summary>The same for a command, two megabytes at most: another process may wait for some milliseconds.</summary>
    private const int BlocksOfCommand = 1024;

    /// <summary>A run that nobody went on making for so long belongs to a process that has ended.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private const string
        Make = "insert into access_runs (id, key_id, state, first_position, last_position, people, accesses, expires_at) values (@id, @key, @state, @first, @last, @people, @accesses, @expires)",
        GoOn = "update access_runs set expires_at = @expires where id = @id and state = 0";

    /// <summary>A transaction that takes the right to write at once.</summary>
    public static async Task<DbTransaction> BeginAsync(DbConnection connection, DataStore store, CancellationToken stop)
    {
        var transaction = await connection.BeginTransactionAsync(store.IsShared ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, stop);
        if (store.IsShared) await connection.ExecuteAsync(transaction, "set local synchronous_commit = off", stop);
        return transaction;
    }

    /// <summary>A connection whose commits do not wait for the disk.</summary>
    public static Task<DbConnection> OpenAsync(DataStore store, CancellationToken stop) => store.OpenUnhurriedAsync(stop);

    /// <summary>Ids that are never used again: milliseconds and 20 bits of chance.</summary>
    public static long NewId(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds() << 20 | (long)RandomNumberGenerator.GetInt32(1 << 20);

    /// <summary>When an id was given out.</summary>
    public static DateTimeOffset MadeAt(long id) => DateTimeOffset.FromUnixTimeMilliseconds(id >> 20);

    public static Task MakeAsync(DbTransaction transaction, Run run, int state, DateTimeOffset expires, CancellationToken stop) => transaction.Connection!.ExecuteAsync(
        transaction, Make, stop,
        ("id", run.Id), ("key", run.KeyId), ("state", state), ("first", run.FirstPosition), ("last", run.LastPosition), ("people", run.People), ("accesses", run.Accesses), ("expires", expires));

    /// <summary>Writes blocks of a run in the making, in short transactions, and takes them out of the list.</summary>
    /// <param name="isAlone">True for a command: on this thread, and many at a time. Never on a thread that steps back, because the ledger waits while they have the turn.</param>
    /// <exception cref="InvalidOperationException">The run was given up for dead meanwhile.</exception>
    public static async Task WriteAsync(DbConnection connection, DataStore store, long run, int number, List<RunBlock> blocks, TimeProvider clock, bool isAlone, CancellationToken stop)
    {
        var atOnce = isAlone ? BlocksOfCommand : BlocksAtOnce;
        for (var from = 0; from < blocks.Count; from += atOnce)
        {
            var (first, some) = (number + from, blocks.GetRange(from, Math.Min(atOnce, blocks.Count - from)));
            if (isAlone) await WriteSomeAsync(connection, store, run, first, some, clock, stop);
            else await Task.Run(() => WriteSomeAsync(connection, store, run, first, some, clock, stop), stop);
        }

        blocks.Clear();
    }

    private static async Task WriteSomeAsync(DbConnection connection, DataStore store, long run, int number, List<RunBlock> blocks, TimeProvider clock, CancellationToken stop)
    {
        using var turn = await store.TurnAsync(stop);
        await using var transaction = await BeginAsync(connection, store, stop);
        if (await connection.ExecuteAsync(transaction, GoOn, stop, ("id", run), ("expires", clock.GetUtcNow() + Patience)) == 0)
            throw new InvalidOperationException("A run was given up by others while it was being made.");
        await InsertAsync(transaction, run, number, blocks, stop);
        await transaction.CommitAsync(stop);
    }

    public static Task InsertAsync(DbTransaction transaction, long run, int number, List<RunBlock> blocks, CancellationToken stop)
    {
        var (runs, numbers, highs, contents) = (new long[blocks.Count], new int[blocks.Count], new long[blocks.Count], new byte[blocks.Count][]);
        for (var i = 0; i < numbers.Length; i++) (runs[i], numbers[i], highs[i], contents[i]) = (run, number + i, Pseudonyms.Pseudonym.ToStored(blocks[i].First), blocks[i].Content);
        return ColumnInsert.InsertAsync(
            transaction, stop,
            new ColumnRows(
                "access_blocks",
                ("run_id", runs),
                ("high", highs),
                ("number", numbers),
                ("content", contents)));
    }
}
