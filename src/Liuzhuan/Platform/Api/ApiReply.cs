namespace Liuzhuan.Platform.Api;

/// <summary>A response of the HTTP interface, whole, so that it can be signed before its first byte leaves.</summary>
internal sealed record ApiReply(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public const string Json = "application/json";

    /// <summary>Further header fields.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    /// <summary>A body too large to hold, instead of <see cref="Body"/>.</summary>
    public ApiStream? Stream { get; init; }

    /// <summary>This reply with more header fields.</summary>
    public ApiReply With(params IEnumerable<(string Name, string Value)> fields) => this with { Fields = [.. Fields, .. fields] };

    /// <summary>Sets all but the body.</summary>
    public void SetHead(HttpResponse response)
    {
        (response.StatusCode, response.ContentType) = (Status, ContentType);
        foreach (var (name, value) in Fields) response.Headers[name] = value;
    }
}

/// <summary>A body whose length and digest are known before its first byte, so that it can be signed and then passed on piece by piece.</summary>
/// <param name="CopyAsync">Writes exactly <paramref name="Length"/> bytes with the digest <paramref name="Sha256"/>; a fault breaks the connection off.</param>
internal sealed record ApiStream(long Length, ReadOnlyMemory<byte> Sha256, Func<Stream, CancellationToken, Task> CopyAsync);
