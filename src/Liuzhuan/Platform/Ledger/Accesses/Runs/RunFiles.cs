using System.Data.Common;
using System.Globalization;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Files;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>
/// Runs that a command left in files beside SQLite's, because in the database each byte is written twice before the command may end. The run's row, written with its ledger entry, says that it is in a file;
/// whoever next tidies, backs up or moves the database takes it in. Until then lists read the file. A file without a row belongs to an entry that was never written.
/// </summary>
internal sealed class RunFiles(DataStore store, TimeProvider clock)
{
    private const string Ending = ".run";

    private const string
        All = $"select {Run.Columns} from access_runs where state = 3 order by id",
        OfKey = $"select {Run.Columns} from access_runs where state = 3 and key_id = @key order by id",
        Gone = "delete from access_runs where id = @id and state = 3",
        Use = "update access_runs set state = 1, people = @people, accesses = @people where id = @id and state = 0";

    /// <summary>Beside the database, by whatever name that was opened. Null with PostgreSQL, to which a command sends runs as everyone does: other hosts do not see its files.</summary>
    public string? Folder { get; } = store.FilePath is { } database ? FileIdentity.Real(database) + "-runs" : null;

    public string PathOf(long run) => Path.Combine(Folder!, run.ToString("x16", CultureInfo.InvariantCulture) + Ending);

    /// <summary>Begins the file of a new run. Who may read and write the database may do so with its runs.</summary>
    public RunFile.Writer Begin(long run)
    {
        var database = FileIdentity.Real(store.FilePath!);
        if (!Directory.Exists(Folder))
        {
            PrivateFolder.Create(Folder!);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(database).HasFlag(UnixFileMode.GroupWrite)) File.SetUnixFileMode(Folder!, File.GetUnixFileMode(Folder!) | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute);
            FileNode.OwnAs(Folder!, database);
            // The name of the folder, too, is on the disk before an entry needs what is in it.
            DurableFile.FlushDirectory(Path.GetDirectoryName(Folder)!);
        }

        var file = new RunFile.Writer(PathOf(run));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathOf(run), File.GetUnixFileMode(database));
        FileNode.OwnAs(PathOf(run), database);
        return file;
    }

    /// <summary>Writes the row of a run in a file, as part of its entry; false when the file was removed because it waited too long.</summary>
    public async Task<bool> UseAsync(DbTransaction transaction, Run run, CancellationToken stop)
    {
        // Files are removed under the right to write, which this transaction has.
        if (!File.Exists(PathOf(run.Id))) return false;
        await RunTables.MakeAsync(transaction, run, RunTables.Filed, clock.GetUtcNow(), stop);
        return true;
    }

    /// <summary>Adds the positions of a person's accesses in all files. What is taken in meanwhile is found in the database by whoever looks there afterwards.</summary>
    /// <exception cref="DataRefusedException">A file is damaged or missing.</exception>
    public async Task FindAsync(DbConnection connection, long key, Pseudonym person, List<long> found, CancellationToken stop)
    {
        if (Folder is null) return;
        foreach (var run in await ListAsync(connection, OfKey, stop, ("key", key)))
        {
            try
            {
                Find(run, person, found);
            }
            catch (FileNotFoundException)
            {
                if (await IsFiledAsync(connection, null, run.Id, stop)) throw RunFile.Damaged(PathOf(run.Id));
            }
        }
    }

    /// <summary>Whether there is any to be taken in.</summary>
    public async Task<bool> AnyAsync(DbConnection connection, CancellationToken stop) => Folder is not null && (await ListAsync(connection, All, stop)).Count > 0;

    /// <summary>Takes all there are into the database; one that cannot be read hinders no other.</summary>
    /// <exception cref="DataRefusedException">A file is damaged or missing.</exception>
    public async Task TakeAllInAsync(CancellationToken stop)
    {
        if (Folder is null || !store.Exists) return;
        await using var connection = await store.OpenAsync(stop);
        DataRefusedException? first = null;
        foreach (var filed in await AllAsync(connection, stop))
        {
            try
            {
                await TakeInAsync(filed, stop);
            }
            catch (DataRefusedException fault)
            {
                first ??= fault;
            }
        }

        if (first is not null) throw first;
    }

    /// <summary>Takes all in and has the database read then; once more when a command has left another one meanwhile.</summary>
    public async Task<T> WithAllInAsync<T>(Func<Task<T>> read, CancellationToken stop)
    {
        for (var left = 5; ; left--)
        {
            await TakeAllInAsync(stop);
            try
            {
                return await read();
            }
            catch (DataRefusedException fault) when (left > 0 && fault.Refusal.Code == DataRefusals.RunsInFiles().Code)
            {
                // Another one.
            }
        }
    }

    /// <summary>Of all there are, those whose files are damaged or missing.</summary>
    public async Task<IReadOnlyList<Run>> LostAsync(DbConnection connection, CancellationToken stop)
    {
        var lost = new List<Run>();
        foreach (var filed in await AllAsync(connection, stop))
        {
            try
            {
                await ReadThroughAsync(connection, filed, stop);
            }
            catch (DataRefusedException)
            {
                lost.Add(filed);
            }
        }

        return lost;
    }

    /// <summary>Does without a run whose file is lost: its row goes, what is left of the file is kept under another name.</summary>
    public async Task GiveUpAsync(DbConnection connection, Run lost, CancellationToken stop)
    {
        await connection.ExecuteAsync(null, Gone, stop, ("id", lost.Id));
        if (File.Exists(PathOf(lost.Id))) File.Move(PathOf(lost.Id), PathOf(lost.Id) + ".lost", overwrite: true);
    }

    // Killed at any instant, and done by two at once, it is either in its file or in the database.
    private async Task TakeInAsync(Run filed, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        // To its end, before anything is written: a file that turns out to be damaged is met again and again.
        if (!await ReadThroughAsync(connection, filed, stop)) return;
        var made = filed with { Id = RunTables.NewId(clock) };
        var isUsed = false;
        try
        {
            await using (var writing = await RunTables.OpenAsync(store, stop))
            {
                await using (var transaction = await RunTables.BeginAsync(writing, store, stop))
                {
                    await RunTables.MakeAsync(transaction, made, RunTables.Making, clock.GetUtcNow() + RunTables.Patience, stop);
                    await transaction.CommitAsync(stop);
                }

                var written = 0;
                foreach (var blocks in RunFile.Read(PathOf(filed.Id), filed.Id, filed.KeyId))
                {
                    var count = blocks.Count;
                    await RunTables.WriteAsync(writing, store, made.Id, written, blocks, clock, isAlone: false, stop);
                    written += count;
                }
            }

            isUsed = await ReplaceAsync(connection, filed, made, stop);
        }
        catch (FileNotFoundException)
        {
            // Somebody else was faster.
        }
        finally
        {
            if (!isUsed) await connection.ExecuteAsync(null, "update access_runs set state = 2 where id = @id and state = 0", CancellationToken.None, ("id", made.Id));
        }

        if (isUsed) File.Delete(PathOf(filed.Id));
    }

    // Safe on the disk before the file goes.
    private async Task<bool> ReplaceAsync(DbConnection connection, Run filed, Run made, CancellationToken stop)
    {
        using var turn = await store.TurnAsync(stop);
        await using var transaction = await RunTables.BeginAsync(connection, store, stop);
        var used = await connection.ExecuteAsync(transaction, Use, stop, ("id", made.Id), ("people", made.People));
        var replaced = await connection.ExecuteAsync(transaction, Gone, stop, ("id", filed.Id));
        if (used != 1 || replaced != 1) return false;
        await transaction.CommitAsync(stop);
        return true;
    }

    // False when it was taken in meanwhile.
    private async Task<bool> ReadThroughAsync(DbConnection connection, Run filed, CancellationToken stop)
    {
        try
        {
            foreach (var _ in RunFile.Read(PathOf(filed.Id), filed.Id, filed.KeyId)) stop.ThrowIfCancellationRequested();
            return true;
        }
        catch (FileNotFoundException)
        {
            if (await IsFiledAsync(connection, null, filed.Id, stop)) throw RunFile.Damaged(PathOf(filed.Id));
            return false;
        }
    }

    // A database that is not made yet, or of an older program, has none.
    private async Task<IReadOnlyList<Run>> AllAsync(DbConnection connection, CancellationToken stop) =>
        Folder is not null && await Migrator.HasTableAsync(connection, null, store.Dialect, "access_runs", stop) ? await ListAsync(connection, All, stop) : [];

    /// <summary>Files of entries that were never written; none is younger than what an entry may wait.</summary>
    public IReadOnlyList<string> Old()
    {
        if (!Directory.Exists(Folder)) return [];
        return [.. Directory.EnumerateFiles(Folder, "*" + Ending).Where(path => IdOf(path) is { } run && RunTables.MadeAt(run) < clock.GetUtcNow() - RunTables.Patience)];
    }

    /// <summary>Removes one of them, unless it has a row.</summary>
    /// <returns>Whether it was removed.</returns>
    public async Task<bool> RemoveAsync(DbConnection connection, string path, CancellationToken stop)
    {
        using var turn = await store.TurnAsync(stop);
        await using var transaction = await RunTables.BeginAsync(connection, store, stop);
        if (IdOf(path) is not { } run || await IsFiledAsync(connection, transaction, run, stop)) return false;
        File.Delete(path);
        return true;
    }

    private static long? IdOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path.AsSpan()), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var run) ? run : null;

    private static async Task<bool> IsFiledAsync(DbConnection connection, DbTransaction? transaction, long run, CancellationToken stop) =>
        await connection.ScalarAsync(transaction, "select 1 from access_runs where id = @id and state = 3", stop, ("id", run)) is not null;

    private static Task<List<Run>> ListAsync(DbConnection connection, string sql, CancellationToken stop, params (string, object?)[] values) =>
        connection.ListAsync(null, sql, Run.Of, stop, values);

    private void Find(Run run, Pseudonym person, List<long> found)
    {
        RunBlock? before = null;
        foreach (var block in RunFile.Read(PathOf(run.Id), run.Id, run.KeyId).SelectMany(piece => piece).TakeWhile(block => block.First <= person.High))
        {
            if (block.First < person.High) before = block;
            else BlockCursor.Find(run.FirstPosition, run.LastPosition, block.Content, person, found);
        }

        if (before is not null) BlockCursor.Find(run.FirstPosition, run.LastPosition, before.Content, person, found);
    }
}
