using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using ExcelDataReader;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

public sealed class XlsxWriterTests : IDisposable
{
    private static readonly SheetInfo[] Sheets = [new("名单 <\"&>", SheetState.Visible), new("藏", SheetState.Hidden), new("深藏", SheetState.VeryHidden)];

    private static readonly SheetCell[] Cells =
    [
        new(0, CellKind.Text, "王芳"),
        new(1, CellKind.Text, "000123", null, new NumberFormat(49, null)),
        new(2, CellKind.Text, " 空 格 \n换行\t<b>&amp;\"引\" "),
        new(3, CellKind.Text, "控制\u0001\r\uFFFE_x0041_末"),
        new(4, CellKind.Text, "𠮷㛃\U00020BB7"),
        new(5, CellKind.Number, "12", "12", new NumberFormat(170, "000000")),
        new(6, CellKind.Number, "2.20102198001010E+17", "220102198001010011"),
        new(7, CellKind.Date, "1977-09-28", "28396", new NumberFormat(14, null)),
        new(8, CellKind.Date, "1977-09-28", "28396", new NumberFormat(180, "yyyy\"年\"m\"月\"d\"日\"")),
        new(9, CellKind.Boolean, "TRUE", "1"),
        new(10, CellKind.Error, "#N/A"),
        new(700, CellKind.Text, "远"),
    ];

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"liuzhuan-writer-{Path.GetRandomFileName()}.xlsx");

    public XlsxWriterTests()
    {
        using var file = File.Create(_path);
        using var writer = new XlsxWriter(file, Sheets, 0, date1904: false, DateTimeOffset.UnixEpoch.AddYears(50));
        using (var sheet = writer.BeginSheet([new ColumnWidth(0, 1, 20), new ColumnWidth(4, 4, 60.5)]))
        {
            sheet.BeginRow(3);
            foreach (var cell in Cells) sheet.Cell(cell.Column, cell);
            sheet.EndRow();
            sheet.BeginRow(2_000);
            sheet.Word(0, "一致", CellStyles.Heading);
            sheet.Word(1, "一致");
            sheet.EndRow();
            sheet.Merge(new MergedRange(1, 0, 2, 3));
        }

        writer.BeginSheet([]).Dispose();
        writer.BeginSheet([]).Dispose();
        writer.Finish();
    }

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        using var book = TestSheets.Open(_path);
        Assert.Equal(Sheets, book.Sheets);
        var rows = TestSheets.Rows(book, 0);
        Assert.Equal([3, 2_000], rows.Select(row => row.Number));
        Assert.Equal(Cells.Select(cell => (cell.Column, cell.Kind, cell.Text, cell.Raw, cell.Format?.Code)), rows[0].Cells.Select(cell => (cell.Column, cell.Kind, cell.Text, cell.Raw, cell.Format?.Code)));
        Assert.Equal(["一致", "一致"], rows[1].Cells.Select(cell => cell.Text));
    }

    [Fact]
    public void Another_reader_sees_the_same_cells()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var file = File.OpenRead(_path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(file);
        Assert.Equal((Sheets[0].Name, "visible"), (reader.Name, reader.VisibleState));
        Assert.Equal((0, 0, 1, 3), (reader.MergeCells[0].FromRow, reader.MergeCells[0].FromColumn, reader.MergeCells[0].ToRow, reader.MergeCells[0].ToColumn));
        for (var i = 0; i < 3; i++) Assert.True(reader.Read());
        Assert.Equal(["王芳", "000123", Cells[2].Text], Enumerable.Range(0, 3).Select(reader.GetString));
        Assert.Equal(Cells[4].Text, reader.GetString(4));
        Assert.Equal(12.0, reader.GetDouble(5));
        Assert.Equal(220102198001010011.0, reader.GetDouble(6));
        Assert.Equal([new DateTime(1977, 9, 28), new DateTime(1977, 9, 28)], [reader.GetDateTime(7), reader.GetDateTime(8)]);
        Assert.True(reader.GetBoolean(9));
        Assert.Equal("远", reader.GetString(700));
        Assert.True(reader.NextResult());
        Assert.Equal("hidden", reader.VisibleState);
        Assert.True(reader.NextResult());
        Assert.Equal("veryhidden", reader.VisibleState);
    }

    [Fact]
    public void Elements_stand_in_the_order_of_the_schema_and_every_part_is_named()
    {
        using var zip = ZipFile.OpenRead(_path);
        XDocument Part(string name)
        {
            using var part = zip.GetEntry(name)!.Open();
            return XDocument.Load(part);
        }

        Assert.Equal("[Content_Types].xml", zip.Entries[0].FullName);
        Assert.Equal(["cols", "sheetData", "mergeCells"], Part("xl/worksheets/sheet1.xml").Root!.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["sheetData"], Part("xl/worksheets/sheet2.xml").Root!.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["workbookPr", "bookViews", "sheets"], Part("xl/workbook.xml").Root!.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"], Part("xl/styles.xml").Root!.Elements().Select(element => element.Name.LocalName));
        var strings = Part("xl/sharedStrings.xml").Root!;
        Assert.Equal(("2", "1", 1), (strings.Attribute("count")!.Value, strings.Attribute("uniqueCount")!.Value, strings.Elements().Count()));
        var styles = Part("xl/styles.xml").Root!.Elements().Single(element => element.Name.LocalName == "cellXfs").Elements().Count();
        Assert.All(Part("xl/worksheets/sheet1.xml").Descendants().Attributes("s"), style => Assert.InRange(int.Parse(style.Value), 1, styles - 1));
        var named = Part("[Content_Types].xml").Root!.Elements().Attributes("PartName").Select(name => name.Value.TrimStart('/')).Order(StringComparer.Ordinal);
        Assert.Equal(zip.Entries.Select(entry => entry.FullName).Where(name => !name.EndsWith(".rels", StringComparison.Ordinal) && name[0] != '[').Order(StringComparer.Ordinal), named);
    }

    [Fact]
    [Trait("Needs", "LibreOffice")]
    public void A_libreoffice_round_trip_keeps_sheets_and_text()
    {
        var office = new[] { "/usr/bin/soffice", "/usr/bin/libreoffice" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(office is null, "LibreOffice is not installed; install libreoffice-calc to run the round trip.");
        var folder = Directory.CreateTempSubdirectory("liuzhuan-office-").FullName;
        try
        {
            var start = new ProcessStartInfo(office!, ["--headless", $"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, _path])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "LibreOffice did not finish.");
            using var book = TestSheets.Open(Path.Combine(folder, Path.GetFileName(_path)));
            Assert.Equal(Sheets.Select(sheet => sheet.Name), book.Sheets.Select(sheet => sheet.Name));
            Assert.Equal([true, false, false], book.Sheets.Select(sheet => sheet.State == SheetState.Visible));
            var cells = TestSheets.Rows(book, 0).Single(row => row.Number == 3).Cells;
            foreach (var cell in Cells.Where(cell => cell.Column != 3)) Assert.Equal(cell.Text, cells.Single(other => other.Column == cell.Column).Text);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_escaped()
    {
        var output = new StringWriter(new StringBuilder());
        XlsxText.Encode(output, "a" + (char)0xD800 + "b" + (char)0xDC00);

        Assert.Equal("a_xD800_b_xDC00_", output.ToString());
    }

    [Theory]
    [InlineData("a\u0000b", "a_x0000_b")]
    [InlineData("_x0041_", "_x005F_x0041_")]
    [InlineData("x_y_x12", "x_y_x12")]
    [InlineData("<&>\"'", "&lt;&amp;&gt;&quot;'")]
    public void Forbidden_characters_are_escaped_and_come_back(string text, string encoded)
    {
        var output = new StringWriter(new StringBuilder());
        XlsxText.Encode(output, text);

        Assert.Equal(encoded, output.ToString());
        if (!encoded.Contains('&')) Assert.Equal(text, XlsxText.Decode(encoded));
    }
}
