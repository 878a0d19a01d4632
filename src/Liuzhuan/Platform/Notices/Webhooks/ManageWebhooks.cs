using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Notices.Webhooks;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>Says which machines are told of which events. Each change is an entry of the ledger.</summary>
internal sealed partial class ManageWebhooks(Ledger ledger, NoticeTemplates templates, TimeProvider clock)
{
    private const string
        Add = "insert into webhooks (id, address, events, added_at, added_by) values (@id, @address, @events, @now, @by) on conflict do nothing",
        Disable = "update webhooks set disabled_at = @now where id = @id and disabled_at is null";

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="events">Codes of templates that webhooks are told of.</param>
    /// <param name="actor">Who adds it, as the ledger names them.</param>
    public async Task<Result<string>> AddAsync(string id, string address, IReadOnlyList<string> events, string actor, CancellationToken stop)
    {
        if (!IdForm().IsMatch(id)) return NoticeRefusals.WebhookId;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !ReceiverAddress.IsFit(uri)) return ReceiverAddress.NotAllowed;
        if (events.Count == 0 || events.Any(one => !templates.All.Any(template => template.IsEvent && template.Id == one))) return NoticeRefusals.WebhookEvents;
        var statement = new Statement(Add, ("id", id), ("address", uri.AbsoluteUri), ("events", string.Join(Webhook.Separator, events.Distinct().Order(StringComparer.Ordinal))), ("now", clock.GetUtcNow()), ("by", actor));
        return await LogAsync(new { act = "add-webhook", webhook = id, address = uri.AbsoluteUri, events }, actor, statement, stop) ? id : NoticeRefusals.WebhookId;
    }

    public async Task<Result<string>> DisableAsync(string id, string actor, CancellationToken stop) =>
        await LogAsync(new { act = "disable-webhook", webhook = id }, actor, new Statement(Disable, ("id", id), ("now", clock.GetUtcNow())), stop) ? id : NoticeRefusals.WebhookUnknown;

    private async Task<bool> LogAsync<T>(T detail, string actor, Statement statement, CancellationToken stop) =>
        await ledger.AppendAsync(new NewEntry("administration", actor, JsonSerializer.SerializeToUtf8Bytes(detail, Plain)) { Companions = [StatementCompanion.Of(statement)] }, stop) is not null;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,49}$")]
    private static partial Regex IdForm();
}
