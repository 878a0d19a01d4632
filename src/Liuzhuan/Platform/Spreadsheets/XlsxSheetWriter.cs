using System.Globalization;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Writes the rows of one sheet, in order of row and column.</summary>
internal sealed class XlsxSheetWriter : IDisposable
{
    private readonly XlsxWriter _book;
    private readonly StreamWriter _part;
    private readonly List<MergedRange> _merged = [];
    private string[] _letters = [.. Enumerable.Range(0, 64).Select(ColumnName.Of)];
    private string _row = "";

    internal XlsxSheetWriter(XlsxWriter book, StreamWriter part, IEnumerable<ColumnWidth> widths)
    {
        (_book, _part) = (book, part);
        var any = false;
        foreach (var width in widths)
        {
            _part.Write(any ? "" : "<cols>");
            any = true;
            _part.Write($"<col min=\"{width.First + 1}\" max=\"{width.Last + 1}\" width=\"{width.Width.ToString(CultureInfo.InvariantCulture)}\" customWidth=\"1\"/>");
        }

        _part.Write(any ? "</cols><sheetData>" : "<sheetData>");
    }

    public void BeginRow(int number)
    {
        _row = number.ToString(CultureInfo.InvariantCulture);
        _part.Write("<row r=\"");
        _part.Write(_row);
        _part.Write("\">");
    }

    /// <summary>Writes a cell as it was read, at <paramref name="column"/>.</summary>
    public void Cell(int column, in SheetCell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Number or CellKind.Date when cell.Raw is { } raw:
                Begin(column, _book.Styles.Of(cell.Format ?? (cell.Kind == CellKind.Date ? CellStyles.Date : null)));
                Value(null, raw);
                break;
            case CellKind.Boolean when cell.Raw is { } raw:
                Begin(column, CellStyles.Plain);
                Value("b", raw);
                break;
            case CellKind.Error when cell.Text.StartsWith('#'):
                Begin(column, CellStyles.Plain);
                Value("e", cell.Text);
                break;
            default:
                Text(column, cell.Text, _book.Styles.Of(cell.Format));
                break;
        }
    }

    /// <summary>Writes a text as it is.</summary>
    public void Text(int column, string text, int style = CellStyles.Plain)
    {
        if (text.Length == 0) return;
        Begin(column, style);
        _part.Write(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        XlsxText.Encode(_part, text);
        _part.Write("</t></is></c>");
    }

    /// <summary>Writes a text that many rows repeat.</summary>
    public void Word(int column, string text, int style = CellStyles.Plain)
    {
        if (text.Length == 0) return;
        var word = _book.Word(text);
        if (word < 0)
        {
            Text(column, text, style);
            return;
        }

        Begin(column, style);
        Value("s", word.ToString(CultureInfo.InvariantCulture));
    }

    public void EndRow() => _part.Write("</row>");

    /// <summary>Remembers a merged range, to be written after the rows.</summary>
    public void Merge(MergedRange range) => _merged.Add(range);

    public void Dispose()
    {
        _part.Write("</sheetData>");
        if (_merged.Count > 0)
        {
            _part.Write($"<mergeCells count=\"{_merged.Count}\">");
            foreach (var range in _merged) _part.Write($"<mergeCell ref=\"{ColumnName.Of(range.FirstColumn)}{range.FirstRow}:{ColumnName.Of(range.LastColumn)}{range.LastRow}\"/>");
            _part.Write("</mergeCells>");
        }

        _part.Write("</worksheet>");
        _part.Dispose();
    }

    private void Begin(int column, int style)
    {
        _part.Write("<c r=\"");
        _part.Write(Letters(column));
        _part.Write(_row);
        if (style == CellStyles.Plain)
        {
            _part.Write('"');
            return;
        }

        _part.Write("\" s=\"");
        _part.Write(style);
        _part.Write('"');
    }

    private void Value(string? type, string value)
    {
        if (type is not null)
        {
            _part.Write(" t=\"");
            _part.Write(type);
            _part.Write('"');
        }

        _part.Write("><v>");
        XlsxText.Encode(_part, value);
        _part.Write("</v></c>");
    }

    private string Letters(int column)
    {
        if (column >= _letters.Length) _letters = [.. Enumerable.Range(0, Math.Min(SpreadsheetBounds.SheetColumns, column * 2)).Select(ColumnName.Of)];
        return column < _letters.Length ? _letters[column] : ColumnName.Of(column);
    }
}
