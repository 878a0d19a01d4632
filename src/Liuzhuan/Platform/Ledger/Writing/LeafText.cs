using System.Buffers.Text;
using System.Text.Json;
using System.Text;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>The bytes of a leaf: one line of JSON with its members in this order: position, at, kind, actor, payload (when there is one), detail.</summary>
internal static class LeafText
{
    /// <summary>The longest detail, in bytes; with the other members it stays below the 65,535 bytes a bundle of entries can tell.</summary>
    public const int LongestDetail = 32 << 10;

    /// <summary>The longest payload, in bytes.</summary>
    public const int LongestPayload = 64 << 10;

    private const int LongestKind = 32, LongestActor = 200, Depth = 16, WholeTime = 28;

    /// <summary>Everything behind place and time, which only the writer knows.</summary>
    /// <exception cref="ArgumentException">The entry is not one that can be logged: a mistake of the caller.</exception>
    public static byte[] Ending(NewEntry entry, ReadOnlySpan<byte> payloadDigest)
    {
        Check(entry);
        var head = new StringBuilder(",\"kind\":\"").Append(entry.Kind).Append("\",\"actor\":\"").Append(EntryDetail.Escaped(entry.Actor));
        if (payloadDigest.Length > 0) head.Append("\",\"payload\":\"").Append(HexText.Lower(payloadDigest));
        head.Append("\",\"detail\":");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. entry.Detail.Span, (byte)'}'];
    }

    /// <summary>An instant as leaves write it: UTC with microseconds.</summary>
    public static byte[] Time(DateTimeOffset at)
    {
        Span<byte> text = stackalloc byte[WholeTime];
        Utf8Formatter.TryFormat(at.UtcDateTime, text, out var length, 'O');
        // The form of the library has a seventh digit.
        text[length - 2] = (byte)'Z';
        return text[..(length - 1)].ToArray();
    }

    /// <summary>The whole leaf.</summary>
    public static byte[] Write(long position, ReadOnlySpan<byte> time, ReadOnlySpan<byte> ending)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(position, digits, out var length);
        return [.. "{\"position\":"u8, .. digits[..length], .. ",\"at\":\""u8, .. time, (byte)'"', .. ending];
    }

    private static void Check(NewEntry entry)
    {
        if (entry.Kind.Length is 0 or > LongestKind || !IsKind(entry.Kind)) throw new ArgumentException("The kind of a ledger entry is one to 32 lower-case letters and hyphens.", nameof(entry));
        if (entry.Actor.Length is 0 or > LongestActor || HasControl(entry.Actor)) throw new ArgumentException("The actor of a ledger entry is one to 200 characters without control characters.", nameof(entry));
        if (entry.Detail.Length > LongestDetail) throw new ArgumentException($"The detail of a ledger entry is at most {LongestDetail} bytes; digests belong into it, not data.", nameof(entry));
        if (entry.Payload?.Length > LongestPayload) throw new ArgumentException($"The payload of a ledger entry is at most {LongestPayload} bytes.", nameof(entry));
        if (!entry.IsPutTogether && !IsObject(entry.Detail.Span)) throw new ArgumentException("The detail of a ledger entry is one JSON object on one line.", nameof(entry));
    }

    private static bool IsKind(string kind)
    {
        foreach (var letter in kind)
        {
            if (letter is not ('-' or (>= 'a' and <= 'z'))) return false;
        }

        return true;
    }

    private static bool HasControl(string actor)
    {
        foreach (var unit in actor)
        {
            if (char.IsControl(unit)) return true;
        }

        return false;
    }

    private static bool IsObject(ReadOnlySpan<byte> detail)
    {
        if (detail.IsEmpty || detail[0] != '{' || detail[^1] != '}') return false;
        foreach (var one in detail)
        {
            if (one < ' ') return false;
        }

        var reader = new Utf8JsonReader(detail, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            while (reader.Read())
            {
                // Escapes and encoding are checked only where a text is looked at.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
            }

            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
