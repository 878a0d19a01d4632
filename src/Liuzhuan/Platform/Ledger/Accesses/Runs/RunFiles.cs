using System.Data.Common;
using System.Globalization;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Data;
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
        Next = "select id, key_id, first_position, last_position, people, accesses from access_runs where state = 3 order by id limit 1",
        OfKey = "select id, key_id, first_position, last_position, people, accesses from access_runs where state = 3 and key_id = @key order by id",
        Use = "update access_runs set state = 1, people = @people, accesses = @people where id = @id and state = 0";

    /// <summary>Null with PostgreSQL, to which a command sends runs as everyone does: other hosts do not see its files.</summary>
    public string? Folder { get; } = store.FilePath is { } database ? database + "-runs" : null;

    public string PathOf(long run) => Path.Combine(Folder!, run.ToString("x16", CultureInfo.InvariantCulture) + Ending);

    /// <summary>Begins the file of a new run.</summary>
    public RunFile.Writer Begin(long run)
    {
        if (!Directory.Exists(Folder))
        {
            PrivateFolder.Create(Folder!);
            // The name of the folder, too, is on the disk before an entry needs what is in it.
            DurableFile.FlushDirectory(Path.GetDirectoryName(Folder)!);
        }

        return new RunFile.Writer(PathOf(run));
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

    /// <summary>The next to be taken in; null when there is none.</summary>
    public async Task<Run?> NextAsync(DbConnection connection, CancellationToken stop) => Folder is null ? null : (await ListAsync(connection, Next, stop)).FirstOrDefault();

    /// <summary>Takes a run into the database. Killed at any instant, and done by two at once, it is either in its file or in the database.</summary>
    /// <exception cref="DataRefusedException">Its file is damaged or missing.</exception>
    public async Task TakeInAsync(Run filed, CancellationToken stop)
    {
        var made = filed with { Id = RunTables.NewId(clock) };
        await using (var writing = await RunTables.OpenAsync(store, stop))
        {
            await using (var transaction = await RunTables.BeginAsync(writing, store, stop))
            {
                await RunTables.MakeAsync(transaction, made, RunTables.Making, clock.GetUtcNow() + RunTables.Patience, stop);
                await transaction.CommitAsync(stop);
            }

            try
            {
                var written = 0;
                foreach (var blocks in RunFile.Read(PathOf(filed.Id), filed.Id, filed.KeyId))
                {
                    var count = blocks.Count;
                    await RunTables.WriteAsync(writing, store, made.Id, written, blocks, clock, isAlone: false, stop);
                    written += count;
                }
            }
            catch (FileNotFoundException)
            {
                if (!await IsFiledAsync(writing, null, filed.Id, stop)) return;
                throw RunFile.Damaged(PathOf(filed.Id));
            }
        }

        // Safe on the disk before the file goes.
        await using var connection = await store.OpenAsync(stop);
        using (await store.TurnAsync(stop))
        {
            await using var transaction = await RunTables.BeginAsync(connection, store, stop);
            var used = await connection.ExecuteAsync(transaction, Use, stop, ("id", made.Id), ("people", made.People));
            var replaced = await connection.ExecuteAsync(transaction, "delete from access_runs where id = @id and state = 3", stop, ("id", filed.Id));
            if (used != 1 || replaced != 1) return;
            await transaction.CommitAsync(stop);
        }

        File.Delete(PathOf(filed.Id));
    }

    /// <summary>Takes in all there are, before somebody reads the whole database.</summary>
    public async Task TakeAllInAsync(CancellationToken stop)
    {
        if (!Directory.Exists(Folder) || !store.Exists) return;
        await using var connection = await store.OpenAsync(stop);
        while (await NextAsync(connection, stop) is { } filed) await TakeInAsync(filed, stop);
    }

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

    private static Task<List<Run>> ListAsync(DbConnection connection, string sql, CancellationToken stop, params (string, object?)[] values) => connection.ListAsync(
        null, sql, row => new Run(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)), stop, values);

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
