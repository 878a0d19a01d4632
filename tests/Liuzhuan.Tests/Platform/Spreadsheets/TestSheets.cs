using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

/// <summary>Opens and reads workbooks in tests.</summary>
internal static class TestSheets
{
    public static string Samples { get; } = Find();

    public static Workbook Open(string path, SpreadsheetBounds? bounds = null)
    {
        Assert.True(Workbook.Open(path, bounds ?? new SpreadsheetBounds()).Ok(out var book, out var refusal), refusal?.English);
        return book;
    }

    public static List<(int Number, SheetCell[] Cells)> Rows(string path, int sheet = 0, SpreadsheetBounds? bounds = null)
    {
        using var book = Open(path, bounds);
        return Rows(book, sheet);
    }

    public static List<(int Number, SheetCell[] Cells)> Rows(Workbook book, int sheet)
    {
        using var reader = book.OpenSheet(sheet);
        var rows = new List<(int, SheetCell[])>();
        var row = new SheetRow();
        while (reader.Read(row)) rows.Add((row.Number, [.. row.Cells]));
        return rows;
    }

    public static List<string[]> Texts(string path, int sheet = 0)
    {
        using var book = Open(path);
        using var reader = book.OpenSheet(sheet);
        var rows = new List<string[]>();
        var row = new SheetRow();
        while (reader.Read(row)) rows.Add(row.Texts());
        return rows;
    }

    public static Refusal Refused(string path, SpreadsheetBounds? bounds = null)
    {
        if (!Workbook.Open(path, bounds ?? new SpreadsheetBounds()).Ok(out var book, out var refusal)) return refusal;
        using (book)
        {
            return Assert.Throws<SpreadsheetRefusedException>(() =>
            {
                for (var i = 0; i < book.Sheets.Count; i++) Rows(book, i);
            }).Refusal;
        }
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Liuzhuan.slnx"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "samples");
    }
}
