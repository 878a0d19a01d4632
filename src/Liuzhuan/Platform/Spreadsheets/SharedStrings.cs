using System.Text;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>The shared strings of a workbook, kept end to end in large blocks of characters: a few bytes each beyond their text.</summary>
internal sealed class SharedStrings
{
    private const int BlockShift = 20, BlockSize = 1 << BlockShift;

    // 32,767 characters of a cell, each at most seven long when escaped.
    private const int LongestString = 32_767 * 7;

    private readonly List<char[]> _blocks = [];
    private readonly List<long> _starts = [];
    private long _end;

    public int Count => _starts.Count;

    /// <summary>The text of one string; it is made anew each time.</summary>
    public string this[int index]
    {
        get
        {
            var start = _starts[index];
            var length = (int)((index + 1 < _starts.Count ? _starts[index + 1] : _end) - start);
            if (length == 0) return "";
            var (block, at) = (_blocks[(int)(start >> BlockShift)], (int)(start & BlockSize - 1));
            if (at + length <= BlockSize) return new string(block, at, length);
            return string.Create(length, (this, start), static (text, from) => from.Item1.CopyTo(from.start, text));
        }
    }

    /// <summary>Reads <c>xl/sharedStrings.xml</c>.</summary>
    public static SharedStrings Read(PartReader part, SpreadsheetBounds bounds)
    {
        var strings = new SharedStrings();
        if (!part.Find("sst") || part.Xml.IsEmptyElement) return strings;
        var depth = part.Xml.Depth;
        while (part.NextChild(depth))
        {
            if (part.Xml.LocalName != "si") continue;
            strings.Add(RichText(part));
            if (strings.Count > bounds.MaxSharedStrings || strings._end > bounds.MaxSharedCharacters) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooMuchText());
        }

        return strings;
    }

    /// <summary>The text of a plain or rich string (<c>si</c>, <c>is</c>): its runs joined, phonetic guides left out.</summary>
    public static string RichText(PartReader part)
    {
        if (part.Xml.IsEmptyElement) return "";
        var depth = part.Xml.Depth;
        var text = "";
        StringBuilder? runs = null;
        while (part.NextChild(depth))
        {
            switch (part.Xml.LocalName)
            {
                case "t":
                    Join(part.Text(), ref text, ref runs);
                    break;
                case "r" when !part.Xml.IsEmptyElement:
                    var run = part.Xml.Depth;
                    while (part.NextChild(run))
                    {
                        if (part.Xml.LocalName == "t") Join(part.Text(), ref text, ref runs);
                    }

                    break;
            }
        }

        return XlsxText.Decode(runs?.ToString() ?? text);
    }

    private static void Join(string run, ref string text, ref StringBuilder? runs)
    {
        if (text.Length == 0)
        {
            text = run;
            return;
        }

        runs ??= new StringBuilder(text);
        if (runs.Append(run).Length > LongestString) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooMuchText());
    }

    private void Add(string text)
    {
        _starts.Add(_end);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var at = (int)(_end & BlockSize - 1);
            if (at == 0) _blocks.Add(new char[BlockSize]);
            var part = rest[..Math.Min(rest.Length, BlockSize - at)];
            part.CopyTo(_blocks[^1].AsSpan(at));
            _end += part.Length;
            rest = rest[part.Length..];
        }
    }

    private void CopyTo(long start, Span<char> text)
    {
        while (!text.IsEmpty)
        {
            var at = (int)(start & BlockSize - 1);
            var length = Math.Min(text.Length, BlockSize - at);
            _blocks[(int)(start >> BlockShift)].AsSpan(at, length).CopyTo(text);
            start += length;
            text = text[length..];
        }
    }
}
