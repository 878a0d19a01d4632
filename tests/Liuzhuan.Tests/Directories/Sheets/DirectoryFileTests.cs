using System.Text;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Directories.Sheets;
using Liuzhuan.Platform.Spreadsheets;
using static Liuzhuan.Tests.Directories.GivenDirectory;

namespace Liuzhuan.Tests.Directories.Sheets;

public sealed class DirectoryFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-directory-");

    private static DirectoryBook Whole => Grown(Book, Leave("J2001", "2026-03-10", "2026-03-20"), Row("officers", ("id", "J4001"), ("title", "社区民警, \"内勤\""), ("telephone", "0431-8888 0001"), ("valid_to", "2030-01-01")));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void What_is_written_as_a_workbook_is_read_without_a_change(string language)
    {
        var path = Place("book.xlsx");
        using (var file = File.Create(path)) DirectoryFile.WriteWorkbook(file, Whole, language, TestClock.Morning);
        var rows = Read(path);
        Assert.Equal((Rows.Length + 1, 0), Counts(PreviewChange.Of(Whole, rows, Today)));
        Assert.Equal(Whole.Of(EntryKind.Officer).Select(one => one.Write()), Grown(DirectoryBook.Empty, [.. rows]).Of(EntryKind.Officer).Select(one => one.Write()));
    }

    [Fact]
    public void Every_kind_goes_out_as_text_and_comes_back()
    {
        var rows = new List<GivenRow>();
        foreach (var kind in EntryKind.All)
        {
            using (var file = File.Create(Place(kind.Id + ".csv"))) DirectoryFile.WriteText(file, Whole, kind, "zh");
            rows.AddRange(Read(Place(kind.Id + ".csv")));
        }

        Assert.Equal((Rows.Length + 1, 0), Counts(PreviewChange.Of(Whole, rows, Today)));
    }

    [Theory]
    [InlineData("GB18030")]
    [InlineData("utf-16")]
    [InlineData("utf-8")]
    public void Text_is_read_in_the_encoding_that_offices_use(string encoding)
    {
        File.WriteAllText(Place("officers.csv"), "人员名单\r\n\r\n工号,姓名,机构代码,职务\r\nJ7001,壬,220104990100,\"户籍\n民警\"\r\nJ7002,癸,220104990100,内勤\r\n", CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding));
        var rows = Read(Place("officers.csv"));
        Assert.Equal([(4, "J7001", "户籍\n民警"), (6, "J7002", "内勤")], rows.Select(row => (row.Line, row.Cells["id"], row.Cells["title"])));
    }

    [Theory]
    [InlineData("工号,姓名,机构代码,鞋号\nJ7001,壬,220104990100,42\n", "directory.sheet-column")]
    [InlineData("工号,姓名,姓名,机构代码\nJ7001,壬,壬,220104990100\n", "directory.column-twice")]
    [InlineData("甲,乙\n一,二\n三,四\n五,六\n七,八\n九,十\n", "directory.no-heading")]
    [InlineData("工号,姓名,机构代码\n", "directory.no-rows")]
    [InlineData("", "sheet.empty-file")]
    public void A_file_that_is_not_understood_is_refused_whole(string content, string code)
    {
        File.WriteAllText(Place("x.csv"), content);
        Assert.False(ReadDirectoryFile.Run(Place("x.csv"), "x.csv").Ok(out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void Too_many_rows_and_too_many_bytes_are_refused()
    {
        using (var file = File.CreateText(Place("many.csv")))
        {
            file.WriteLine("工号,姓名,机构代码");
            for (var i = 0; i <= ReadDirectoryFile.MostRows; i++) file.WriteLine($"J{i},甲,220104990100");
        }

        File.WriteAllText(Place("large.csv"), "工号,姓名,机构代码\n" + new string(' ', (int)ReadDirectoryFile.MostBytes));
        Assert.Equal("sheet.too-many-rows", Refused("many.csv"));
        Assert.Equal("sheet.file-too-large", Refused("large.csv"));
    }

    [Fact]
    public void An_empty_sheet_is_passed_over_and_a_strange_one_is_not()
    {
        WriteSheets("good.xlsx", ("人员", [["工号", "姓名", "机构代码"], ["J7001", "壬", Station]]), ("Sheet2", []));
        WriteSheets("bad.xlsx", ("人员", [["工号", "姓名", "机构代码"], ["J7001", "壬", Station]]), ("说明", [["填表说明"]]));
        Assert.Equal(("人员", 2), (Assert.Single(Read(Place("good.xlsx"))).Sheet, Read(Place("good.xlsx"))[0].Line));
        Assert.Equal("directory.no-heading", Refused("bad.xlsx"));
    }

    private static (int, int) Counts(ChangePreview preview) => (preview.Unchanged, preview.Lines.Count + preview.Refused.Count);

    private string Place(string name) => Path.Combine(_folder.FullName, name);

    private static IReadOnlyList<GivenRow> Read(string path)
    {
        Assert.True(ReadDirectoryFile.Run(path, Path.GetFileName(path)).Ok(out var rows, out var refusal), refusal?.English);
        return rows;
    }

    private string Refused(string name) => ReadDirectoryFile.Run(Place(name), name).Ok(out _, out var refusal) ? "taken" : refusal.Code;

    private void WriteSheets(string name, params (string Name, string[][] Rows)[] sheets)
    {
        using var file = File.Create(Place(name));
        using var book = new XlsxWriter(file, [.. sheets.Select(sheet => new SheetInfo(sheet.Name, SheetState.Visible))], 0, date1904: false, TestClock.Morning);
        foreach (var (_, rows) in sheets)
        {
            using var sheet = book.BeginSheet([]);
            for (var row = 0; row < rows.Length; row++)
            {
                sheet.BeginRow(row + 1);
                for (var column = 0; column < rows[row].Length; column++) sheet.Text(column, rows[row][column]);
                sheet.EndRow();
            }
        }

        book.Finish();
    }
}
