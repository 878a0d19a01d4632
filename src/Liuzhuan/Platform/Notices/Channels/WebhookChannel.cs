using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Notices.Webhooks;

namespace Liuzhuan.Platform.Notices.Channels;

/// <summary>Tells machines of events: CloudEvents 1.0 in structured JSON form (HTTP binding, section 3.2), so that the signature covers all of it.</summary>
internal sealed class WebhookChannel : INoticeChannel, IDisposable
{
    public const string ContentType = "application/cloudevents+json; charset=utf-8", TypePrefix = "liuzhuan.";

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SignedPost _post;
    private readonly DataStore _store;
    private readonly Lazy<string> _source;
    private readonly HttpClient _http;

    /// <param name="address">Asked for with the first message: it is known only once the service listens.</param>
    public WebhookChannel(SignedPost post, DataStore store, Func<ServiceAddress> address, NoticeOptions options)
    {
        (_post, _store, _source) = (post, store, new Lazy<string>(() => address().Issuer));
        var handler = SignedPost.Handler(options.Timeout);
        handler.ConnectCallback = ReceiverAddress.Connect([.. options.PrivateNetworks.Select(IPNetwork.Parse)]);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Name => NoticeChannels.Webhook;

    public async Task<Delivery> SendAsync(Notice notice, NoticeTemplate template, NoticeContent content, CancellationToken stop)
    {
        IReadOnlyList<Webhook> known;
        await using (var connection = await _store.OpenAsync(stop)) known = await Webhook.ListAsync(connection, stop);
        if (known.FirstOrDefault(one => Recipients.WebhookPrefix + one.Id == notice.Recipient) is not { IsDisabled: false } webhook) return Delivery.Never(NoticeCauses.Disabled);
        if (!ReceiverAddress.IsFit(webhook.Address)) return Delivery.Never(NoticeCauses.NotAllowed);
        if (template.Values.FirstOrDefault(name => !content.Values.ContainsKey(name)) is { } missing) return Delivery.Never($"{NoticeCauses.Missing}:{missing}");
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                specversion = "1.0", id = notice.Id, source = _source.Value, type = TypePrefix + template.Id, subject = notice.Matter, time = notice.MadeAt.UtcDateTime,
                datacontenttype = "application/json", data = template.Values.ToDictionary(name => name, name => content.Values[name]),
            },
            Plain);
        return await _post.SendAsync(_http, webhook.Address, notice.Id, ContentType, body, isGood: null, stop);
    }

    public void Dispose() => _http.Dispose();
}
