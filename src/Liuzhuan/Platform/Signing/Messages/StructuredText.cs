using System.Text;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>
/// Reads the few forms of structured fields (RFC 8941) that signatures and digests need, and those in canonical form only:
/// what a signer wrote is what was signed, so there is nothing to tidy up. Every method gives false at the first deviation.
/// </summary>
internal ref struct StructuredText(ReadOnlySpan<char> text)
{
    private const int MostDigits = 15;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>How far it was read.</summary>
    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _text.Length;

    public bool Take(char expected)
    {
        if (AtEnd || _text[Position] != expected) return false;
        Position++;
        return true;
    }

    /// <summary>Comma and optional blanks between two members of a dictionary (section 3.2). A comma that nothing follows is not one, and stays.</summary>
    public bool TakeComma()
    {
        var start = Position;
        SkipBlanks();
        var taken = Take(',');
        SkipBlanks();
        if (taken && !AtEnd) return true;
        Position = start;
        return false;
    }

    /// <summary>A key: lower-case letters, digits, and _ - . * (section 3.1.2).</summary>
    public bool TakeKey(out ReadOnlySpan<char> key)
    {
        var start = Position;
        while (!AtEnd && IsKey(_text[Position], first: Position == start)) Position++;
        key = _text[start..Position];
        return !key.IsEmpty;
    }

    /// <summary>A string without escapes in it, as it stands there: names of components.</summary>
    public bool TakePlainString(out ReadOnlySpan<char> value)
    {
        value = default;
        if (!Take('"')) return false;
        var length = _text[Position..].IndexOf('"');
        if (length < 0) return false;
        value = _text.Slice(Position, length);
        Position += length + 1;
        return !value.Contains('\\') && !value.ContainsAnyExceptInRange(' ', '~');
    }

    /// <summary>A string (section 3.3.3).</summary>
    public bool TakeString(out string value)
    {
        value = "";
        if (!Take('"')) return false;
        var start = Position;
        StringBuilder? unescaped = null;
        for (; !AtEnd; Position++)
        {
            var letter = _text[Position];
            if (letter == '"')
            {
                value = unescaped?.ToString() ?? _text[start..Position].ToString();
                Position++;
                return true;
            }

            if (letter is < ' ' or > '~') return false;
            if (letter == '\\')
            {
                unescaped ??= new StringBuilder().Append(_text[start..Position]);
                Position++;
                if (AtEnd || _text[Position] is not ('"' or '\\')) return false;
                letter = _text[Position];
            }

            unescaped?.Append(letter);
        }

        return false;
    }

    /// <summary>An integer of at most 15 digits, without needless zeros (section 3.3.1).</summary>
    public bool TakeInteger(out long value)
    {
        value = 0;
        var negative = Take('-');
        var start = Position;
        while (!AtEnd && char.IsAsciiDigit(_text[Position]) && Position - start < MostDigits + 1)
        {
            value = value * 10 + (_text[Position] - '0');
            Position++;
        }

        var digits = Position - start;
        if (digits is 0 or > MostDigits || (digits > 1 && _text[start] == '0') || (negative && value == 0)) return false;
        if (negative) value = -value;
        return true;
    }

    /// <summary>A byte sequence (section 3.3.5). False when the base64 is not canonical, or longer than <paramref name="bytes"/>.</summary>
    public bool TakeBytes(scoped Span<byte> bytes, out int written)
    {
        written = 0;
        if (!Take(':')) return false;
        var length = _text[Position..].IndexOf(':');
        if (length < 0) return false;
        var encoded = _text.Slice(Position, length);
        Position += length + 1;
        if (encoded.Length % 4 != 0 || encoded.ContainsAny(" \t\r\n")) return false;
        return Convert.TryFromBase64Chars(encoded, bytes, out written) && IsCanonical(encoded, bytes[..written]);
    }

    // The last character of base64 may carry bits that mean nothing; two texts for the same bytes are one too many.
    private static bool IsCanonical(ReadOnlySpan<char> encoded, ReadOnlySpan<byte> bytes)
    {
        if (encoded.Length < 4) return encoded.IsEmpty;
        Span<char> last = stackalloc char[4];
        var tail = bytes.Length % 3 == 0 ? 3 : bytes.Length % 3;
        return Convert.TryToBase64Chars(bytes[^tail..], last, out var written) && encoded[^4..].SequenceEqual(last[..written]);
    }

    private static bool IsKey(char letter, bool first) =>
        char.IsAsciiLetterLower(letter) || letter == '*' || (!first && (char.IsAsciiDigit(letter) || letter is '_' or '-' or '.'));

    private void SkipBlanks()
    {
        while (!AtEnd && (_text[Position] is ' ' or '\t')) Position++;
    }
}
