using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>
/// How far the header of a sheet reaches. A column whose place in the header's line is empty is one of its columns all the same where that place is merged with
/// a neighbour, or where the line above or below names it: in a text file the empty cells are there to tell, a sheet leaves them out.
/// </summary>
internal static class HeaderReach
{
    /// <summary>The same header, as wide as it is meant.</summary>
    /// <param name="records">The first rows that hold anything.</param>
    /// <param name="reaches">The column behind the last cell of each of them, cells with nothing in them included.</param>
    /// <param name="merged">The merged ranges of the sheet; asked only where cells with nothing in them, the line above or the first rows reach beyond the header: they stand behind the last row.</param>
    public static Recognition Widen(Recognition found, IReadOnlyList<PreviewRecord> records, IReadOnlyList<int> reaches, Func<IReadOnlyList<MergedRange>> merged)
    {
        var (at, line) = (found.HeaderRecord, (int)found.HeaderLine);
        var filled = 0;
        for (var i = at + 1; i < records.Count; i++) filled = Math.Max(filled, HeaderLines.Width(records[i]));
        var above = at > 0 && records[at - 1].Line == line - 1 ? records[at - 1] : null;
        var hinted = Math.Max(reaches[at], above is null ? 0 : HeaderLines.Width(above));
        if (Math.Max(filled, hinted) <= found.HeaderWidth || at + 1 == records.Count) return found;

        var below = records[at + 1] is var next && next.Line == line + 1 && found.Columns.All(column => IsBlank(next, column.Index)) ? next : null;
        // A cell with nothing in it, and what stands above, may be there for other reasons: they name columns only where rows have something.
        var width = Math.Max(found.HeaderWidth, Math.Min(filled, hinted));
        if (below is not null) width = Math.Max(width, HeaderLines.Width(below));
        foreach (var range in merged())
        {
            if (range.FirstRow <= line && range.LastRow >= line && range.LastColumn < SpreadsheetBounds.SheetColumns - OldResults.Columns) width = Math.Max(width, range.LastColumn + 1);
        }

        return width == found.HeaderWidth ? found : found with { HeaderWidth = width, Headings = [.. found.Headings, .. Enumerable.Range(found.HeaderWidth, width - found.HeaderWidth).Select(Name)] };

        string Name(int column) => below is not null && !IsBlank(below, column) ? below.Cells[column] : above is not null && !IsBlank(above, column) ? above.Cells[column] : "";
    }

    private static bool IsBlank(PreviewRecord record, int column) => column >= record.Cells.Count || RowKinds.IsBlank(record.Cells[column]);
}
