using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>A request as the server has it.</summary>
internal sealed class IncomingRequest : HttpMessage
{
    private readonly HttpRequest _request;

    /// <param name="origin">Under which address clients know this server, when a proxy stands in front of it; otherwise what the request says is taken.</param>
    public IncomingRequest(HttpRequest request, Uri? origin = null)
    {
        _request = request;
        (Scheme, Authority) = origin is null ? (request.Scheme, AuthorityText.Of(request.Scheme, request.Host.Value ?? "")) : (origin.Scheme, AuthorityText.Of(origin));

        // As it was sent: what routing makes of it (decoded, cleaned) is not what was signed.
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] != '/') target = $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        (Path, Query) = mark < 0 ? (target.Length == 0 ? "/" : target, "?") : (target[..mark], target[mark..]);
    }

    public override string Method => _request.Method;

    public override string Scheme { get; }

    public override string Authority { get; }

    public override string Path { get; }

    public override string Query { get; }

    public override StringValues Field(string name) => _request.Headers[name];
}

/// <summary>A response as the server is about to send it.</summary>
internal sealed class OutgoingResponse(HttpResponse response, HttpMessage request) : HttpMessage
{
    public override HttpMessage Request => request;

    public override int? Status => response.StatusCode;

    public override StringValues Field(string name) => response.Headers[name];
}
