using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Templates;

namespace Liuzhuan.Platform.Notices.Inbox;

/// <summary>What people find in the service itself. Everybody sees what is addressed to them, and nothing else.</summary>
internal sealed class InboxShelf(DataStore store, NoticeSeal seal, NoticeTemplates templates, TimeProvider clock)
{
    private const string
        List = "select id, template, matter, content, made_at, read_at from inbox where recipient = @who and (@all = @yes or read_at is null) order by made_at desc, id limit @most offset @from",
        Unread = "select count(*) from inbox where recipient = @who and read_at is null",
        Read = "update inbox set read_at = @now where recipient = @who and read_at is null and (@id = '' or id = @id)";

    /// <summary>Newest first.</summary>
    /// <param name="recipient">The id of whoever is signed in.</param>
    public async Task<IReadOnlyList<InboxItem>> ListAsync(string recipient, string language, bool onlyUnread, int from, int most, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var rows = await connection.ListAsync(null, List, row => (Id: row.GetString(0), Template: row.GetString(1), Matter: row.IsDBNull(2) ? null : row.GetString(2), Content: row.GetFieldValue<byte[]>(3), At: row.Instant(4), IsRead: !row.IsDBNull(5)), stop,
            ("who", recipient), ("all", !onlyUnread), ("yes", true), ("most", most), ("from", from));
        return [.. rows.Select(row => Item(row.Id, row.Template, row.Matter, row.Content, row.At, row.IsRead, language))];
    }

    public async Task<long> CountUnreadAsync(string recipient, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return Convert.ToInt64(await connection.ScalarAsync(null, Unread, stop, ("who", recipient)), null);
    }

    /// <summary>Marks one message as read, or all; one of somebody else is not touched.</summary>
    /// <param name="id">Null for all.</param>
    public async Task MarkReadAsync(string recipient, string? id, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, Read, stop, ("who", recipient), ("id", id ?? ""), ("now", clock.GetUtcNow()));
    }

    private InboxItem Item(string id, string code, string? matter, byte[] closed, DateTimeOffset at, bool isRead, string language)
    {
        // Where keys or templates are gone it still says that there was something, and about what.
        if (seal.Open(closed) is not { } content || templates.Find(code, ChinaTime.DayOf(at))?.Channels.GetValueOrDefault(NoticeChannels.Inbox) is not { Title: { } title } texts)
            return new InboxItem(id, InboxTexts.Unreadable.In(language), InboxTexts.UnreadableWhy.In(language), matter, at, isRead);
        return new InboxItem(id, NoticeTexts.Fill(title, content.Values, language).Text ?? "", NoticeTexts.Fill(texts.Body, content.Values, language).Text ?? "", matter, at, isRead);
    }
}
