using System.Text;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

public sealed class XlsxAttackTests
{
    private static readonly string Row = "<row><c><v>1</v></c></row>";

    [Fact]
    public void A_document_type_is_refused_before_any_entity_is_read()
    {
        using var package = TestPackage.OfRows("").Part("xl/worksheets/sheet1.xml",
            "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/hostname\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>");

        Check("sheet.unsafe-xml", package.Refused());
    }

    [Fact]
    public void Deep_nesting_is_refused_also_where_nothing_is_read()
    {
        using var package = TestPackage.OfRows("");
        package.Sheet(1, $"<extLst>{string.Concat(Enumerable.Repeat("<a>", 100_000))}");

        Check("sheet.unsafe-xml", package.Refused());
    }

    [Theory]
    [InlineData("<!--{0}-->")]
    [InlineData("<sheetPr name=\"{0}\"/>")]
    [InlineData("<sheetData><row><c t=\"str\"><v>{0}</v></c></row></sheetData>")]
    public void An_overlong_tag_text_or_comment_is_refused(string xml)
    {
        using var package = TestPackage.OfRows("");
        package.Sheet(1, xml.Replace("{0}", new string('x', 400_000), StringComparison.Ordinal));

        Check("sheet.unsafe-xml", package.Refused(new SpreadsheetBounds { MaxNodeBytes = 100_000 }));
    }

    [Fact]
    public void Endless_new_names_are_refused()
    {
        using var package = TestPackage.OfRows("");
        package.Sheet(1, string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<n{i}/>")));

        Check("sheet.unsafe-xml", package.Refused());
    }

    [Fact]
    public void A_part_that_unpacks_at_a_bombs_ratio_is_refused()
    {
        using var package = TestPackage.OfRows(Row + new string(' ', 4_000_000));

        Check("sheet.unpacks-too-large", package.Refused(new SpreadsheetBounds { RatioFloorBytes = 1 << 20 }));
        Assert.Single(package.Rows());
    }

    [Fact]
    public void A_part_or_package_that_unpacks_to_too_much_is_refused()
    {
        using var package = TestPackage.OfRows(string.Concat(Enumerable.Repeat(Row, 10_000)), string.Concat(Enumerable.Repeat(Row, 10_000)));

        Check("sheet.unpacks-too-large", package.Refused(new SpreadsheetBounds { MaxEntryBytes = 100_000 }));
        Check("sheet.unpacks-too-large", package.Refused(new SpreadsheetBounds { MaxTotalBytes = 400_000 }));
    }

    [Fact]
    public void Too_many_parts_are_refused_from_the_size_of_the_directory_alone()
    {
        using var package = TestPackage.OfRows(Row);
        for (var i = 0; i < 300; i++) package.Part($"xl/media/{i}", "");

        Check("sheet.too-many-parts", package.Refused(new SpreadsheetBounds { MaxEntries = 100 }));
        Check("sheet.too-many-parts", package.Refused(new SpreadsheetBounds { MaxEntries = 10 }));
    }

    [Fact]
    public void Rows_columns_cells_strings_sheets_and_file_size_are_bounded()
    {
        using var package = TestPackage.OfRows("<row r=\"7\"><c r=\"D7\" t=\"s\"><v>0</v></c></row>", "").Strings("<si><t>0123456789</t></si><si><t>x</t></si>");

        Check("sheet.too-many-rows", package.Refused(new SpreadsheetBounds { MaxRows = 6 }));
        Check("sheet.too-many-columns", package.Refused(new SpreadsheetBounds { MaxColumns = 3 }));
        var tooLong = Check("sheet.cell-too-long", package.Refused(new SpreadsheetBounds { MaxCellLength = 9 }));
        Assert.Contains("D7", tooLong.Chinese, StringComparison.Ordinal);
        Check("sheet.too-much-text", package.Refused(new SpreadsheetBounds { MaxSharedStrings = 1 }));
        Check("sheet.too-much-text", package.Refused(new SpreadsheetBounds { MaxSharedCharacters = 10 }));
        Check("sheet.too-many-sheets", package.Refused(new SpreadsheetBounds { MaxSheets = 1 }));
        Check("sheet.file-too-large", package.Refused(new SpreadsheetBounds { MaxFileBytes = 100 }));
    }

    [Theory]
    [InlineData("<row r=\"1048577\"><c><v>1</v></c></row>", "sheet.too-many-rows")]
    [InlineData("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "sheet.too-many-columns")]
    [InlineData("<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>", "sheet.damaged")]
    [InlineData("<row r=\"3\"/><row r=\"2\"/>", "sheet.damaged")]
    [InlineData("<row r=\"x\"/>", "sheet.damaged")]
    [InlineData("<row><c t=\"s\"><v>5</v></c></row>", "sheet.damaged")]
    [InlineData("<row><c t=\"s\"><v>-1</v></c></row>", "sheet.damaged")]
    [InlineData("<row><c><v>1</v>", "sheet.damaged")]
    public void A_row_that_cannot_be_is_refused(string rows, string code)
    {
        using var package = TestPackage.OfRows(rows);

        Check(code, package.Refused());
    }

    [Fact]
    public void A_missing_sheet_part_or_an_empty_workbook_is_refused()
    {
        using var missing = TestPackage.OfRows(Row).Without("xl/worksheets/sheet1.xml");
        Check("sheet.damaged", missing.Refused());
        using var empty = new TestPackage().Workbook([]);
        Check("sheet.no-sheet", empty.Refused());
    }

    [Fact]
    public void Every_truncation_of_a_package_is_refused_and_none_is_a_fault()
    {
        using var package = TestPackage.OfRows(string.Concat(Enumerable.Repeat(Row, 200)));
        var whole = File.ReadAllBytes(package.Write());
        for (var length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(package.Path, whole[..length]);
            Assert.NotEmpty(TestSheets.Refused(package.Path).Code);
        }
    }

    [Fact]
    public void Flipped_bytes_give_rows_or_a_refusal_and_never_a_fault()
    {
        using var package = TestPackage.OfRows(string.Concat(Enumerable.Repeat(Row, 50)), Row).Strings("<si><t>x</t></si>").Styles(14);
        var whole = File.ReadAllBytes(package.Write());
        var random = new Random(20260728);
        for (var round = 0; round < 400; round++)
        {
            var bytes = whole.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(package.Path, bytes);
            if (!Workbook.Open(package.Path, new SpreadsheetBounds()).Ok(out var book, out _)) continue;
            using (book)
            {
                try
                {
                    for (var i = 0; i < book.Sheets.Count; i++) TestSheets.Rows(book, i);
                }
                catch (SpreadsheetRefusedException)
                {
                }
            }
        }
    }

    [Theory]
    [InlineData("%PDF-1.7", "sheet.unsupported-kind")]
    [InlineData("<html><body><table>", "sheet.unsupported-kind")]
    [InlineData("\uFEFF<!DOCTYPE html>", "sheet.unsupported-kind")]
    [InlineData("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "sheet.unsupported-kind")]
    [InlineData("MIME-Version: 1.0", "sheet.unsupported-kind")]
    [InlineData("Rar!", "sheet.unsupported-kind")]
    [InlineData("姓名,身份证号\n", "sheet.unsupported-kind")]
    [InlineData("", "sheet.empty-file")]
    public void Content_decides_what_a_file_is(string content, string code)
    {
        using var package = new TestPackage();
        File.WriteAllText(package.Path, content);

        Check(code, TestSheets.Refused(package.Path));
    }

    [Theory]
    [InlineData("word/document.xml", "Word")]
    [InlineData("xl/workbook.bin", "xlsb")]
    [InlineData("content.xml", "OpenDocument")]
    [InlineData("readme.txt", "zip")]
    public void Other_packages_are_named_and_refused(string part, string word)
    {
        using var package = new TestPackage().Part(part, "x");

        Assert.Contains(word, Check("sheet.unsupported-kind", package.Refused()).English, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_recognised_as_text_whatever_its_name()
    {
        Assert.True(FileKinds.Recognise(new MemoryStream(Encoding.UTF8.GetBytes("姓名,身份证号\n")), new SpreadsheetBounds()).Ok(out var kind, out _));
        Assert.Equal(FileKind.Text, kind);
    }

    [Theory]
    [InlineData("\t\t姓名\t身份证号\n"), InlineData("\t备注\t姓名\t身份证号\n"), InlineData("\t\n姓名\t身份证号\n"), InlineData("\tname\tid\n")]
    public void A_text_in_utf_16_that_begins_with_a_tab_is_no_workbook_of_old(string text)
    {
        Assert.True(FileKinds.Recognise(new MemoryStream(Encoding.Unicode.GetBytes(text)), new SpreadsheetBounds()).Ok(out var kind, out _));
        Assert.Equal(FileKind.Text, kind);
    }

    [Fact]
    public void A_password_protected_workbook_is_refused_with_the_remedy()
    {
        using var package = new TestPackage();
        File.WriteAllBytes(package.Path, TestOle.With("EncryptionInfo", "EncryptedPackage"));
        Assert.Contains("密码", Check("sheet.encrypted", TestSheets.Refused(package.Path)).Chinese, StringComparison.Ordinal);
        File.WriteAllBytes(package.Path, TestOle.With("WordDocument"));
        Check("sheet.unsupported-kind", TestSheets.Refused(package.Path));
        File.WriteAllBytes(package.Path, TestOle.With("Workbook"));
        Check("sheet.damaged", TestSheets.Refused(package.Path));
    }

    private static Refusal Check(string code, Refusal refusal)
    {
        Assert.Equal(code, refusal.Code);
        Assert.NotEmpty(refusal.Chinese);
        Assert.NotEmpty(refusal.English);
        return refusal;
    }
}
