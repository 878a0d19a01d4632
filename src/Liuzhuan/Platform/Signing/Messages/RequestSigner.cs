using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>Signs every request of an <see cref="HttpClient"/>, with a digest of its content and a fresh nonce.</summary>
internal sealed class RequestSigner(SigningKey key, TimeProvider clock) : DelegatingHandler
{
    private const int NonceLength = 16;

    /// <summary>Sets Content-Digest, Signature-Input and Signature; a token must stand in Authorization already. Headers that are covered must not change afterwards.</summary>
    public static async Task SignAsync(HttpRequestMessage request, SigningKey key, DateTimeOffset now, CancellationToken stop)
    {
        var policy = ExchangeSignatures.RequestWithoutContent;
        if (request.Content is { } content)
        {
            var bytes = await content.ReadAsByteArrayAsync(stop);
            Set(content.Headers, ContentDigest.Name, ContentDigest.Of(bytes));
            if (content.Headers.ContentType is not null) policy = ExchangeSignatures.RequestWithContent;
        }

        var message = new OutgoingRequest(request);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceLength));
        var (input, signature) = MessageSigner.Sign(message, MessageSigner.Describe(message, policy, key, now, nonce), key);
        Set(request.Headers, SignatureFields.InputName, input);
        Set(request.Headers, SignatureFields.SignatureName, signature);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await SignAsync(request, key, clock.GetUtcNow(), cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    // A request that is sent again gets a new nonce in the place of the old one.
    private static void Set(HttpHeaders headers, string name, string value)
    {
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }
}
