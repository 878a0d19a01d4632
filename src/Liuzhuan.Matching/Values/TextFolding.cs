namespace Liuzhuan.Matching.Values;

/// <summary>What the characters around a value are worth: widths, white space, dashes and marks that spreadsheets add.</summary>
internal static class TextFolding
{
    /// <summary>Between these two no character is blank.</summary>
    private const int LastLowBlank = 0x3165, FirstHighBlank = 0xFE00;

    private static readonly byte[] Kinds = FillKinds();

    private enum Kind : byte
    {
        Other,
        Blank,
        Dash,
        Apostrophe,
        Quote,
        Wide,
    }

    /// <summary>White space of every width, and what has no shape at all: zero-width characters, direction marks, variation selectors.</summary>
    public static bool IsBlank(char unit) => Kinds[unit] == (byte)Kind.Blank;

    public static bool IsDash(char unit) => Kinds[unit] == (byte)Kind.Dash;

    /// <summary>The ASCII form of a full-width ASCII character; any other character unchanged.</summary>
    public static char Narrow(char unit) => (uint)(unit - 0xFF01) <= 0xFF5E - 0xFF01 ? (char)(unit - 0xFEE0) : unit;

    /// <summary>
    /// Folds an identifier: blanks go, widths and letter case become one, and so do the marks by which spreadsheets keep digits as text
    /// (a leading apostrophe, quotes around, <c>="..."</c>). Dashes go or become <c>-</c>.
    /// </summary>
    /// <param name="destination">Gets as much as it holds.</param>
    /// <returns>The full length of the folded text, which may be more than <paramref name="destination"/> holds.</returns>
    public static int FoldIdentifier(ReadOnlySpan<char> text, bool keepDashes, Span<char> destination)
    {
        text = Unwrap(text);
        var length = 0;
        foreach (var unit in text)
        {
            var folded = unit;
            switch ((Kind)Kinds[unit])
            {
                case Kind.Blank:
                    continue;
                case Kind.Dash:
                    if (!keepDashes) continue;
                    folded = '-';
                    break;
                case Kind.Wide:
                    folded = Narrow(unit);
                    break;
            }

            if (char.IsAsciiLetterLower(folded)) folded = (char)(folded - 32);
            if (length < destination.Length) destination[length] = folded;
            length++;
        }

        return length;
    }

    /// <summary>Folds widths, trims, and joins inner white space to one space; upper case. For free text.</summary>
    public static string FoldText(ReadOnlySpan<char> text)
    {
        var buffer = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        var space = false;
        foreach (var unit in text)
        {
            if (IsBlank(unit))
            {
                space |= char.IsWhiteSpace(unit);
                continue;
            }

            if (space && length > 0) buffer[length++] = ' ';
            space = false;
            buffer[length++] = char.ToUpperInvariant(Narrow(unit));
        }

        return new string(buffer[..length]);
    }

    /// <summary>A name without the marks by which spreadsheets and exports say that a cell is text (<c>'王伟</c>, <c>="王伟"</c>, <c>“王伟”</c>); only in front of a Chinese name, because others may begin with such a mark.</summary>
    internal static ReadOnlySpan<char> UnwrapName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || IsHanLike(text[0])) return text;
        var inner = Unwrap(text);
        return inner.Length > 0 && IsHanLike(inner[0]) ? inner : text;
    }

    // Ideographs, their radicals, the private use to which some were moved, forms of compatibility, and the first halves of those beyond 16 bits.
    private static bool IsHanLike(char unit) => unit is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u2E80' and <= '\u2FDF') or '\u3007' or (>= '\uD840' and <= '\uD8BF') or (>= '\uE000' and <= '\uFAFF');

    /// <summary>Takes away blanks around, then <c>=</c>, quotes or a leading apostrophe.</summary>
    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text)
    {
        text = Trim(text);
        if (text.Length > 1 && Narrow(text[0]) == '=' && IsQuote(text[1])) text = text[1..];
        if (text.Length > 1 && IsQuote(text[0]) && IsQuote(text[^1])) text = Trim(text[1..^1]);
        if (text.Length > 0 && Kinds[text[0]] == (byte)Kind.Apostrophe)
        {
            text = text[1..];
            if (text.Length > 0 && Kinds[text[^1]] == (byte)Kind.Apostrophe) text = text[..^1];
        }

        return text;
    }

    private static bool IsQuote(char unit) => Kinds[unit] == (byte)Kind.Quote;

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsBlank(text[0])) text = text[1..];
        while (text.Length > 0 && IsBlank(text[^1])) text = text[..^1];
        return text;
    }

    private static byte[] FillKinds()
    {
        var kinds = new byte[char.MaxValue + 1];
        for (var unit = 0xFF01; unit <= 0xFF5E; unit++) kinds[unit] = (byte)Kind.Wide;
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            if (unit == LastLowBlank) unit = FirstHighBlank;
            if (char.IsWhiteSpace((char)unit) || IsShapeless(unit)) kinds[unit] = (byte)Kind.Blank;
        }

        // U+2500 and U+30FC are no dashes, but are typed for them.
        foreach (var dash in "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u30FC\uFE58\uFE63\uFF0D\uFF70") kinds[dash] = (byte)Kind.Dash;
        foreach (var mark in "'`\u00B4\u02B9\u02BC\u2018\u2019\u201B\u2032\uFF07\uFF40") kinds[mark] = (byte)Kind.Apostrophe;
        foreach (var mark in "\"\u201C\u201D\u201F\uFF02") kinds[mark] = (byte)Kind.Quote;
        return kinds;
    }

    private static bool IsShapeless(int unit) => unit is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or (>= 0x180B and <= 0x180F)
        or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x2800 or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0;
}
