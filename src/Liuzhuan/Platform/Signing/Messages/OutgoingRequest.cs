using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>A request as a client is about to send it, with an absolute address.</summary>
internal sealed class OutgoingRequest(HttpRequestMessage request) : HttpMessage
{
    private readonly Uri _address = request.RequestUri is { IsAbsoluteUri: true } address ? address : throw new ArgumentException("The request has no absolute address.", nameof(request));

    public override string Method => request.Method.Method;

    public override string Scheme => _address.Scheme;

    public override string Authority => request.Headers.Host is { } host ? AuthorityText.Of(Scheme, host) : AuthorityText.Of(_address);

    public override string Path => _address.AbsolutePath;

    public override string Query => _address.Query is { Length: > 0 } query ? query : "?";

    public override StringValues Field(string name) => Read(request.Headers, name) is { Count: > 0 } values ? values : Read(request.Content?.Headers, name);

    internal static StringValues Read(HttpHeaders? headers, string name) => headers is not null && headers.NonValidated.TryGetValues(name, out var values) ? values.ToArray() : default;
}

/// <summary>A response as a client received it.</summary>
internal sealed class IncomingResponse(HttpResponseMessage response, HttpMessage request) : HttpMessage
{
    public override HttpMessage Request => request;

    public override int? Status => (int)response.StatusCode;

    public override StringValues Field(string name) => OutgoingRequest.Read(response.Headers, name) is { Count: > 0 } values ? values : OutgoingRequest.Read(response.Content.Headers, name);
}
