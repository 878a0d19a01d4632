using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Tests.Delimited;

/// <summary>The batch as slowly and plainly as possible: one byte after the other, everything in lists. What the fast one is held equal to.</summary>
internal sealed class ObviousBatch(DelimitedFormat format, int headerRecord, int headerWidth, IReadOnlyList<int> oldColumns, ResultLayout layout, int quoteLimit)
{
    private readonly byte _delimiter = (byte)format.Delimiter;
    private readonly byte _lineEnd = format.LineEnd == "\r" ? (byte)'\r' : (byte)'\n';
    private readonly ToyPhrases _phrases = new();

    public sealed record Line(byte[] Raw, byte[] End, List<byte[]> RawCells, List<byte[]> Values, long Number);

    public BatchSummary Summary { get; } = new();

    public List<ProblemRow> Problems { get; } = [];

    public byte[] Run(byte[] file)
    {
        var bom = file.AsSpan().StartsWith(format.Form.Bom()) ? format.Form.Bom().ToArray() : [];
        var body = file[bom.Length..];
        var isUtf16 = format.Form.IsUtf16();
        byte[] rest = isUtf16 && body.Length % 2 == 1 ? [body[^1]] : [];
        var lines = Parse(isUtf16 ? ObviousUtf16.ToBytes(body[..^rest.Length], format.Form == TextForm.Utf16BigEndian) : body);

        List<byte> output = [];
        Dictionary<ulong, (long Row, long Line)> seen = [];
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (i < headerRecord)
            {
                Summary.HeaderLines++;
                if (layout == ResultLayout.Full) Untouched(output, line);
            }
            else if (i == headerRecord)
            {
                Summary.HeaderLines++;
                Append(output, line, _phrases.Headings);
            }
            else
            {
                Below(output, line, seen);
            }
        }

        var bytes = isUtf16 ? ObviousUtf16.FromBytes([.. output], format.Form == TextForm.Utf16BigEndian) : [.. output];
        return [.. bom, .. bytes, .. layout == ResultLayout.Full ? rest : []];
    }

    private void Below(List<byte> output, Line line, Dictionary<ulong, (long Row, long Line)> seen)
    {
        var texts = line.Values.Select(cell => format.Form.Decode(cell)).ToList();
        var number = texts.ElementAtOrDefault(1) ?? "";
        var filled = texts.FirstOrDefault(text => !RowKinds.IsBlank(text)) ?? "";
        var kind = RowKinds.Classify(filled, number, !RowKinds.IsBlank(number) || !RowKinds.IsBlank(texts.ElementAtOrDefault(2) ?? ""));
        if (kind != RowKind.Data)
        {
            if (kind == RowKind.Total) Summary.TotalLines++;
            else Summary.BlankLines++;
            if (layout == ResultLayout.Full) Untouched(output, line);
            return;
        }

        byte[] Slot(int column) => line.Values.ElementAtOrDefault(column) ?? [];
        var (answer, key) = line.Values.Count > headerWidth
            ? (new AnswerCore(Verdict.Invalid, Reasons.RowTooLong), 0)
            : ToyDecider.Decide([Slot(1), Slot(2), Slot(4)]);
        DuplicateOf? duplicate = null;
        var row = Summary.Rows + 1;
        if (key != 0 && !seen.TryAdd(key, (row, line.Number))) duplicate = new DuplicateOf(seen[key].Row, null, seen[key].Line);
        Summary.Add(answer, duplicate is not null);
        if (answer.Verdict != Verdict.Consistent) Problems.Add(new ProblemRow(row, line.Number, texts, answer, duplicate));
        Append(output, line, _phrases.Describe(answer, duplicate));
    }

    private static void Untouched(List<byte> output, Line line)
    {
        output.AddRange(line.Raw);
        output.AddRange(line.End);
    }

    private void Append(List<byte> output, Line line, AnswerWords words)
    {
        List<byte[]> cells = [];
        string[] results;
        if (layout == ResultLayout.Full)
        {
            var isTooLong = oldColumns.Count > 0 && line.RawCells.Count > headerWidth;
            var hasResults = isTooLong && line.RawCells.Count > 5 && AnswerCodes.Verdicts.Contains(System.Text.Encoding.UTF8.GetString([.. line.RawCells[^4]]));
            cells.AddRange(isTooLong ? line.RawCells.SkipLast(hasResults ? 5 : 0) : line.RawCells.Where((_, i) => !oldColumns.Contains(i)));
            if (cells.Count == 0) cells.Add([]);
            while (cells.Count < headerWidth - oldColumns.Count) cells.Add([]);
            results = [words.Verdict, words.Code, words.Fields, words.Notes, words.Explanation];
        }
        else
        {
            cells.Add(line.RawCells[0]);
            results = [words.Code, words.Fields, words.Notes];
        }

        cells.AddRange(results.Select(text => format.Form.Encode(Quote(text))));
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0) output.Add(_delimiter);
            output.AddRange(cells[i]);
        }

        output.AddRange(line.End);
    }

    private string Quote(string text) =>
        text.Contains(format.Delimiter) || text.Contains('"') || text.Contains('\n') || text.Contains('\r') ? '"' + text.Replace("\"", "\"\"") + '"' : text;

    public List<Line> Parse(byte[] text)
    {
        List<Line> lines = [];
        var at = 0;
        var number = 1L;
        while (at < text.Length)
        {
            var start = at;
            List<byte[]> raw = [], values = [];
            while (true)
            {
                var cellStart = at;
                List<byte> value = [];
                var close = at < text.Length && text[at] == '"' ? Close(text, at) : -1;
                if (close >= 0)
                {
                    for (var i = at + 1; i < close; i++)
                    {
                        value.Add(text[i]);
                        if (text[i] == '"') i++;
                    }

                    at = close + 1;
                }

                while (at < text.Length && text[at] != _delimiter && text[at] != _lineEnd)
                {
                    var isPair = format is { Form: TextForm.Gb18030, Delimiter: '|' } && text[at] is >= 0x81 and <= 0xFE && at + 1 < text.Length && text[at + 1] >= 0x30;
                    value.Add(text[at++]);
                    if (isPair) value.Add(text[at++]);
                }

                raw.Add(text[cellStart..at]);
                values.Add([.. value]);
                if (at == text.Length || text[at] == _lineEnd) break;
                at++;
            }

            var end = at;
            if (_lineEnd == '\n' && end > start && text[end - 1] == '\r')
            {
                end--;
                raw[^1] = raw[^1][..^1];
                values[^1] = values[^1][..^1];
            }

            if (at < text.Length) at++;
            lines.Add(new Line(text[start..end], text[end..at], raw, values, number));
            number += 1 + text[start..end].Count(b => b == _lineEnd);
        }

        return lines;
    }

    private int Close(byte[] text, int open)
    {
        for (var i = open + 1; i < text.Length && i - open <= quoteLimit; i++)
        {
            if (text[i] != '"') continue;
            if (i + 1 == text.Length || text[i + 1] != '"') return i;
            i++;
        }

        return -1;
    }
}

/// <summary>UTF-16 code units as bytes of generalised UTF-8 and back, one at a time.</summary>
internal static class ObviousUtf16
{
    public static byte[] ToBytes(byte[] file, bool bigEndian)
    {
        List<byte> bytes = [];
        for (var i = 0; i + 1 < file.Length; i += 2)
        {
            var code = Unit(file, i, bigEndian);
            if (code is >= 0xD800 and < 0xDC00 && i + 3 < file.Length && Unit(file, i + 2, bigEndian) is >= 0xDC00 and < 0xE000)
            {
                code = 0x10000 + (code - 0xD800 << 10) + Unit(file, i + 2, bigEndian) - 0xDC00;
                i += 2;
            }

            if (code < 0x80) bytes.Add((byte)code);
            else if (code < 0x800) bytes.AddRange([(byte)(0xC0 | code >> 6), (byte)(0x80 | code & 63)]);
            else if (code < 0x10000) bytes.AddRange([(byte)(0xE0 | code >> 12), (byte)(0x80 | code >> 6 & 63), (byte)(0x80 | code & 63)]);
            else bytes.AddRange([(byte)(0xF0 | code >> 18), (byte)(0x80 | code >> 12 & 63), (byte)(0x80 | code >> 6 & 63), (byte)(0x80 | code & 63)]);
        }

        return [.. bytes];
    }

    public static byte[] FromBytes(byte[] bytes, bool bigEndian)
    {
        List<byte> file = [];
        for (var i = 0; i < bytes.Length;)
        {
            var lead = bytes[i];
            var length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            var code = length == 1 ? lead : lead & (0x7F >> length);
            for (var k = 1; k < length; k++) code = code << 6 | bytes[i + k] & 63;
            i += length;
            foreach (var unit in code < 0x10000 ? new[] { code } : [0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code - 0x10000 & 1023)])
            {
                file.AddRange(bigEndian ? [(byte)(unit >> 8), (byte)unit] : [(byte)unit, (byte)(unit >> 8)]);
            }
        }

        return [.. file];
    }

    private static int Unit(byte[] file, int at, bool bigEndian) => bigEndian ? file[at] << 8 | file[at + 1] : file[at + 1] << 8 | file[at];
}
