using System.Text.Json;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Directories;

/// <summary>What somebody uploaded and has not decided on: kept in the database, so that any host may show it, for a day at most.</summary>
internal sealed class Uploads(DataStore store, TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    /// <summary>Keeps rows for whoever uploaded them; gives back their id.</summary>
    public async Task<Guid> KeepAsync(IReadOnlyList<GivenRow> rows, string name, string author, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, "delete from directory_uploads where made_at < @old", stop, ("old", now - KeptFor));
        // One waits for each person: the next takes its place.
        await connection.ExecuteAsync(null, "delete from directory_uploads where made_by = @by", stop, ("by", author));
        await connection.ExecuteAsync(null, "insert into directory_uploads (id, made_at, made_by, name, rows) values (@id, @at, @by, @name, @rows)", stop, ("id", id), ("at", now), ("by", author), ("name", name), ("rows", JsonSerializer.Serialize(rows, Plain)));
        return id;
    }

    /// <summary>What somebody uploaded; null when it is gone, or another's.</summary>
    public async Task<Upload?> FindAsync(Guid id, string author, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return (await connection.ListAsync(null, "select name, made_at, rows from directory_uploads where id = @id and made_by = @by and made_at >= @old",
            row => new Upload(id, row.GetString(0), row.Instant(1), JsonSerializer.Deserialize<GivenRow[]>(row.GetString(2), Plain) ?? []), stop, ("id", id), ("by", author), ("old", clock.GetUtcNow() - KeptFor))) is [var found] ? found : null;
    }

    /// <summary>Takes an upload away; to be part of the change it becomes, so that it is applied once only.</summary>
    public static Statement Remove(Guid id) => new("delete from directory_uploads where id = @id", ("id", id));

    public async Task DropAsync(Guid id, string author, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, "delete from directory_uploads where id = @id and made_by = @by", stop, ("id", id), ("by", author));
    }
}

/// <summary>Rows that wait for a decision.</summary>
/// <param name="Name">Of the file.</param>
internal sealed record Upload(Guid Id, string Name, DateTimeOffset At, IReadOnlyList<GivenRow> Rows);
