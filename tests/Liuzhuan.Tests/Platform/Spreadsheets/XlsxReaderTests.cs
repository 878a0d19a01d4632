using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Platform.Spreadsheets;

public sealed class XlsxReaderTests
{
    [Fact]
    public void Shared_rich_and_inline_strings_are_read_and_phonetic_guides_are_not()
    {
        using var package = TestPackage.OfRows("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>行内</t></is></c>
            <c r="D1" t="inlineStr"><is><r><t>甲</t></r><r><rPr/><t xml:space="preserve"> 乙 </t></r></is></c></row>
            """).Strings("<si><t>普通</t></si><si><r><t>姓</t></r><r><rPr><b/></rPr><t>名*</t></r><rPh sb=\"0\" eb=\"1\"><t>xingming</t></rPh><phoneticPr fontId=\"1\"/></si>");

        Assert.Equal(["普通", "姓名*", "行内", "甲 乙 "], package.Texts()[0]);
    }

    [Fact]
    public void Formulas_count_by_their_cached_value()
    {
        using var package = TestPackage.OfRows("""
            <row r="1"><c r="A1" t="str"><f>CONCAT("x")</f><v>王芳</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="b"><f>TRUE()</f><v>1</v></c>
            <c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"><f>NOW()</f></c><c r="F1" t="str"><f>""</f><v></v></c></row>
            """);

        var cells = package.Rows()[0].Cells;
        Assert.Equal(["王芳", "2", "TRUE", "#DIV/0!"], cells.Select(cell => cell.Text));
        Assert.Equal([CellKind.Text, CellKind.Number, CellKind.Boolean, CellKind.Error], cells.Select(cell => cell.Kind));
    }

    [Theory]
    [InlineData("220104800101001", "220104800101001")]
    [InlineData("220102198001010011", "2.20102198001010E+17")]
    [InlineData("2.20102198001010E+017", "2.20102198001010E+17")]
    [InlineData("1000000000000000", "1.00000000000000E+15")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("2.20104800101001E+14", "220104800101001")]
    [InlineData("0.1", "0.1")]
    [InlineData("-3", "-3")]
    [InlineData("1E-7", "0.0000001")]
    [InlineData("120.0", "120")]
    public void A_number_shows_what_a_spreadsheet_can_hold_of_it(string raw, string text)
    {
        using var package = TestPackage.OfRows($"<row r=\"1\"><c r=\"A1\"><v>{raw}</v></c></row>");

        var cell = Assert.Single(package.Rows()[0].Cells);
        Assert.Equal((CellKind.Number, text, raw), (cell.Kind, cell.Text, cell.Raw));
    }

    [Theory]
    [InlineData(14, "28396", "1977-09-28")]
    [InlineData(22, "28396.5", "1977-09-28 12:00:00")]
    [InlineData(31, "28396", "1977-09-28")]
    [InlineData(57, "28396", "1977-09-28")]
    [InlineData(46, "0.5", "12:00:00")]
    [InlineData("yyyy\"年\"m\"月\"d\"日\"", "28396", "1977-09-28")]
    [InlineData("[$-804]yyyy/mm/dd;@", "28396", "1977-09-28")]
    [InlineData("[DBNum1]e.m.d", "28396", "1977-09-28")]
    [InlineData("[h]:mm", "0.25", "06:00:00")]
    [InlineData(14, "1", "1900-01-01")]
    [InlineData(14, "59", "1900-02-28")]
    [InlineData(14, "61", "1900-03-01")]
    [InlineData(14, "19770928", "19770928")]
    [InlineData(14, "-1", "-1")]
    [InlineData(2, "28396", "28396")]
    [InlineData("0.00E+00", "28396", "28396")]
    [InlineData("\"元/月\"0", "28396", "28396")]
    [InlineData("[Red]0;[Blue]-0", "28396", "28396")]
    [InlineData("General", "28396", "28396")]
    [InlineData("0\\d", "28396", "28396")]
    public void Dates_are_told_from_numbers_by_their_format(object format, string raw, string text)
    {
        using var package = TestPackage.OfRows($"<row r=\"1\"><c r=\"A1\" s=\"1\"><v>{raw}</v></c></row>").Styles(format);

        Assert.Equal(text, package.Texts()[0][0]);
    }

    [Fact]
    public void Days_may_count_from_1904_and_may_be_written_as_iso_text()
    {
        using var package = TestPackage.OfRows("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>26934</v></c><c r=\"B1\" t=\"d\"><v>1977-09-28T00:00:00Z</v></c></row>")
            .Styles(14).Workbook([("表", "")], "<workbookPr date1904=\"1\"/>");

        var cells = package.Rows()[0].Cells;
        Assert.Equal(["1977-09-28", "1977-09-28"], cells.Select(cell => cell.Text));
        Assert.Equal("26934", cells[1].Raw);
    }

    [Fact]
    public void Rows_and_cells_without_references_follow_each_other_and_gaps_stay()
    {
        using var package = TestPackage.OfRows("""
            <row><c t="inlineStr"><is><t>a</t></is></c><c/><c t="inlineStr"><is><t>c</t></is></c></row>
            <row r="5"><c r="D5"><v>1</v></c><c><v>2</v></c></row><row/><row><c r="AB7"><v>3</v></c></row>
            """);

        var rows = package.Rows();
        Assert.Equal([1, 5, 7], rows.Select(row => row.Number));
        Assert.Equal([0, 2], rows[0].Cells.Select(cell => cell.Column));
        Assert.Equal([3, 4], rows[1].Cells.Select(cell => cell.Column));
        Assert.Equal(27, rows[2].Cells[0].Column);
    }

    [Fact]
    public void Sheets_come_in_workbook_order_through_relations_with_their_states()
    {
        using var package = TestPackage.OfRows("", "", "").Workbook([("甲 &amp; 乙", ""), ("字典", "state=\"hidden\""), ("宏", "state=\"veryHidden\"")])
            .Part("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet3.xml\"/><Relationship Id=\"rId2\" Type=\"x/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/><Relationship Id=\"rId3\" Type=\"x/chartsheet\" Target=\"../xl/worksheets/sheet2.xml\"/></Relationships>")
            .Sheet(3, "<sheetData><row><c><v>3</v></c></row></sheetData>");

        using var book = TestSheets.Open(package.Write());
        Assert.Equal([new SheetInfo("甲 & 乙", SheetState.Visible), new SheetInfo("字典", SheetState.Hidden), new SheetInfo("宏", SheetState.VeryHidden)], book.Sheets);
        Assert.Equal("3", TestSheets.Rows(book, 0)[0].Cells[0].Text);
        Assert.Empty(TestSheets.Rows(book, 2));
    }

    [Fact]
    public void The_strict_namespaces_are_read_as_well()
    {
        using var package = new TestPackage().Workbook([("表", "")], "", "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
            .Sheet(1, "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>严格</t></is></c></row></sheetData>", "http://purl.oclc.org/ooxml/spreadsheetml/main");

        Assert.Equal("严格", package.Texts()[0][0]);
    }

    [Fact]
    public void Escaped_characters_are_decoded_and_look_alikes_are_not()
    {
        using var package = TestPackage.OfRows("<row><c t=\"inlineStr\"><is><t>a_x000D_b_x005F_x000D__xZZZZ__x0_</t></is></c></row>");

        Assert.Equal("a\rb_x000D__xZZZZ__x0_", package.Texts()[0][0]);
    }

    [Fact]
    public void Merged_ranges_and_column_widths_are_carried()
    {
        using var package = TestPackage.OfRows("");
        package.Sheet(1, "<cols><col min=\"1\" max=\"2\" width=\"20.5\"/></cols><sheetData><row><c><v>1</v></c></row></sheetData><autoFilter ref=\"A1\"/><mergeCells count=\"2\"><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"bad\"/></mergeCells>");

        using var book = TestSheets.Open(package.Write());
        using var reader = book.OpenSheet(0);
        Assert.Equal([new ColumnWidth(0, 1, 20.5)], reader.Widths);
        while (reader.Read(new SheetRow())) { }
        Assert.Equal([new MergedRange(1, 0, 1, 4)], reader.Merged);
    }

    [Fact]
    public void A_string_that_crosses_a_block_of_the_string_store_is_whole()
    {
        var long30000 = new string('长', 30_000);
        using var package = TestPackage.OfRows(string.Concat(Enumerable.Range(0, 50).Select(i => $"<row><c t=\"s\"><v>{i}</v></c></row>")))
            .Strings(string.Concat(Enumerable.Range(0, 50).Select(i => $"<si><t>{i}{long30000}{i}</t></si>")));

        var texts = package.Texts();
        for (var i = 0; i < 50; i++) Assert.Equal($"{i}{long30000}{i}", texts[i][0]);
    }

    [Fact]
    public void Cells_out_of_order_are_put_in_order()
    {
        using var package = TestPackage.OfRows("<row><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>");

        Assert.Equal(["1", "2", "3"], package.Texts()[0]);
    }
}
