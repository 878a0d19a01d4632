using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Platform.Notices.Channels;

/// <summary>
/// Posts JSON to a receiver, signed by RFC 9421 with a key of its own, and reads its answer within bounds: no redirects, no cookies, a limited time and size.
/// docs/notices.md says what each answer means.
/// </summary>
internal sealed class SignedPost(KeyFolder keys, NoticeOptions options, TimeProvider clock)
{
    /// <summary>What the signature is for; never taken for a request or an answer of the exchange.</summary>
    public const string Tag = "liuzhuan-notice";

    private const int MostAnswer = 16 << 10, NonceLength = 16;

    private static readonly TimeSpan MostAfter = TimeSpan.FromHours(6);

    /// <summary>What receivers check.</summary>
    public static readonly SignaturePolicy Policy = new()
    {
        Required = [new("@method"), new("@authority"), new("@path"), new("@query"), new("content-digest"), new("content-type"), new("idempotency-key")],
        Tag = Tag,
        NonceRequired = true,
    };

    private SigningKey Key => keys.Current(KeyPurposes.Notices, SigningSuites.Es256.Id);

    /// <summary>A handler that follows nothing and keeps nothing.</summary>
    public static SocketsHttpHandler Handler(TimeSpan timeout) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = timeout, MaxResponseHeadersLength = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ActivityHeadersPropagator = null,
    };

    /// <summary>One attempt.</summary>
    /// <param name="id">The notice's id; the idempotency key.</param>
    /// <param name="isGood">Looks at the content of a good answer; null when any will do.</param>
    public async Task<Delivery> SendAsync(HttpClient http, Uri address, string id, string contentType, byte[] content, Func<byte[], bool>? isGood, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Timeout);
        try
        {
            using var request = Signed(address, id, contentType, content);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await JudgeAsync(response, isGood, limit.Token);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && (fault is OperationCanceledException || fault.InnerException is TimeoutException))
        {
            return Delivery.Again(NoticeCauses.Timeout);
        }
        catch (HttpRequestException fault)
        {
            return fault.InnerException is ReceiverAddress.NotAllowedException ? Delivery.Again(NoticeCauses.NotAllowed) : Delivery.Again(NoticeCauses.Unreachable);
        }
        catch (IOException) when (!stop.IsCancellationRequested)
        {
            return Delivery.Again(NoticeCauses.Unreachable);
        }
    }

    private HttpRequestMessage Signed(Uri address, string id, string contentType, byte[] content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(content), Version = HttpVersion.Version11 };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Content.Headers.TryAddWithoutValidation(ContentDigest.Name, ContentDigest.Of(content));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"\"{id}\"");
        request.Headers.UserAgent.ParseAdd("Liuzhuan");
        var message = new OutgoingRequest(request);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceLength));
        var (input, signature) = MessageSigner.Sign(message, MessageSigner.Describe(message, Policy, Key, clock.GetUtcNow(), nonce), Key);
        request.Headers.TryAddWithoutValidation(SignatureFields.InputName, input);
        request.Headers.TryAddWithoutValidation(SignatureFields.SignatureName, signature);
        return request;
    }

    private async Task<Delivery> JudgeAsync(HttpResponseMessage response, Func<byte[], bool>? isGood, CancellationToken stop)
    {
        var status = (int)response.StatusCode;
        var cause = string.Create(CultureInfo.InvariantCulture, $"{NoticeCauses.Status}:{status}");
        switch (status)
        {
            case >= 200 and < 300:
                return isGood is null || (await BodyAsync(response, stop) is { } body && isGood(body)) ? Delivery.Sent : Delivery.Again(NoticeCauses.Garbage);
            // It had this id before: an attempt whose answer was lost.
            case StatusCodes.Status409Conflict:
                return Delivery.Sent;
            case >= 300 and < 400:
                return Delivery.Again(NoticeCauses.Redirect);
            // Credentials and limits are mended without us; the rest of what a receiver refuses it would refuse again.
            case StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status408RequestTimeout or 425 or StatusCodes.Status429TooManyRequests or < 400 or >= 500:
                return Delivery.Again(cause, After(response));
            default:
                return Delivery.Never(cause);
        }
    }

    private TimeSpan? After(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - clock.GetUtcNow() : null;
        return asked is not { } wait || wait <= TimeSpan.Zero ? null : wait < MostAfter ? wait : MostAfter;
    }

    private static async Task<byte[]?> BodyAsync(HttpResponseMessage response, CancellationToken stop)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[MostAnswer + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return read > MostAnswer ? null : buffer[..read];
    }
}
