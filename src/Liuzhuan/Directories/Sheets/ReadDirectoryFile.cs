using System.Text;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Directories.Sheets;

/// <summary>Reads a file of the directory, a workbook or one kind as text, into rows that name their place. Bounded in bytes, sheets, rows and cells.</summary>
internal static class ReadDirectoryFile
{
    public const long MostBytes = 8 << 20;

    /// <summary>Rows of all sheets together.</summary>
    public const int MostRows = 50_000;

    private const int MostColumns = 64, MostSheets = 20, MostCell = 1_000, HeadingWithin = 5;

    private static readonly SpreadsheetBounds Bounds = new()
    {
        MaxFileBytes = MostBytes, MaxTotalBytes = 128 << 20, MaxEntryBytes = 64 << 20, MaxSheets = MostSheets, MaxRows = MostRows, MaxColumns = MostColumns, MaxCellLength = MostCell,
        MaxSharedStrings = 1_000_000, MaxSharedCharacters = 32 << 20,
    };

    /// <param name="path">The file on the disk.</param>
    /// <param name="name">Its name, which stands for the sheet of a text file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Result<IReadOnlyList<GivenRow>> Run(string path, string name)
    {
        try
        {
            using (var file = File.OpenRead(path))
            {
                if (file.Length > MostBytes) return SpreadsheetRefusals.TooLarge(file.Length, MostBytes);
                if (!FileKinds.Recognise(file, Bounds).Ok(out var kind, out var refusal)) return refusal;
                if (kind == FileKind.Text) return Text(file, name);
            }

            return Workbook.Open(path, Bounds).Ok(out var book, out var damaged) ? Sheets(book) : damaged;
        }
        catch (SpreadsheetRefusedException refused)
        {
            return refused.Refusal;
        }
        catch (DelimitedException)
        {
            return SheetRefusals.NoText;
        }
    }

    /// <summary>Reads separated text.</summary>
    public static Result<IReadOnlyList<GivenRow>> Run(TextReader text, char delimiter, string name)
    {
        var rows = new List<GivenRow>();
        return Take(SeparatedText.Read(text, delimiter), name, rows) is { } refusal ? refusal : rows.Count == 0 ? SheetRefusals.NoRows : rows;
    }

    private static Result<IReadOnlyList<GivenRow>> Sheets(Workbook book)
    {
        using (book)
        {
            var rows = new List<GivenRow>();
            for (var i = 0; i < book.Sheets.Count; i++)
            {
                using var reader = book.OpenSheet(i);
                if (Take(Lines(reader), book.Sheets[i].Name, rows) is { } refusal) return refusal;
            }

            return rows.Count == 0 ? SheetRefusals.NoRows : rows;
        }
    }

    private static IEnumerable<(int Line, string[] Cells)> Lines(SheetReader reader)
    {
        var row = new SheetRow();
        while (reader.Read(row)) yield return (row.Number, row.Texts());
    }

    private static Result<IReadOnlyList<GivenRow>> Text(Stream file, string name)
    {
        var format = DelimitedPreview.Read(file).Format;
        var encoding = format.Form switch
        {
            TextForm.Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding(54936) ?? throw new NotSupportedException("GB18030 is missing in this runtime."),
            TextForm.Utf16LittleEndian => Encoding.Unicode,
            TextForm.Utf16BigEndian => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        using var reader = new StreamReader(file, encoding);
        return Run(reader, format.Delimiter, name);
    }

    // A sheet without any filled cell is passed over; one with cells and no heading that is understood is not.
    private static Refusal? Take(IEnumerable<(int Line, string[] Cells)> lines, string sheet, List<GivenRow> rows)
    {
        (EntryKind Kind, EntryColumn?[] Columns)? heading = null;
        var before = 0;
        foreach (var (line, cells) in lines)
        {
            if (cells.All(cell => EntryForm.Trim(cell).Length == 0)) continue;
            if (cells.Length > MostColumns) return SpreadsheetRefusals.TooManyColumns(sheet, line, MostColumns);
            if (heading is not { } known)
            {
                // Title lines may stand above it.
                if (++before > HeadingWithin) return SheetRefusals.NoHeading(sheet);
                heading = Heading(cells);
                if (heading is { } found && Unfit(found.Kind, found.Columns, cells, sheet) is { } refusal) return refusal;
                continue;
            }

            if (rows.Count == MostRows) return SpreadsheetRefusals.TooManyRows(sheet, MostRows);
            var values = new Dictionary<string, string>();
            for (var i = 0; i < known.Columns.Length; i++)
            {
                if (known.Columns[i] is { } column) values[column.Id] = i < cells.Length ? cells[i] : "";
            }

            rows.Add(new GivenRow(sheet, line, known.Kind.Id, values));
        }

        return before > 0 && heading is null ? SheetRefusals.NoHeading(sheet) : null;
    }

    // The kind of which most columns are there, with all that tell entries apart.
    private static (EntryKind, EntryColumn?[])? Heading(string[] cells)
    {
        var best = EntryKind.All.Select(kind => (Kind: kind, Columns: cells.Select(cell => Column(kind, EntryForm.Trim(cell))).ToArray()))
            .Where(one => one.Kind.Keys.All(one.Columns.Contains)).OrderByDescending(one => one.Columns.Count(column => column is not null) * 100 - one.Kind.Columns.Count).FirstOrDefault();
        return best.Kind is null ? null : best;
    }

    private static EntryColumn? Column(EntryKind kind, string heading) =>
        kind.Columns.FirstOrDefault(column => column.Id == heading || column.Name.Zh == heading || string.Equals(column.Name.En, heading, StringComparison.OrdinalIgnoreCase));

    private static Refusal? Unfit(EntryKind kind, EntryColumn?[] columns, string[] cells, string sheet)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is null && EntryForm.Trim(cells[i]) is { Length: > 0 } unknown) return SheetRefusals.Column(sheet, unknown, kind);
        }

        return columns.OfType<EntryColumn>().GroupBy(column => column).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice ? SheetRefusals.ColumnTwice(sheet, twice) : null;
    }
}
