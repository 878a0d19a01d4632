using System.Security.Cryptography;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>Signs an answer before it is sent, so that it proves to which question it was given.</summary>
internal static class AnswerSigner
{
    /// <summary>
    /// Sets Content-Digest, Signature-Input and Signature. Status and Content-Type must stand already, and must not change afterwards.
    /// A request whose own signature holds what cannot be signed is answered as an unsigned one, and one whose address does so without a signature:
    /// strange requests get their refusal, not a fault.
    /// </summary>
    public static void Sign(HttpResponse response, HttpMessage request, ReadOnlySpan<byte> content, SigningKey key, DateTimeOffset now) =>
        SignHashed(response, request, SHA256.HashData(content), key, now);

    /// <summary>As <see cref="Sign"/>, for a content of which only the SHA-256 is at hand.</summary>
    public static void SignHashed(HttpResponse response, HttpMessage request, ReadOnlySpan<byte> sha256, SigningKey key, DateTimeOffset now)
    {
        response.Headers[ContentDigest.Name] = ContentDigest.OfHash(sha256);
        var message = new OutgoingResponse(response, request);
        if ((TrySign(PolicyFor(request)) ?? TrySign(ExchangeSignatures.AnswerToUnsigned)) is not { } fields) return;
        (response.Headers[SignatureFields.InputName], response.Headers[SignatureFields.SignatureName]) = fields;

        (string Input, string Signature)? TrySign(SignaturePolicy policy) => MessageSigner.TrySign(message, MessageSigner.Describe(message, policy, key, now, nonce: null), key);
    }

    /// <summary>The signature of a signed question stands for all of it; otherwise its parts are covered one by one.</summary>
    public static SignaturePolicy PolicyFor(HttpMessage request) =>
        request.Field("signature").Count > 0 ? ExchangeSignatures.Answer : ExchangeSignatures.AnswerToUnsigned;
}
