using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>Checks an answer on the client's side: that its content is whole, that the server's key signed it, and that it answers this very request.</summary>
internal static class AnswerVerifier
{
    /// <param name="request">The request as it was sent, signature included.</param>
    /// <param name="content">The bytes received, before any decompression.</param>
    /// <param name="find">Keys of the server, from its published key set.</param>
    /// <param name="now">When it arrived: an answer that was kept as evidence is checked with that instant.</param>
    public static Result<VerifiedSignature> Verify(HttpResponseMessage response, HttpRequestMessage request, ReadOnlySpan<byte> content, Func<string, VerifyingKey?> find, DateTimeOffset now)
    {
        var asked = new OutgoingRequest(request);
        var message = new IncomingResponse(response, asked);
        if (ContentDigest.Check(message.Field("content-digest"), content) is { } damaged) return damaged;
        return MessageVerifier.Verify(message, AnswerSigner.PolicyFor(asked), find, now);
    }
}
