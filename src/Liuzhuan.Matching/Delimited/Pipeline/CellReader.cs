using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Takes quotes off cells, and divides single records where that is needed again.</summary>
internal static class CellReader
{
    /// <summary>The text of the cell in [start, end). Where quotes inside were doubled, or text follows the closing quote, it is put together in the scratch room of the block.</summary>
    public static CellRange Value(Block block, int start, int end, TextRules rules)
    {
        if (start >= end || block.Text[start] != TextRules.Quote) return new CellRange(start, end - start);
        var cell = block.Text.AsSpan(start, end - start);
        var close = QuoteFilter.CloseOf(cell, rules, out var hasEscapes);
        if (close < 0) return new CellRange(start, end - start);
        if (close == cell.Length - 1 && !hasEscapes) return new CellRange(start + 1, close - 1);

        var at = block.ScratchTop;
        if (block.Text.Length < at + cell.Length + Block.Slack) Array.Resize(ref block.Text, Math.Max(at + cell.Length + Block.Slack, block.Text.Length * 2));
        var length = Unquote(block.Text.AsSpan(start, end - start), close, block.Text.AsSpan(at));
        block.ScratchTop += length;
        return new CellRange(at, length);
    }

    /// <summary>The text of a single cell, quotes taken off.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> cell, TextRules rules)
    {
        if (cell.IsEmpty || cell[0] != TextRules.Quote) return cell;
        var close = QuoteFilter.CloseOf(cell, rules, out var hasEscapes);
        if (close < 0) return cell;
        if (close == cell.Length - 1 && !hasEscapes) return cell[1..close];
        var value = new byte[cell.Length];
        return value.AsSpan(0, Unquote(cell, close, value));
    }

    /// <summary>The cells of one record (without its line end), as ranges of <paramref name="record"/>, quotes still on.</summary>
    public static void Split(ReadOnlySpan<byte> record, IStructuralScanner scanner, TextRules rules, List<CellRange> cells)
    {
        var marks = new int[record.Length + IStructuralScanner.Slack];
        var count = scanner.Scan(record, 0, rules.Needles, marks);
        // A record ends where it ends: no line end can be left in it outside quotes.
        var kept = QuoteFilter.Keep(record, marks.AsSpan(0, count), rules, isEnd: true).Kept;
        cells.Clear();
        var start = 0;
        foreach (var mark in marks.AsSpan(0, kept))
        {
            var at = Marks.Place(mark);
            cells.Add(new CellRange(start, at - start));
            start = at + 1;
        }

        cells.Add(new CellRange(start, record.Length - start));
    }

    private static int Unquote(ReadOnlySpan<byte> cell, int close, Span<byte> target)
    {
        var length = 0;
        for (var i = 1; i < close; i++)
        {
            if (cell[i] == TextRules.Quote) i++;
            target[length++] = cell[i];
        }

        cell[(close + 1)..].CopyTo(target[length..]);
        return length + cell.Length - close - 1;
    }
}
