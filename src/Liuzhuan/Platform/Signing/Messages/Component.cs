using System.Collections.Frozen;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>A part of a message that a signature covers (RFC 9421 section 2): a field in lower case, or a name that begins with @.</summary>
/// <param name="OfRequest">The part belongs to the request that a response answers (<c>;req</c>).</param>
internal readonly record struct Component(string Name, bool OfRequest = false)
{
    private static readonly FrozenSet<string> Derived = FrozenSet.Create("@method", "@target-uri", "@authority", "@path", "@query", "@status");

    // Names that come with every message need not be made again for every message.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Usual =
        FrozenSet.ToFrozenSet([.. Derived, "content-digest", "content-type", "content-length", "authorization", "idempotency-key", "signature", "date", "traceparent"])
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name as text of its own; null when it is neither a derived component that we know nor a field name in lower case.</summary>
    public static string? Known(ReadOnlySpan<char> name)
    {
        if (Usual.TryGetValue(name, out var known)) return known;
        foreach (var letter in name)
        {
            // RFC 9110 section 5.6.2, in lower case (RFC 9421 section 2.1).
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && !"!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal)) return null;
        }

        return name.IsEmpty ? null : name.ToString();
    }

    public override string ToString() => OfRequest ? $"\"{Name}\";req" : $"\"{Name}\"";
}
