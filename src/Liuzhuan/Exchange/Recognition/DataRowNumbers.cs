namespace Liuzhuan.Exchange.Recognition;

/// <summary>Remembers in which row of the sheet each data row stands, at no cost for runs of rows without gaps.</summary>
internal sealed class DataRowNumbers
{
    // Data row from which on, and sheet row minus data row there.
    private readonly List<(int Row, int Offset)> _runs = [];

    public int Count { get; private set; }

    /// <summary>Counts the next data row.</summary>
    public void Add(int sheetRow)
    {
        Count++;
        if (_runs.Count == 0 || _runs[^1].Offset != sheetRow - Count) _runs.Add((Count, sheetRow - Count));
    }

    /// <summary>The sheet row of data row <paramref name="row"/>, both from 1.</summary>
    public int SheetRow(int row)
    {
        int low = 0, high = _runs.Count - 1;
        while (low < high)
        {
            var middle = low + high + 1 >> 1;
            if (_runs[middle].Row <= row)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return row + _runs[low].Offset;
    }
}
