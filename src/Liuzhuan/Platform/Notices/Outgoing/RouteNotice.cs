using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Notices.Webhooks;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>
/// Finds out who is meant by a notice and on which ways they are told, and writes it into their inbox and into the outbox, once for each way: all in one
/// transaction with the end of the notice itself.
/// </summary>
internal sealed class RouteNotice(DataStore store, NoticeSeal seal, NoticeOptions options, SmsGateway gateway, TimeProvider clock, IEnumerable<INoticeAddressee> addressees)
{
    private const string
        Mine = "update notices set state = 'sent', lease = null, cause = null, ended_at = @now where id = @id and lease = @lease and state = 'waiting'",
        Child = """
            insert into notices (id, template, channel, recipient, matter, content, state, urgent, made_at, next_at, expires_at, attempts, erase_after)
            select @id, template, @channel, @recipient, matter, @content, 'waiting', urgent, made_at, @now, expires_at, 0, @erase from notices where id = @parent
            on conflict (id) do nothing
            """,
        Item = """
            insert into inbox (id, recipient, template, matter, content, made_at, erase_after)
            select @id, @recipient, template, matter, @content, made_at, @erase from notices where id = @parent
            on conflict (id) do nothing
            """;

    /// <summary>Routes a notice. When it gives back <see cref="Delivery.Sent"/>, its end is written already.</summary>
    public async Task<Delivery> RunAsync(Notice notice, NoticeTemplate template, NoticeContent content, CancellationToken stop)
    {
        var (ways, cause) = await WaysAsync(notice, template, stop);
        if (cause is not null) return Delivery.Again(cause);
        var now = Instants.Whole(clock.GetUtcNow());
        await using var connection = await store.OpenAsync(stop);
        using var turn = await store.TurnAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // First, so that on PostgreSQL a second host waits here. Where the lease ran out somebody else routes it.
        if (await connection.ExecuteAsync(transaction, Mine, stop, ("id", notice.Id), ("lease", notice.Lease), ("now", now)) == 0) return Delivery.Sent;
        foreach (var way in ways) await WriteAsync(transaction, notice, way, content, now, stop);
        await transaction.CommitAsync(stop);
        return Delivery.Sent;
    }

    private async Task WriteAsync(DbTransaction transaction, Notice notice, Way way, NoticeContent content, DateTimeOffset now, CancellationToken stop)
    {
        var sealedContent = seal.Close(content with { Address = way.Address, Language = way.Language });
        var (isItem, id) = (way.Channel == NoticeChannels.Inbox, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{notice.Id}\0{way.Channel}\0{way.Recipient}")))[..32]);
        await transaction.Connection!.ExecuteAsync(transaction, isItem ? Item : Child, stop,
            ("id", id), ("parent", notice.Id), ("channel", way.Channel), ("recipient", way.Recipient), ("content", sealedContent), ("now", now), ("erase", now + (isItem ? options.KeepInbox : options.Keep)));
    }

    private async Task<(IReadOnlyList<Way> Ways, string? Cause)> WaysAsync(Notice notice, NoticeTemplate template, CancellationToken stop)
    {
        if (notice.Recipient == Recipients.Subscribers)
        {
            await using var connection = await store.OpenAsync(stop);
            var webhooks = await Webhook.ListAsync(connection, stop);
            return ([.. webhooks.Where(webhook => webhook.IsToldOf(template.Id)).Select(webhook => new Way(NoticeChannels.Webhook, Recipients.WebhookPrefix + webhook.Id, null, PageLanguage.Chinese))], null);
        }

        var people = notice.Recipient.StartsWith(Recipients.RolePrefix, StringComparison.Ordinal) ? await HoldersAsync(notice.Recipient, stop) : [notice.Recipient];
        if (people.Count == 0) return ([], NoticeCauses.Nobody);
        var ways = new List<Way>();
        foreach (var person in people)
        {
            var contact = await ContactAsync(person, stop);
            var language = contact?.Language ?? PageLanguage.Chinese;
            if (template.Channels.ContainsKey(NoticeChannels.Inbox)) ways.Add(new Way(NoticeChannels.Inbox, person, null, language));
            if (template.Channels.ContainsKey(NoticeChannels.Sms) && contact?.Phone is { Length: > 0 } phone && gateway.Address is not null) ways.Add(new Way(NoticeChannels.Sms, person, phone, language));
            if (template.Channels.ContainsKey(NoticeChannels.Mail) && contact?.Mail is { Length: > 0 } mail && options.MailServer is not null) ways.Add(new Way(NoticeChannels.Mail, person, mail, language));
        }

        return (ways, ways.Count > 0 ? null : NoticeCauses.NoAddress);
    }

    private async Task<IReadOnlyList<string>> HoldersAsync(string recipient, CancellationToken stop)
    {
        if (recipient[Recipients.RolePrefix.Length..].Split('@') is not [var role, var office]) return [];
        var holders = new List<string>();
        foreach (var one in addressees) holders.AddRange(await one.HoldersAsync(role, office, stop));
        return [.. holders.Distinct()];
    }

    private async Task<NoticeContact?> ContactAsync(string person, CancellationToken stop)
    {
        foreach (var one in addressees)
        {
            if (await one.FindAsync(person, stop) is { } contact) return contact;
        }

        return null;
    }

    /// <summary>One person on one way.</summary>
    private sealed record Way(string Channel, string Recipient, string? Address, string Language);
}
