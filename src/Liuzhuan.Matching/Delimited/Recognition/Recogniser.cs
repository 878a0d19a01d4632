using System.Buffers;
using Liuzhuan.Matching.Delimited.Pipeline;
using Liuzhuan.Matching.Delimited.Scanning;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Recognition;

/// <summary>Recognises delimiter and line end of a text whose encoding is known, and reads its first records.</summary>
internal static class Recogniser
{
    private const int MaxRecords = 200, FirstLook = 32 << 10;

    public static DelimitedPreview Read(ReadOnlySpan<byte> head, bool isWhole, TextForm form, char? delimiter)
    {
        var hasBom = head.StartsWith(form.Bom());
        var text = form.ToWorking(hasBom ? head[form.Bom().Length..] : head);
        var lineEnd = LineEndOf(text);
        // Not made anew: a megabyte of fresh memory costs a short file more than its rows.
        var positions = ArrayPool<int>.Shared.Rent(text.Length + IStructuralScanner.Slack);
        try
        {
            var format = new DelimitedFormat(form, hasBom, delimiter ?? DelimiterOf(text, positions, form, lineEnd, isWhole), lineEnd);
            return new DelimitedPreview(format, RecordsOf(text, positions, format, isWhole));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(positions);
        }
    }

    // The first line end outside quotes decides how ours are written; CR alone counts only where no LF is.
    private static string LineEndOf(ReadOnlySpan<byte> text)
    {
        var (lf, crLf, cr) = CountLineEnds(text, skipQuoted: true);
        if (lf + crLf + cr == 0) (lf, crLf, cr) = CountLineEnds(text, skipQuoted: false);
        return lf + crLf == 0 ? (cr > 0 ? "\r" : "\n") : crLf > lf ? "\r\n" : "\n";
    }

    private static (int Lf, int CrLf, int Cr) CountLineEnds(ReadOnlySpan<byte> text, bool skipQuoted)
    {
        int lf = 0, crLf = 0, cr = 0;
        var inQuotes = false;
        for (var i = 0; ; i++)
        {
            var next = inQuotes ? text[i..].IndexOf(TextRules.Quote) : text[i..].IndexOfAny(TextRules.Quote, TextRules.Lf, TextRules.Cr);
            if (next < 0) return (lf, crLf, cr);
            i += next;
            var b = text[i];
            if (b == TextRules.Quote) inQuotes = skipQuoted && !inQuotes;
            else if (b == TextRules.Lf) _ = i > 0 && text[i - 1] == TextRules.Cr ? crLf++ : lf++;
            else if (i + 1 == text.Length || text[i + 1] != TextRules.Lf) cr++;
        }
    }

    // The delimiter that divides the most records into the same, large number of cells. A file of one column has none: comma.
    private static char DelimiterOf(ReadOnlySpan<byte> text, Span<int> positions, TextForm form, string lineEnd, bool isWhole)
    {
        const int EnoughColumns = 4;
        var best = ',';
        var bestScore = 0;
        foreach (var candidate in form.IsUtf16() ? "\t,;|" : ",\t;|")
        {
            var widths = WidthsOf(text, positions, new DelimitedFormat(form, false, candidate, lineEnd), isWhole);
            var score = 0;
            widths.Sort();
            for (int i = 0, same = 1; i < widths.Count; i++, same++)
            {
                if (i > 0 && widths[i] != widths[i - 1]) same = 1;
                score = Math.Max(score, same * Math.Min(widths[i] - 1, EnoughColumns));
            }

            if (score <= bestScore) continue;
            (best, bestScore) = (candidate, score);
        }

        return best;
    }

    private static List<int> WidthsOf(ReadOnlySpan<byte> text, Span<int> positions, DelimitedFormat format, bool isWhole)
    {
        var rules = TextRules.Of(format);
        var count = Index(text, positions, format, isWhole);
        List<int> widths = [];
        var cells = 1;
        for (var i = 0; i < count && widths.Count < MaxRecords; i++)
        {
            if (positions[i] == text.Length || text[positions[i]] == rules.LineEnd)
            {
                widths.Add(cells);
                cells = 1;
            }
            else
            {
                cells++;
            }
        }

        return widths;
    }

    private static List<PreviewRecord> RecordsOf(ReadOnlySpan<byte> text, Span<int> positions, DelimitedFormat format, bool isWhole)
    {
        var rules = TextRules.Of(format);
        var count = Index(text, positions, format, isWhole);
        List<PreviewRecord> records = [];
        List<string> cells = [];
        var line = 1L;
        for (int i = 0, cellStart = 0, recordStart = 0; i < count && records.Count < MaxRecords; i++)
        {
            var at = positions[i];
            var isLineEnd = at == text.Length || text[at] == rules.LineEnd;
            var end = isLineEnd && rules.LineEnd == TextRules.Lf && at > recordStart && text[at - 1] == TextRules.Cr ? at - 1 : at;
            cells.Add(format.Form.Decode(CellReader.Value(text[cellStart..Math.Max(end, cellStart)], rules)));
            cellStart = at + 1;
            if (!isLineEnd) continue;
            records.Add(new PreviewRecord(line, [.. cells]));
            cells.Clear();
            line += 1 + text[recordStart..end].Count(rules.LineEnd);
            recordStart = cellStart;
        }

        return records;
    }

    // Delimiters and line ends outside quotes; the end of the text stands for a line end that is not there. Most heads hold far more records than are looked at.
    private static int Index(ReadOnlySpan<byte> text, Span<int> positions, DelimitedFormat format, bool isWhole)
    {
        var rules = TextRules.Of(format);
        IStructuralScanner scanner = format is { Form: TextForm.Gb18030, Delimiter: '|' } ? new Gb18030Scanner() : Scanners.Best;
        if (text.Length > FirstLook && IndexOf(text[..FirstLook], positions, scanner, rules, isWhole: false, out var records) is var first && records >= MaxRecords) return first;
        return IndexOf(text, positions, scanner, rules, isWhole, out _);
    }

    private static int IndexOf(ReadOnlySpan<byte> text, Span<int> positions, IStructuralScanner scanner, TextRules rules, bool isWhole, out int records)
    {
        var found = scanner.Scan(text, 0, rules.Needles, positions);
        var kept = QuoteFilter.Keep(text, positions[..found], rules, isWhole);
        // A head that holds no whole record still shows what the first one is like.
        var isCut = !isWhole && kept.Count > 0;
        var count = isCut ? kept.Count : kept.Kept;
        records = 0;
        foreach (var mark in positions[..count]) records += mark < 0 ? 1 : 0;
        Marks.Strip(positions[..count]);
        if (!isCut && kept.Consumed < text.Length) positions[count++] = text.Length;
        return count;
    }
}
