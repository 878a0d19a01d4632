using Liuzhuan.Platform.Signing.Messages;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Tests.Platform.Signing.Messages;

/// <summary>A message written down in a test.</summary>
internal sealed class PlainMessage : HttpMessage
{
    private string? _method, _path, _query, _authority;
    private int? _status;
    private HttpMessage? _request;

    public override HttpMessage? Request => _request;

    public override string? Method => _method;

    public override string? Scheme => _method is null ? null : "https";

    public override string? Authority => _authority;

    public override string? Path => _path;

    public override string? Query => _query;

    public override int? Status => _status;

    public Dictionary<string, StringValues> Fields { get; init; } = [];

    public static PlainMessage Asking(string method, string authority, string path, string query) => new() { _method = method, _authority = authority, _path = path, _query = query };

    public static PlainMessage Answering(int status, HttpMessage? request = null) => new() { _status = status, _request = request };

    public PlainMessage With(string name, params string[] lines)
    {
        Fields[name] = lines;
        return this;
    }

    public PlainMessage But(string? method = null, string? authority = null, string? path = null, string? query = null, int? status = null, HttpMessage? request = null) => new()
    {
        _method = method ?? _method, _authority = authority ?? _authority, _path = path ?? _path, _query = query ?? _query, _status = status ?? _status, _request = request ?? _request,
        Fields = new(Fields),
    };

    public override StringValues Field(string name) => Fields.GetValueOrDefault(name);
}
