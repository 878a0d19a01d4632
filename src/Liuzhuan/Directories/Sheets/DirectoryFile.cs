using System.Text;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Directories.Sheets;

/// <summary>Writes the directory as a file: a workbook with a sheet for each kind of entry, or one kind as CSV. What is written is read again without a change.</summary>
internal static class DirectoryFile
{
    private const double Width = 20;

    /// <summary>A workbook with all kinds.</summary>
    /// <param name="now">The instant that stands in the package.</param>
    public static void WriteWorkbook(Stream output, DirectoryBook book, string language, DateTimeOffset now)
    {
        using var writer = new XlsxWriter(output, [.. EntryKind.All.Select(kind => new SheetInfo(kind.Name.In(language), SheetState.Visible))], 0, date1904: false, now);
        foreach (var kind in EntryKind.All)
        {
            using var sheet = writer.BeginSheet([new ColumnWidth(0, kind.Columns.Count - 1, Width)]);
            var number = 0;
            foreach (var cells in Rows(book, kind, language))
            {
                sheet.BeginRow(++number);
                for (var column = 0; column < cells.Length; column++) sheet.Text(column, cells[column]);
                sheet.EndRow();
            }
        }

        writer.Finish();
    }

    /// <summary>One kind as CSV (RFC 4180) in UTF-8, with the byte order mark by which spreadsheet programs know it.</summary>
    public static void WriteText(Stream output, DirectoryBook book, EntryKind kind, string language)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        foreach (var cells in Rows(book, kind, language)) writer.WriteLine(string.Join(',', cells.Select(Quoted)));
    }

    /// <summary>Is a file of this name written and read as text?</summary>
    public static bool IsText(string name) => Path.GetExtension(name).ToLowerInvariant() is ".csv" or ".tsv" or ".txt";

    /// <summary>The kind that a CSV file is to hold.</summary>
    public static Result<EntryKind> KindOf(string? id) => EntryKind.Find(id) is { } kind ? kind : DirectoryRefusals.UnknownKind;

    private static IEnumerable<string[]> Rows(DirectoryBook book, EntryKind kind, string language) => book.Of(kind)
        .Select(entry => kind.Columns.Select(column => column.Form.Show(entry[column.Id], language)).ToArray())
        .Prepend([.. kind.Columns.Select(column => column.Name.In(language))]);

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
