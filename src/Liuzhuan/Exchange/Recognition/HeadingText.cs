using System.Text;
using System.Text.RegularExpressions;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>A heading as people write it (<c>2、姓名（必填）*</c>, <c>"ID No."</c>), reduced to what it names.</summary>
/// <param name="Bare">Letters, digits and Han characters in lower case; numbering, brackets with their contents, units and marks left out.</param>
/// <param name="Full">The same with the contents of brackets, to see whose column it is.</param>
/// <param name="Words">The heading in lower case with a blank between words, to see where a Latin word begins (<c>StudentName</c> has two, <c>Nickname</c> has one).</param>
internal readonly partial record struct HeadingText(string Bare, string Full, string Words)
{
    private const int LongestHeading = 60, LongestNumber = 3;

    private const string HanNumbers = "一二三四五六七八九十";

    private const string Open = "([{<【〔〖《「『", Close = ")]}>】〕〗》」』";

    // What a Chinese remark behind a heading may end with.
    private const string LastOfRemark = "位数项空式型本写";

    public static readonly HeadingText Nothing = new("", "", "");

    public bool IsEmpty => Bare.Length == 0;

    /// <summary>Reduces a cell; a text too long for a heading gives an empty one.</summary>
    public static HeadingText Of(string cell)
    {
        var bare = Reduce(cell, out var full);
        return bare.Length == 0 ? Nothing : new HeadingText(bare, full, WordsOf(InChinese(cell)));
    }

    /// <summary><see cref="Bare"/> alone.</summary>
    public static string BareOf(string cell) => Reduce(cell, out _);

    private static string Reduce(string cell, out string full)
    {
        full = "";
        if (cell.Length > LongestHeading * 4) return "";
        var folded = WithoutNumber(Fold(InChinese(cell)).Trim().Trim('"', '\'', '“', '”', '‘', '’').TrimStart());
        full = Letters(folded);
        if (full.Length is 0 or > LongestHeading) return "";
        var bare = WithoutRemarks(Letters(WithoutBrackets(folded)));
        return bare.Length > 0 ? bare : WithoutRemarks(full);
    }

    /// <summary>Does the heading end with this many letters that begin a word of their own?</summary>
    public bool EndsWithWord(int letters)
    {
        var at = Words.Length;
        for (; letters > 0 && at > 0; at--)
        {
            if (Words[at - 1] != ' ') letters--;
        }

        return at == 0 || Words[at - 1] == ' ' || !char.IsAscii(Words[at - 1]);
    }

    // A blank for everything that is no letter or digit, and where a capital follows a small letter.
    private static string WordsOf(string cell)
    {
        var spaced = new StringBuilder(cell.Length + 8);
        for (var i = 0; i < cell.Length; i++)
        {
            if (i > 0 && char.IsUpper(cell[i]) && char.IsLower(cell[i - 1])) spaced.Append(' ');
            spaced.Append(cell[i]);
        }

        var words = new StringBuilder(Fold(WithoutBrackets(spaced.ToString())));
        for (var i = 0; i < words.Length; i++)
        {
            if (!char.IsLetterOrDigit(words[i])) words[i] = ' ';
        }

        return words.ToString().Trim();
    }

    // Of a heading in two languages (身份证号/ID, or one above the other) the Chinese half, which says it more exactly.
    private static string InChinese(string cell)
    {
        var at = Between(cell);
        if (at <= 0 || Between(cell.AsSpan(at + 1)) >= 0) return cell;
        var (first, second) = (cell[..at], cell[(at + 1)..]);
        if (first.Any(IsHan) && !second.Any(IsHan) && second.Any(char.IsAsciiLetter)) return first;
        return second.Any(IsHan) && !first.Any(IsHan) && first.Any(char.IsAsciiLetter) ? second : cell;
    }

    private static int Between(ReadOnlySpan<char> cell) => cell.IndexOfAny('/', '／', '\n');

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF';

    // Full-width forms to ASCII, any white space to a blank, lower case.
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            folded.Append(c is >= '\uFF01' and <= '\uFF5E' ? char.ToLowerInvariant((char)(c - 0xFEE0)) : char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c));
        }

        return folded.ToString();
    }

    private static string WithoutBrackets(string text)
    {
        var kept = new StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in text)
        {
            if (Open.Contains(c))
            {
                depth++;
            }
            else if (Close.Contains(c))
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (depth == 0)
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static string Letters(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) kept.Append(c);
        }

        return kept.ToString();
    }

    /// <summary>
    /// A heading without its number: "2、", "(3)", "4.", "一、", and a bare number directly before a Han character. Written out, because a file is
    /// recognised sooner than a regular expression is got ready.
    /// </summary>
    internal static string WithoutNumber(string text)
    {
        var start = PastBlanks(text, 0);
        var from = start < text.Length && text[start] is '(' or '[' ? start + 1 : start;
        var to = from;
        while (to < text.Length && char.IsDigit(text[to])) to++;
        var isDigits = to > from;
        while (!isDigits && to < text.Length && HanNumbers.Contains(text[to])) to++;
        if (to == from || to - from > LongestNumber) return text;

        // Behind it a mark that divides, before which a bracket may be closed; or that bracket alone.
        var closed = to < text.Length && text[to] is ')' or ']' ? Divided(text, to + 1) : -1;
        if (closed < 0) closed = Divided(text, to);
        if (closed >= 0) return text[closed..];
        var behind = PastBlanks(text, to);
        return isDigits && from == start && behind < text.Length && IsHan(text[behind]) ? text[behind..] : text;
    }

    // Behind the mark that divides, and blanks on either side of it; -1 where there is none.
    private static int Divided(string text, int at)
    {
        at = PastBlanks(text, at);
        return at < text.Length && text[at] is '、' or '.' or ',' or ':' or ')' or ']' ? PastBlanks(text, at + 1) : -1;
    }

    private static int PastBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }

    // Few headings are remarked upon; for all others a look at one character tells.
    private static string WithoutRemarks(string text)
    {
        if (text.Length == 0 || !LastOfRemark.Contains(text[^1]) && !text.EndsWith("required", StringComparison.Ordinal) && !text.EndsWith("mandatory", StringComparison.Ordinal)) return text;
        var shorter = Remarks().Replace(text, "");
        return shorter.Length > 0 ? shorter : text;
    }

    [GeneratedRegex(@"(?:\d+位数?|必填项?|必录项?|选填项?|非空|文本格式|文本型?|必须填写|required|mandatory)+$")]
    private static partial Regex Remarks();
}
