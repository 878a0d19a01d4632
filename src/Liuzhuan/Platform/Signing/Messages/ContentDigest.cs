using System.Security.Cryptography;
using Liuzhuan.Platform.Outcomes;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>The Content-Digest field (RFC 9530) with SHA-256. Other algorithms beside it are passed over.</summary>
internal static class ContentDigest
{
    public const string Name = "Content-Digest";

    private const int LongestField = 1024, LongestDigest = 64, MostAlgorithms = 8;

    private static readonly Refusal Missing = new("digest.missing",
        "请求没有 sha-256 的 Content-Digest 标头，或写法不规范：请附上 Content-Digest: sha-256=:<正文 SHA-256 的 Base64>:",
        "The message has no Content-Digest field with sha-256, or it is malformed: send Content-Digest: sha-256=:<base64 of the content's SHA-256>:");

    private static readonly Refusal Different = new("digest.different",
        "正文与 Content-Digest 不符：正文在传输中被改动，或摘要算在别的内容上（例如压缩前后）。请对实际发送的字节计算摘要。",
        "The content does not fit its Content-Digest: it was changed on the way, or the digest was taken of something else (say, before compression). Take the digest of the bytes that are sent.");

    /// <summary>The field for a content.</summary>
    public static string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return OfHash(hash);
    }

    /// <summary>The field for a content that was hashed while it passed by.</summary>
    public static string OfHash(ReadOnlySpan<byte> sha256) => $"sha-256=:{Convert.ToBase64String(sha256)}:";

    /// <summary>Null when the content is the one the field speaks of.</summary>
    public static Refusal? Check(StringValues field, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return CheckHash(field, hash);
    }

    /// <summary>Null when the hash of a content that passed by is the one the field speaks of.</summary>
    public static Refusal? CheckHash(StringValues field, ReadOnlySpan<byte> sha256)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        if (!TryRead(field, expected)) return Missing;
        return CryptographicOperations.FixedTimeEquals(expected, sha256) ? null : Different;
    }

    /// <summary>Reads the SHA-256 out of the field. False when it is absent or malformed.</summary>
    public static bool TryRead(StringValues field, Span<byte> sha256)
    {
        var value = field.ToString();
        if (value.Length is 0 or > LongestField) return false;
        var text = new StructuredText(value);
        Span<byte> bytes = stackalloc byte[LongestDigest];
        var (found, count) = (false, 0);
        do
        {
            if (count++ == MostAlgorithms || !text.TakeKey(out var algorithm) || !text.Take('=') || !text.TakeBytes(bytes, out var written)) return false;
            if (!algorithm.SequenceEqual("sha-256")) continue;
            if (found || written != SHA256.HashSizeInBytes) return false;
            bytes[..written].CopyTo(sha256);
            found = true;
        }
        while (text.TakeComma());

        return found && text.AtEnd;
    }
}
