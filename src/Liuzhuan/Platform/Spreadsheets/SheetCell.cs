namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>What a cell holds.</summary>
internal enum CellKind : byte
{
    Text,
    Number,

    /// <summary>A number that is shown as a date or time.</summary>
    Date,
    Boolean,
    Error,
}

/// <summary>One filled cell: what a reader of the sheet takes it for, and what is needed to write it back unchanged.</summary>
/// <param name="Column">Index from 0.</param>
/// <param name="Text">The text to compare; a date as 1977-09-28; a number too long for a spreadsheet in E-notation.</param>
/// <param name="Raw">The stored number of numbers, dates and booleans.</param>
/// <param name="Format">How a number is shown, or null.</param>
internal readonly record struct SheetCell(int Column, CellKind Kind, string Text, string? Raw = null, NumberFormat? Format = null);

/// <summary>The filled cells of one row, in column order. One instance is used again for every row.</summary>
internal sealed class SheetRow
{
    private readonly List<SheetCell> _cells = [];

    /// <summary>Row number in the sheet, from 1.</summary>
    public int Number { get; private set; }

    public IReadOnlyList<SheetCell> Cells => _cells;

    public int Count => _cells.Count;

    public SheetCell this[int index] => _cells[index];

    /// <summary>Column after the last filled cell.</summary>
    public int Width => _cells.Count == 0 ? 0 : _cells[^1].Column + 1;

    /// <summary>Column after the last cell, one with nothing in it included.</summary>
    public int Reach { get; private set; }

    /// <summary>Tells of a cell, even one with nothing in it, such as one that is merged with its neighbour.</summary>
    public void ReachTo(int column) => Reach = Math.Max(Reach, column + 1);

    public void Start(int number)
    {
        (Number, Reach) = (number, 0);
        _cells.Clear();
    }

    /// <summary>Adds a cell that is filled. Cells may come in any order; the last one at a place stays.</summary>
    public void Add(in SheetCell cell)
    {
        if (cell.Text.Length == 0) return;
        if (_cells.Count == 0 || _cells[^1].Column < cell.Column)
        {
            _cells.Add(cell);
            return;
        }

        var at = Find(cell.Column);
        if (at >= 0)
        {
            _cells[at] = cell;
        }
        else
        {
            _cells.Insert(~at, cell);
        }
    }

    /// <summary>The text at <paramref name="column"/>, or null when the cell is empty.</summary>
    public string? Text(int column)
    {
        var at = Find(column);
        return at < 0 ? null : _cells[at].Text;
    }

    /// <summary>All cells as text from the first column on, empty ones as empty text.</summary>
    public string[] Texts()
    {
        var texts = new string[Width];
        Array.Fill(texts, "");
        foreach (var cell in _cells) texts[cell.Column] = cell.Text;
        return texts;
    }

    // Most rows have no gap before the column asked for, so its index is the first guess.
    private int Find(int column)
    {
        if ((uint)column < (uint)_cells.Count && _cells[column].Column == column) return column;
        int low = 0, high = _cells.Count - 1;
        while (low <= high)
        {
            var middle = low + high >> 1;
            var at = _cells[middle].Column;
            if (at == column) return middle;
            if (at < column)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
