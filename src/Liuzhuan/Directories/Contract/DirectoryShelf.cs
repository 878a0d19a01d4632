using System.Data.Common;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Directories.Contract;

/// <summary>Gives the directory as it is now, or as it was; reads it again only when somebody changed it.</summary>
internal sealed class DirectoryShelf(DataStore store)
{
    private volatile DirectoryBook? _last;

    /// <summary>The directory as of the last change.</summary>
    public async Task<DirectoryBook> LoadAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var count = await CountAsync(connection, stop);
        if (_last is { } last && last.Version == count) return last;
        return _last = await ReadAsync(connection, count, stop);
    }

    /// <summary>The directory as it was recorded at an instant.</summary>
    public async Task<DirectoryBook> LoadAsOfAsync(DateTimeOffset instant, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var count = (long)(await connection.ScalarAsync(null, "select max(number) from directory_changes where made_at <= @at", stop, ("at", instant)) ?? 0L);
        return await ReadAsync(connection, count, stop);
    }

    /// <summary>All versions of one entry, newest first.</summary>
    public async Task<IReadOnlyList<EntryVersion>> HistoryAsync(EntryKind kind, string key, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null,
            "select e.content, c.number, c.made_at, c.made_by, c.reason from directory_entries e join directory_changes c on c.number = e.change where e.kind = @kind and e.key = @key order by e.change desc",
            row => new EntryVersion(Entry.Read(kind, row.GetString(0)), row.GetInt64(1), row.Instant(2), row.GetString(3), row.GetString(4)), stop, ("kind", kind.Id), ("key", key));
    }

    private static async Task<long> CountAsync(DbConnection connection, CancellationToken stop) => (long)(await connection.ScalarAsync(null, "select count from directory_state where id = 1", stop) ?? 0L);

    // What is changed meanwhile has a higher number and is left for the next time.
    private static async Task<DirectoryBook> ReadAsync(DbConnection connection, long count, CancellationToken stop)
    {
        if (count == 0) return DirectoryBook.Empty;
        var entries = await connection.ListAsync(null, """
            select e.kind, e.content from directory_entries e
            where e.change = (select max(later.change) from directory_entries later where later.kind = e.kind and later.key = e.key and later.change <= @count)
            """,
            row => EntryKind.Find(row.GetString(0)) is { } kind ? Entry.Read(kind, row.GetString(1)) : throw new InvalidOperationException("The directory holds a kind of entry that this program does not know."), stop, ("count", count));
        return new DirectoryBook(count, entries);
    }
}

/// <summary>An entry as it was after a change.</summary>
/// <param name="By">Who made it, as a reference that names no citizen.</param>
internal sealed record EntryVersion(Entry Entry, long Change, DateTimeOffset At, string By, string Reason);
