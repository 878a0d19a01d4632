using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Headers that are not one plain line.</summary>
internal static class HeaderLines
{
    /// <summary>Two lines that are one header together, as forms have them (证件信息 above 证件类型 and 证件号码): each column is called what stands lowest. Null where that cannot be.</summary>
    /// <param name="upper">Says what several columns are about, or names one that the lower line leaves empty.</param>
    /// <param name="lower">The line directly above the data; in a text file at least as wide.</param>
    /// <param name="ofSheet">True for a sheet, which keeps no empty cells behind the last one of a line.</param>
    public static PreviewRecord? Join(PreviewRecord upper, PreviewRecord lower, bool ofSheet)
    {
        var cells = ofSheet ? [.. lower.Cells, .. Enumerable.Repeat("", Math.Max(0, upper.Cells.Count - lower.Cells.Count))] : lower.Cells.ToArray();
        var (fromUpper, fromLower) = (false, false);
        for (var i = 0; i < Math.Max(cells.Length, upper.Cells.Count); i++)
        {
            var isAbove = i < upper.Cells.Count && !RowKinds.IsBlank(upper.Cells[i]);
            if (i >= cells.Length)
            {
                if (isAbove) return null;
                continue;
            }

            if (!RowKinds.IsBlank(cells[i])) fromLower = true;
            else if (isAbove) (cells[i], fromUpper) = (upper.Cells[i], true);
        }

        return fromUpper && fromLower ? new PreviewRecord(lower.Line, cells) : null;
    }

    /// <summary>Columns up to the last cell that is not blank.</summary>
    public static int Width(PreviewRecord line)
    {
        var width = line.Cells.Count;
        while (width > 0 && RowKinds.IsBlank(line.Cells[width - 1])) width--;
        return width;
    }

    /// <summary>The line with a mark in the columns that were chosen by their place and that it leaves empty.</summary>
    public static PreviewRecord Named(PreviewRecord line, IReadOnlyList<int> places) =>
        new(line.Line, [.. line.Cells.Select((cell, i) => places.Contains(i) && RowKinds.IsBlank(cell) ? "#" : cell)]);
}
