using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    /// <param name="Count">Positions kept: delimiters and line ends outside quotes, up to the end of the last whole record.</param>
    /// <param name="Consumed">Bytes up to the end of the last whole record.</param>
    /// <param name="HasInnerLineEnds">Some quoted cell holds a line end.</param>
    /// <param name="Kept">All positions kept, those of the unfinished record included.</param>
    public readonly record struct Outcome(int Count, int Consumed, bool HasInnerLineEnds, int Kept);

    /// <summary>Moves the positions that lie outside quotes to the front. The text starts at a record; unless it <paramref name="isEnd"/>, a record whose end depends on what follows is left for later.</summary>
    public static Outcome Keep(ReadOnlySpan<byte> text, Span<int> positions, TextRules rules, bool isEnd)
    {
        int kept = 0, i = 0;
        var inner = false;
        ref var first = ref MemoryMarshal.GetReference(positions);
        ref var bytes = ref MemoryMarshal.GetReference(text);
        while (true)
        {
            // Most positions are no quotes, and are passed here.
            while (i < positions.Length && Unsafe.Add(ref bytes, Unsafe.Add(ref first, i)) != TextRules.Quote) Unsafe.Add(ref first, kept++) = Unsafe.Add(ref first, i++);
            if (i == positions.Length) break;
            var cellStart = kept == 0 ? 0 : positions[kept - 1] + 1;
            var (close, lines) = (NotThere, false);
            if (positions[i] == cellStart) close = FindClose(text, positions, i, rules, isEnd, out lines);
            if (close == Unknown) break;
            inner |= close != NotThere && lines;
            i = close == NotThere ? i + 1 : close + 1;
        }

        var whole = kept;
        while (whole > 0 && text[positions[whole - 1]] != rules.LineEnd) whole--;
        return new Outcome(whole, whole == 0 ? 0 : positions[whole - 1] + 1, inner, kept);
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

    private static int FindClose(ReadOnlySpan<byte> text, ReadOnlySpan<int> positions, int opening, TextRules rules, bool isEnd, out bool hasLineEnds)
    {
        hasLineEnds = false;
        var limit = positions[opening] + rules.QuoteLimit;
        var j = opening + 1;
        for (; j < positions.Length; j++)
        {
            var at = positions[j];
            if (at > limit) return NotThere;
            if (text[at] != TextRules.Quote)
            {
                hasLineEnds |= text[at] == rules.LineEnd;
                continue;
            }

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

    public Needles WithQuotes => new(Delimiter, LineEnd, Quote);

    public Needles WithoutQuotes => new(Delimiter, LineEnd, LineEnd);

    public static TextRules Of(DelimitedFormat format, int quoteLimit = 64 * 1024) =>
        new((byte)format.Delimiter, format.LineEnd == "\r" ? Cr : Lf, quoteLimit);
}
