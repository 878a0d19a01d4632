using System.Globalization;
using System.Xml;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>Streams the rows of one worksheet part. Formulas count by their cached value.</summary>
internal sealed class XlsxSheetReader : SheetReader
{
    private const int SheetDepth = 1, RowDepth = 2, CellDepth = 3;

    private readonly PartReader? _part;
    private readonly string _sheet;
    private readonly SharedStrings _strings;
    private readonly XlsxStyles _styles;
    private readonly bool _date1904;
    private readonly SpreadsheetBounds _bounds;
    private readonly List<ColumnWidth> _widths = [];
    private readonly List<MergedRange> _merged = [];
    private bool _inRows;
    private int _row;

    public XlsxSheetReader(PartReader? part, string sheet, SharedStrings strings, XlsxStyles styles, bool date1904, SpreadsheetBounds bounds)
    {
        (_part, _sheet, _strings, _styles, _date1904, _bounds) = (part, sheet, strings, styles, date1904, bounds);
        if (part is null) return;
        if (!part.Find("worksheet")) throw part.Damaged();
        if (part.Xml.IsEmptyElement) return;
        while (!_inRows && part.NextChild(SheetDepth - 1))
        {
            if (part.Xml.LocalName == "cols" && !part.Xml.IsEmptyElement)
            {
                while (part.NextChild(SheetDepth)) AddWidth(part.Xml);
            }

            if (part.Xml.LocalName != "sheetData") continue;
            if (part.Xml.IsEmptyElement)
            {
                ReadTail(part);
                return;
            }

            _inRows = true;
        }
    }

    public override IReadOnlyList<ColumnWidth> Widths => _widths;

    public override IReadOnlyList<MergedRange> Merged => _merged;

    public override long Done => _part?.Done ?? 0;

    public override bool Read(SheetRow row)
    {
        if (_part is not { } part || !_inRows) return false;
        while (part.NextChild(SheetDepth))
        {
            if (part.Xml.LocalName != "row") continue;
            ReadRow(part, row);
            if (row.Count > 0) return true;
        }

        _inRows = false;
        ReadTail(part);
        return false;
    }

    public override void Dispose() => _part?.Dispose();

    private void ReadRow(PartReader part, SheetRow row)
    {
        var number = part.Xml.GetAttribute("r") is { } written ? Whole(written) : _row + 1;
        if (number > _bounds.MaxRows) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooManyRows(_sheet, _bounds.MaxRows));
        if (number <= _row) throw part.Damaged();
        row.Start(_row = number);
        if (part.Xml.IsEmptyElement) return;
        var next = 0;
        while (part.NextChild(RowDepth))
        {
            if (part.Xml.LocalName != "c") continue;
            ReadCell(part, row, next, out var column);
            next = column + 1;
        }
    }

    private void ReadCell(PartReader part, SheetRow row, int next, out int column)
    {
        var xml = part.Xml;
        column = next;
        var style = 0;
        var type = "n";
        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI.Length > 0) continue;
            switch (xml.LocalName)
            {
                case "r":
                    column = ColumnName.Leading(xml.Value);
                    if (column < 0) throw part.Damaged();
                    break;
                case "s":
                    style = Whole(xml.Value);
                    break;
                case "t":
                    type = xml.Value;
                    break;
            }
        }

        xml.MoveToElement();
        if (column >= _bounds.MaxColumns) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooManyColumns(_sheet, _row, _bounds.MaxColumns));
        row.ReachTo(column);
        if (xml.IsEmptyElement) return;
        while (part.NextChild(CellDepth))
        {
            switch (xml.LocalName)
            {
                case "v" when type != "inlineStr":
                    Add(part, row, column, type, style, part.Text());
                    break;
                case "is":
                    Add(row, new SheetCell(column, CellKind.Text, SharedStrings.RichText(part), null, _styles[style]));
                    break;
            }
        }
    }

    private void Add(PartReader part, SheetRow row, int column, string type, int style, string value)
    {
        switch (type)
        {
            case "s":
                var index = Whole(value.Trim());
                if (index < 0 || index >= _strings.Count) throw part.Damaged();
                Add(row, new SheetCell(column, CellKind.Text, _strings[index], null, _styles[style]));
                break;
            case "str":
                Add(row, new SheetCell(column, CellKind.Text, XlsxText.Decode(value), null, _styles[style]));
                break;
            case "b":
                var isTrue = value.Trim() is "1" or "true";
                Add(row, new SheetCell(column, CellKind.Boolean, isTrue ? "TRUE" : "FALSE", isTrue ? "1" : "0"));
                break;
            case "e":
                Add(row, new SheetCell(column, CellKind.Error, value.Trim()));
                break;
            case "d":
                Add(row, IsoDate(column, value, _styles[style]));
                break;
            default:
                if (value.Length > 0) Add(row, CellNumbers.Cell(column, value, _styles[style], _date1904));
                break;
        }
    }

    private void Add(SheetRow row, in SheetCell cell)
    {
        if (cell.Text.Length > _bounds.MaxCellLength) throw new SpreadsheetRefusedException(SpreadsheetRefusals.CellTooLong(_sheet, _row, cell.Column, _bounds.MaxCellLength));
        row.Add(cell);
    }

    private SheetCell IsoDate(int column, string value, NumberFormat? format) =>
        DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var instant) && instant.Year >= 1900
            ? new SheetCell(column, CellKind.Date, CellNumbers.DateText(instant), CellNumbers.Serial(instant, _date1904), format)
            : new SheetCell(column, CellKind.Text, value.Trim());

    private void AddWidth(XmlReader xml)
    {
        if (_widths.Count == _bounds.MaxRanges || xml.LocalName != "col") return;
        int first = Whole(xml.GetAttribute("min")), last = Whole(xml.GetAttribute("max"));
        if (first < 1 || last < first || last > SpreadsheetBounds.SheetColumns || (_widths.Count > 0 && first - 1 <= _widths[^1].Last)) return;
        if (double.TryParse(xml.GetAttribute("width"), NumberStyles.Float, CultureInfo.InvariantCulture, out var width) && width is > 0 and <= 255)
        {
            _widths.Add(new ColumnWidth(first - 1, last - 1, width));
        }
    }

    private void ReadTail(PartReader part)
    {
        while (part.NextChild(SheetDepth - 1))
        {
            if (part.Xml.LocalName != "mergeCells" || part.Xml.IsEmptyElement) continue;
            while (part.NextChild(SheetDepth))
            {
                if (_merged.Count < _bounds.MaxRanges && Range(part.Xml.GetAttribute("ref")) is { } range) _merged.Add(range);
            }
        }
    }

    private static MergedRange? Range(string? reference)
    {
        var colon = reference?.IndexOf(':') ?? -1;
        if (reference is null || colon < 0) return null;
        var (first, last) = (Cell(reference.AsSpan(0, colon)), Cell(reference.AsSpan(colon + 1)));
        return first.Row < 1 || first.Column < 0 || last.Row < first.Row || last.Column < first.Column ? null : new MergedRange(first.Row, first.Column, last.Row, last.Column);
    }

    private static (int Row, int Column) Cell(ReadOnlySpan<char> reference)
    {
        var digits = reference.IndexOfAnyInRange('0', '9');
        return digits < 1 ? (0, -1) : (Whole(reference[digits..]), ColumnName.Leading(reference));
    }

    private static int Whole(ReadOnlySpan<char> text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
