namespace Liuzhuan.Platform.Api;

/// <summary>A response of the HTTP interface, whole, so that it can be signed before its first byte leaves.</summary>
internal sealed record ApiReply(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public const string Json = "application/json";

    /// <summary>Further header fields.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];
}
