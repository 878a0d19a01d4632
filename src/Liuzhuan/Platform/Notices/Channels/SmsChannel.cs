using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Templates;

namespace Liuzhuan.Platform.Notices.Channels;

/// <summary>Text messages, handed to a gateway over HTTP by the contract of docs/notices.md.</summary>
internal sealed class SmsChannel(SignedPost post, SmsGateway gateway, NoticeOptions options) : INoticeChannel, IDisposable
{
    private const string ContentType = "application/json; charset=utf-8";

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = new(SignedPost.Handler(options.Timeout)) { Timeout = Timeout.InfiniteTimeSpan };

    public string Name => NoticeChannels.Sms;

    public async Task<Delivery> SendAsync(Notice notice, NoticeTemplate template, NoticeContent content, CancellationToken stop)
    {
        if (gateway.Address is not { } address) return Delivery.Again(NoticeCauses.ChannelOff);
        if (content.Address is not { Length: > 0 } phone) return Delivery.Never(NoticeCauses.NoAddress);
        if (!template.Channels.TryGetValue(Name, out var texts)) return Delivery.Never(NoticeCauses.NoText);
        var (text, missing) = NoticeTexts.Fill(texts.Body, content.Values, content.Language);
        if (text is null) return Delivery.Never($"{NoticeCauses.Missing}:{missing}");
        var segments = SmsText.Segments(text);
        if (segments > options.MostSegments) return Delivery.Never(string.Create(CultureInfo.InvariantCulture, $"{NoticeCauses.TooLong}:{segments}"));
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = notice.Id, to = phone, text, segments, language = content.Language, template = template.Id }, Plain);
        return await post.SendAsync(_http, address, notice.Id, ContentType, body, answer => Names(answer, notice.Id), stop);
    }

    public void Dispose() => _http.Dispose();

    // Something else that happens to answer 200, such as a portal, does not know the id.
    private static bool Names(byte[] answer, string id)
    {
        try
        {
            using var parsed = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = 8 });
            return parsed.RootElement.ValueKind == JsonValueKind.Object && parsed.RootElement.TryGetProperty("id", out var named) && named.ValueKind == JsonValueKind.String && named.GetString() == id;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}

/// <summary>Where text messages are handed in.</summary>
/// <param name="Find">The address, known at the latest when the service listens; null for no gateway.</param>
internal sealed record SmsGateway(Func<Uri?> Find)
{
    public Uri? Address => Find();
}
