namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>
/// The quoting rules (RFC 4180, read leniently), in one place.
/// A quote opens only as the first byte of a cell. Inside, two quotes stand for one; the first single quote closes. What follows
/// the closing quote up to the next delimiter or line end belongs to the cell as it stands, quotes included. An opening quote
/// that is not closed within <see cref="TextRules.QuoteLimit"/> bytes or before the end of the text is an ordinary character, so
/// that one bad row never swallows the file.
/// </summary>
internal static class QuoteFilter
{
    /// <summary>What <see cref="Keep"/> found.</summary>
    /// <param name="Count">Marks kept: delimiters and line ends outside quotes, up to the end of the last whole record.</param>
    /// <param name="Consumed">Bytes up to the end of the last whole record.</param>
    /// <param name="HasQuotes">There is a quote somewhere, whatever it means.</param>
    /// <param name="HasInnerLineEnds">Some quoted cell holds a line end.</param>
    /// <param name="Kept">All marks kept, those of the unfinished record included. One behind which a quoted cell begins says so with <see cref="Marks.Quote"/>.</param>
    public readonly record struct Outcome(int Count, int Consumed, bool HasQuotes, bool HasInnerLineEnds, int Kept);

    /// <summary>Moves the marks that lie outside quotes to the front. The text starts at a record; unless it <paramref name="isEnd"/>, a record whose end depends on what follows is left for later.</summary>
    public static Outcome Keep(ReadOnlySpan<byte> text, Span<int> marks, TextRules rules, bool isEnd)
    {
        int kept = 0, i = 0;
        bool inner = false, any = false;
        while (true)
        {
            var run = Marks.FirstQuote(marks[i..]);
            if (kept != i) marks.Slice(i, run).CopyTo(marks[kept..]);
            (kept, i) = (kept + run, i + run);
            if (i == marks.Length) break;
            any = true;
            var cellStart = kept == 0 ? 0 : Marks.Place(marks[kept - 1]) + 1;
            var (close, lines) = (NotThere, false);
            if (Marks.Place(marks[i]) == cellStart) close = FindClose(text, marks, i, rules, isEnd, out lines);
            if (close == Unknown) break;
            if (close != NotThere && kept > 0) marks[kept - 1] |= Marks.Quote;
            inner |= close != NotThere && lines;
            i = close == NotThere ? i + 1 : close + 1;
        }

        var whole = kept;
        while (whole > 0 && marks[whole - 1] >= 0) whole--;
        return new Outcome(whole, whole == 0 ? 0 : Marks.Place(marks[whole - 1]) + 1, any, inner, kept);
    }

    /// <summary>The closing quote of a cell that begins with a quote, or -1 when the opening quote is an ordinary character.</summary>
    public static int CloseOf(ReadOnlySpan<byte> cell, TextRules rules, out bool hasEscapes)
    {
        hasEscapes = false;
        var last = Math.Min(cell.Length - 1, rules.QuoteLimit);
        for (var i = 1; i <= last; i++)
        {
            var next = cell[i..(last + 1)].IndexOf(TextRules.Quote);
            if (next < 0) return -1;
            i += next;
            if (i + 1 >= cell.Length || cell[i + 1] != TextRules.Quote) return i;
            hasEscapes = true;
            i++;
        }

        return -1;
    }

    private const int NotThere = -1, Unknown = -2;

    private static int FindClose(ReadOnlySpan<byte> text, ReadOnlySpan<int> marks, int opening, TextRules rules, bool isEnd, out bool hasLineEnds)
    {
        hasLineEnds = false;
        var limit = Marks.Place(marks[opening]) + rules.QuoteLimit;
        for (var j = opening + 1; j < marks.Length; j++)
        {
            var at = Marks.Place(marks[j]);
            if (at > limit) return NotThere;
            hasLineEnds |= marks[j] < 0;
            if (text[at] != TextRules.Quote) continue;
            if (at + 1 >= text.Length) return isEnd ? j : Unknown;
            if (text[at + 1] != TextRules.Quote) return j;
            j++;
        }

        return isEnd || text.Length - 1 > limit ? NotThere : Unknown;
    }
}

/// <summary>The bytes that divide a text. In a text whose lines end in CR, LF is an ordinary character; in all others a line ends in LF, with or without CR before it, and a CR elsewhere is an ordinary character.</summary>
/// <param name="Delimiter">Divides cells.</param>
/// <param name="LineEnd">LF, or CR in files without LF.</param>
/// <param name="QuoteLimit">How far from its opening quote a cell's closing quote may lie, in bytes.</param>
internal readonly record struct TextRules(byte Delimiter, byte LineEnd, int QuoteLimit = 64 * 1024)
{
    public const byte Quote = (byte)'"', Cr = (byte)'\r', Lf = (byte)'\n';

    public Needles Needles => new(Delimiter, LineEnd, Quote);

    public static TextRules Of(DelimitedFormat format, int quoteLimit = 64 * 1024) =>
        new((byte)format.Delimiter, format.LineEnd == "\r" ? Cr : Lf, quoteLimit);
}
