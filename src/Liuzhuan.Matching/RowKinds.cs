namespace Liuzhuan.Matching;

/// <summary>What a line below the header is.</summary>
public enum RowKind : byte
{
    /// <summary>A question; it gets a verdict.</summary>
    Data,

    /// <summary>A sum line (合计, 总计, 小计, total); it comes back untouched.</summary>
    Total,

    /// <summary>Neither key nor required field is filled; it comes back untouched.</summary>
    Blank,
}

/// <summary>Tells data rows from sum lines and blank lines, in the same way for every kind of file.</summary>
public static class RowKinds
{
    private const int DigitsLikeANumber = 6;

    private static readonly string[] TotalWords = ["合计", "总计", "小计", "total"];

    /// <summary>Classifies a line from its first non-empty cell, its first key cell, and whether any key or required cell is filled.</summary>
    public static RowKind Classify(ReadOnlySpan<char> firstFilled, ReadOnlySpan<char> number, bool anyRequiredFilled) =>
        IsTotalWord(firstFilled) && !LooksLikeANumber(number) ? RowKind.Total
        : anyRequiredFilled ? RowKind.Data
        : RowKind.Blank;

    /// <summary>White space of any width, zero-width characters and byte order marks do not fill a cell.</summary>
    public static bool IsBlank(ReadOnlySpan<char> cell)
    {
        foreach (var c in cell)
        {
            if (!IsPadding(c)) return false;
        }

        return true;
    }

    private static bool IsPadding(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\0';

    // "合 计：", "Total:" and "合计120人" are sum words; "合计银" (a name) is not.
    private static bool IsTotalWord(ReadOnlySpan<char> cell)
    {
        Span<char> letters = stackalloc char[16];
        var length = 0;
        foreach (var c in cell)
        {
            if (IsPadding(c)) continue;
            if (length == letters.Length) return false;
            letters[length++] = char.ToLowerInvariant(c);
        }

        foreach (var word in TotalWords)
        {
            if (!letters[..length].StartsWith(word)) continue;
            var rest = letters[word.Length..length];
            if (rest.IsEmpty || !char.IsLetter(rest[0])) return true;
        }

        return false;
    }

    // A count in the number column ("120") is no citizen number; half a number is a damaged one and stays a question.
    private static bool LooksLikeANumber(ReadOnlySpan<char> cell)
    {
        var digits = 0;
        foreach (var c in cell)
        {
            if (char.IsDigit(c)) digits++;
        }

        return digits >= DigitsLikeANumber || cell.ContainsAny('E', 'e') && digits > 3;
    }
}
