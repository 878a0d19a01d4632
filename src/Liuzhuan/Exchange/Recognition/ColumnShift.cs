using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Where each column of a sheet goes once the result columns of an earlier run are cut out.</summary>
internal sealed class ColumnShift
{
    private readonly int[] _cut;
    private readonly int[] _to;

    /// <param name="width">Columns of the header as it came.</param>
    /// <param name="cut">Columns to cut out, ascending.</param>
    public ColumnShift(int width, IReadOnlyList<int> cut)
    {
        _cut = [.. cut];
        _to = new int[width];
        var next = 0;
        for (var column = 0; column < width; column++) _to[column] = Array.BinarySearch(_cut, column) >= 0 ? -1 : next++;
        Width = next;
    }

    /// <summary>Columns that stay; the results begin here.</summary>
    public int Width { get; }

    public bool CutsAny => _cut.Length > 0;

    /// <summary>The new place of a column, or -1 when it is cut out.</summary>
    public int To(int column) => column < _to.Length ? _to[column] : column - _cut.Length;

    /// <summary>Does a row hold text in a column that would be cut out?</summary>
    public bool WouldLose(SheetRow row) => _cut.Length > 0 && Array.Exists(_cut, column => row.Text(column) is not null);

    /// <summary>A merged range in its new place, or null where it would cover results or a cut column.</summary>
    public MergedRange? To(MergedRange range, int headerRow)
    {
        if (range.LastRow < headerRow) return range;
        if (range.LastColumn >= _to.Length || range.FirstRow < headerRow) return null;
        for (var column = range.FirstColumn; column <= range.LastColumn; column++)
        {
            if (_to[column] < 0) return null;
        }

        return range with { FirstColumn = _to[range.FirstColumn], LastColumn = _to[range.LastColumn] };
    }

    /// <summary>Column widths in their new place, cut off before the results.</summary>
    public IEnumerable<ColumnWidth> To(IReadOnlyList<ColumnWidth> widths)
    {
        foreach (var run in widths)
        {
            for (var column = run.First; column <= run.Last && column < _to.Length; column++)
            {
                if (_to[column] >= 0) yield return new ColumnWidth(_to[column], _to[column], run.Width);
            }
        }
    }
}
