using Liuzhuan.Platform.Outcomes;
using Microsoft.Net.Http.Headers;

namespace Liuzhuan.Platform.Api;

/// <summary>A request of an agency's machine whose sender, signature and limits have been checked.</summary>
/// <param name="ClientId">The client that was recognised.</param>
/// <param name="Body">The whole body; its digest was checked where the request is signed.</param>
/// <param name="Nonce">Counts once for this client: the signature's, or one of our own where a certificate stands for the signature.</param>
/// <param name="IdempotencyKey">As sent, without quotes; null when absent.</param>
internal sealed record ApiCall(HttpContext Http, string ClientId, ReadOnlyMemory<byte> Body, string Nonce, string? IdempotencyKey)
{
    /// <summary>When the request says that it was signed; null where a certificate stands for the signature.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    public HttpRequest Request => Http.Request;

    /// <summary>Does the request say that it brings JSON in UTF-8 (RFC 8259 section 8.1)?</summary>
    public bool IsJson => MediaTypeHeaderValue.TryParse(Request.ContentType, out var type) && type.MediaType.Equals(ApiReply.Json, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    public ApiReply Refuse(Refusal refusal) => Problem.From(refusal, Request);
}

/// <summary>Answers a checked request.</summary>
internal delegate Task<ApiReply> ApiHandler(ApiCall call, CancellationToken stop);
