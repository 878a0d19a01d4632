using System.Globalization;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>A binary workbook (.xls, BIFF2 to BIFF8), read by ExcelDataReader.</summary>
internal sealed class XlsWorkbook : Workbook
{
    private const int FallbackCodePage = 936, DaysTo1904 = 1462, FirstRight = 61;

    private readonly IExcelDataReader _reader;
    private readonly SpreadsheetBounds _bounds;
    private readonly List<SheetInfo> _sheets = [];
    private readonly XlsRecords? _records;
    private int _at;

    static XlsWorkbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="file">The file; closed with the workbook.</param>
    /// <exception cref="SpreadsheetRefusedException">The file is damaged, protected or beyond a bound.</exception>
    public XlsWorkbook(Stream file, SpreadsheetBounds bounds)
    {
        _bounds = bounds;
        _records = Guarded(() => XlsRecords.Open(file));
        _reader = Guarded(() => ExcelReaderFactory.CreateBinaryReader(file, new ExcelReaderConfiguration { FallbackEncoding = Encoding.GetEncoding(FallbackCodePage) }));
        do
        {
            if (_sheets.Count == bounds.MaxSheets) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooManySheets(bounds.MaxSheets));
            _sheets.Add(new SheetInfo(_reader.Name ?? $"Sheet{_sheets.Count + 1}", _reader.VisibleState switch { "hidden" => SheetState.Hidden, "veryhidden" => SheetState.VeryHidden, _ => SheetState.Visible }));
            Size += Math.Max(0, _reader.RowCount);
        }
        while (Guarded(_reader.NextResult));
        Guarded(() => { _reader.Reset(); return true; });
    }

    public override IReadOnlyList<SheetInfo> Sheets => _sheets;

    /// <summary>Dates arrive as instants, whatever the file counts from; where that is not known they are counted from 1900.</summary>
    public override bool Date1904 => _records is { Date1904: true };

    public override long Size { get; }

    public override SheetReader OpenSheet(int index)
    {
        Guarded(() => { _reader.Reset(); return true; });
        for (_at = 0; _at < index; _at++) Guarded(_reader.NextResult);
        // Sheets are known by their places, so these must be the same.
        var odd = _records?.Sheets == _sheets.Count ? Guarded(() => _records.OddCells(index)) : [];
        return new Rows(this, _sheets[index].Name, odd);
    }

    public override void Dispose() => _reader.Dispose();

    // ExcelDataReader trusts offsets and lengths of the file, so damage shows as almost any exception.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException)
        {
            throw new SpreadsheetRefusedException(SpreadsheetRefusals.Encrypted());
        }
        catch (Exception fault) when (fault is ExcelReaderException or IndexOutOfRangeException or ArgumentException or FormatException or OverflowException
            or InvalidOperationException or NullReferenceException or EndOfStreamException or InvalidDataException or KeyNotFoundException or InvalidCastException or NotSupportedException)
        {
            throw new SpreadsheetRefusedException(SpreadsheetRefusals.Damaged("xls"));
        }
    }

    private sealed class Rows : SheetReader
    {
        private readonly XlsWorkbook _book;
        private readonly IExcelDataReader _reader;
        private readonly string _sheet;
        private readonly Dictionary<(int Row, int Column), string?> _odd;
        private readonly List<MergedRange> _merged = [];
        private readonly Dictionary<string, NumberFormat?> _formats = [];

        public Rows(XlsWorkbook book, string sheet, Dictionary<(int Row, int Column), string?> odd)
        {
            (_book, _reader, _sheet, _odd) = (book, book._reader, sheet, odd);
            foreach (var range in Guarded(() => _reader.MergeCells) ?? [])
            {
                if (_merged.Count < book._bounds.MaxRanges) _merged.Add(new MergedRange(range.FromRow + 1, range.FromColumn, range.ToRow + 1, range.ToColumn));
            }
        }

        public override IReadOnlyList<ColumnWidth> Widths => [];

        public override IReadOnlyList<MergedRange> Merged => _merged;

        public override long Done => _reader.Depth;

        public override bool Read(SheetRow row)
        {
            while (Guarded(_reader.Read))
            {
                var number = _reader.Depth + 1;
                if (number > _book._bounds.MaxRows) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooManyRows(_sheet, _book._bounds.MaxRows));
                if (_reader.FieldCount > _book._bounds.MaxColumns) throw new SpreadsheetRefusedException(SpreadsheetRefusals.TooManyColumns(_sheet, number, _book._bounds.MaxColumns));
                row.Start(number);
                for (var column = 0; column < _reader.FieldCount; column++) Add(row, column);
                if (row.Count > 0) return true;
            }

            return false;
        }

        public override void Dispose() { }

        private void Add(SheetRow row, int column)
        {
            var value = Guarded(() => _reader.GetValue(column));
            if (value is null)
            {
                if (_odd.TryGetValue((_reader.Depth, column), out var error) && error is not null) row.Add(new SheetCell(column, CellKind.Error, error));
                return;
            }

            var format = Format(column);
            var cell = value switch
            {
                string text => new SheetCell(column, CellKind.Text, text, null, format),
                bool isTrue => new SheetCell(column, CellKind.Boolean, isTrue ? "TRUE" : "FALSE", isTrue ? "1" : "0"),
                DateTime instant => Date(column, instant, format),
                TimeSpan time => CellNumbers.Cell(column, time.TotalDays.ToString("R", CultureInfo.InvariantCulture), format, _book.Date1904),
                IFormattable number => CellNumbers.Cell(column, number.ToString("R", CultureInfo.InvariantCulture), format, _book.Date1904),
                _ => new SheetCell(column, CellKind.Text, value.ToString() ?? ""),
            };
            if (cell.Text.Length > _book._bounds.MaxCellLength) throw new SpreadsheetRefusedException(SpreadsheetRefusals.CellTooLong(_sheet, row.Number, column, _book._bounds.MaxCellLength));
            row.Add(cell);
        }

        private SheetCell Date(int column, DateTime instant, NumberFormat? format)
        {
            var serial = Serial(instant.ToOADate(), column);
            var raw = serial.ToString("R", CultureInfo.InvariantCulture);
            return CellNumbers.DateText(serial, _book.Date1904) is { } date
                ? new SheetCell(column, CellKind.Date, date, raw, format)
                : new SheetCell(column, CellKind.Number, CellNumbers.Text(serial), raw, format);
        }

        // The number that the cell holds. ExcelDataReader adds the days from 1900 to 1904, and one to all before day 60, which it leaves alone.
        private double Serial(double automation, int column)
        {
            if (_book.Date1904) return automation - DaysTo1904;
            if (automation is >= 1 and < FirstRight) return _odd.ContainsKey((_reader.Depth, column)) ? automation : automation - 1;

            // A date before that day counts its days backwards and its hours forwards.
            return automation is > 0 and < 1 ? -automation : automation;
        }

        private NumberFormat? Format(int column)
        {
            if (Guarded(() => _reader.GetNumberFormatString(column)) is not { Length: > 0 } code) return null;
            if (!_formats.TryGetValue(code, out var format)) _formats[code] = format = NumberFormat.Of(_reader.GetNumberFormatIndex(column), code);
            return format;
        }
    }
}
