using Liuzhuan.Exchange.Recognition;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Spreadsheets;
using Liuzhuan.Tests.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Exchange.Recognition;

public sealed class SpreadsheetBatchTests : IDisposable
{
    private readonly string _result = Path.Combine(Path.GetTempPath(), $"liuzhuan-result-{Path.GetRandomFileName()}.xlsx");
    private readonly List<string> _asked = [];
    private readonly List<(string Sheet, ProblemRow Row)> _problems = [];

    public void Dispose() => File.Delete(_result);

    [Theory]
    [InlineData("school.xlsx", "新生", 3, 300, "身份证号码 姓名* 性别")]
    [InlineData("two_sheets.xlsx", "名单", 1, 100, "身份证号 姓名")]
    [InlineData("damaged_numbers.xlsx", "Sheet1", 1, 40, "身份证号 姓名")]
    [InlineData("court.xls", null, null, 150, null)]
    public void The_sample_workbooks_give_as_many_verdicts_as_expected(string file, string? sheet, int? header, long rows, string? headings)
    {
        var input = Path.Combine(TestSheets.Samples, "requests", file);
        var outcome = Run(input);
        var verified = outcome.Sheets.Single(outcome => outcome.State == SheetOutcome.Verified);

        Assert.Equal(rows, File.ReadLines(Path.Combine(TestSheets.Samples, "expected.csv")).Count(line => line.StartsWith(file + ",", StringComparison.Ordinal)));
        Assert.Equal(rows, verified.Summary.Rows);
        if (sheet is not null) Assert.Equal((sheet, (long)header!, headings), (verified.Name, verified.Recognition!.HeaderLine, string.Join(' ', verified.Recognition.Columns.Select(column => column.Heading))));
        AssertCellsSurvive(input, _result);
    }

    [Fact]
    public void Numbers_that_a_spreadsheet_rounded_reach_the_matcher_in_e_notation()
    {
        Run(Path.Combine(TestSheets.Samples, "requests", "damaged_numbers.xlsx"));

        Assert.Equal(40, _asked.Count);
        Assert.All(_asked, asked => Assert.Matches(@"^\d\.\d{14}E\+17\|", asked));
    }

    [Fact]
    public void Title_total_and_blank_lines_come_back_untouched_and_are_counted()
    {
        using var package = Package("标题", "", "姓名|身份证号", "甲|1", "", "|", "  |　|备注", "乙|2", "小计|", "合 计：|2");
        var summary = Verified(Run(package)).Summary;

        Assert.Equal((2L, 3L, 2L, 3L), (summary.Rows, summary.HeaderLines, summary.TotalLines, summary.BlankLines));
        Assert.Equal(["标题", "姓名|身份证号|核验结论|结论代码|不一致项|备注代码|说明", "甲|1|一致|consistent||w|句", "  |　|备注", "乙|2|一致|consistent||w|句", "小计", "合 计：|2"], Lines());
    }

    [Fact]
    public void A_row_beyond_the_header_is_too_long_and_loses_nothing()
    {
        using var package = Package("姓名|身份证号", "甲|1|多|余", "乙|2| ");
        Run(package);

        Assert.Equal(["甲|1|多|余|请求无效|invalid||w|句", "乙|2|一致|consistent||w|句"], Lines().Skip(1));
        Assert.Equal(Reasons.RowTooLong, Assert.Single(_problems).Row.Answer.Reasons);
        var first = File.ReadAllBytes(_result);
        var again = Path.ChangeExtension(_result, ".again.xlsx");
        File.WriteAllBytes(again, first);
        try
        {
            var lines = Lines();
            Run(again);
            Assert.Equal(lines, Lines());
        }
        finally
        {
            File.Delete(again);
        }
    }

    // Empty cells behind the last heading (ended by a bar each), merged ranges, then what the header and the row become; * marks where results stand.
    [Theory]
    [InlineData("", "序号|姓名|身份证号|联系方式||*", "1|甲|1|手|固|*", "序号|姓名|身份证号|联系方式|", "|||手机|固话", "1|甲|1|手|固")]
    [InlineData("", "序号|姓名|身份证号|联系方式||*", "1|甲|1|手|固|*", "序号|姓名|身份证号|联系方式", "|||手机|固话", "1|甲|1|手|固")]
    [InlineData("D1:D2 E1:E2", "|姓名|身份证号|||*", "1|甲|1|备||*", "序号|人员||备注|附件", "|姓名|身份证号", "1|甲|1|备|", "2|乙|2|备|附")]
    [InlineData("", "|姓名|身份证号|||*", "1|甲|1|备|附|*", "序号|人员||备注|附件", "|姓名|身份证号||", "1|甲|1|备|附")]
    [InlineData("B1:C1", "姓名|身份证号||*", "甲|1||*", "姓名|身份证号|", "甲|1")]
    [InlineData("C1:C2 D1:D2", "姓名|身份证号|||*", "甲|1|||*", "||备注|附件", "姓名|身份证号", "甲|1")]
    [InlineData("B1:C1", "姓名|身份证号||*", "甲|1|余|*", "姓名|身份证号||", "甲|1|余")]
    [InlineData("", "姓名|身份证号|*", "甲|1|*", "姓名|身份证号||||", "甲|1", "乙|2||")]
    [InlineData("", "||证件类型|证件号码||*", "1|甲|证|1|余|*", "序号|姓名|证件信息||备注", "||证件类型|证件号码", "1|甲|证|1|余")]
    public void A_header_of_several_lines_or_merged_cells_is_as_wide_as_it_is_meant(string merged, string header, string row, params string[] lines)
    {
        var ranges = string.Concat(merged.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(range => $"<mergeCell ref=\"{range}\"/>"));
        using var package = TestPackage.OfRows("").Sheet(1, $"<sheetData>{Rows(lines)}</sheetData>{(ranges.Length > 0 ? $"<mergeCells>{ranges}</mergeCells>" : "")}");
        var first = Verified(Run(package));
        Assert.Equal(0, first.Summary.Verdicts[(int)Verdict.Invalid]);
        const string Headings = "核验结论|结论代码|不一致项|备注代码|说明";
        Assert.Equal(header.Replace("*", Headings, StringComparison.Ordinal), Lines().Single(line => line.Contains(Headings, StringComparison.Ordinal)));
        Assert.Contains(row.Replace("*", "一致|consistent||w|句", StringComparison.Ordinal), Lines());
        AssertCellsSurvive(package.Path, _result);

        // Sent back, it comes out the same.
        var (lines1, again) = (Lines(), Path.ChangeExtension(_result, ".again.xlsx"));
        File.Copy(_result, again);
        try
        {
            Run(again);
            Assert.Equal(lines1, Lines());
        }
        finally
        {
            File.Delete(again);
        }
    }

    [Theory]
    [InlineData("name=人 id_number=号")]
    [InlineData("name=B id_number=号")]
    [InlineData("name=人 id_number=C")]
    public void Columns_may_be_chosen_by_headings_that_nobody_knows(string choices)
    {
        using var package = Package("序|人|号", "1|甲|220102197709280023");
        using var output = File.Create(_result);
        var chosen = choices.Split(' ').Select(choice => choice.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.True(SpreadsheetBatch.Run(Job(package.Write()) with { Choices = chosen }, output, CancellationToken.None).Ok(out var outcome, out var refusal), refusal?.English);
        Assert.Equal((1L, 1L), (Verified(outcome).Recognition!.HeaderLine, Verified(outcome).Summary.Rows));
        Assert.StartsWith("220102197709280023|甲", Assert.Single(_asked), StringComparison.Ordinal);
    }

    [Fact]
    public void Result_columns_of_a_file_sent_back_are_replaced()
    {
        using var package = Package("姓名|核验结论|结论代码|不一致项|备注代码|说明|身份证号|说明", "甲|旧|旧|旧|旧|旧|1|留", "合计|||||旧|7", "小计||||||7");
        Run(package);

        Assert.Equal(["姓名|身份证号|说明|核验结论|结论代码|不一致项|备注代码|说明", "甲|1|留|一致|consistent||w|句", "合计|||||旧|7", "小计|7"], Lines());
    }

    [Fact]
    public void A_repeated_number_names_row_sheet_and_line_of_the_first()
    {
        using var package = Package("题", "姓名|身份证号", "甲|1", "", "乙|2", "丙|1", "丁|2");
        var summary = Verified(Run(package)).Summary;

        Assert.Equal(2, summary.Duplicates);
        Assert.Equal(["句", "句", "句 1 表1 3", "句 2 表1 5"], Lines().Skip(2).Select(line => line[(line.LastIndexOf('|') + 1)..]));
    }

    [Fact]
    public void All_sheets_come_back_and_only_visible_ones_with_a_header_are_verified()
    {
        using var package = TestPackage.OfRows(Rows("说明文字"), Rows("姓名|身份证号", "甲|1"), Rows("姓名|身份证号", "乙|2"), Rows("name|id", "丙|3", "丁|4"))
            .Workbook([("说明", ""), ("名单 &lt;1&gt;", ""), ("藏", "state=\"hidden\""), ("更多", "")]);
        var outcome = Run(package.Write());

        Assert.Equal(["说明 no_header 0", "名单 <1> verified 1", "藏 hidden 0", "更多 verified 2"], outcome.Sheets.Select(sheet => $"{sheet.Name} {sheet.State} {sheet.Summary.Rows}"));
        using var book = TestSheets.Open(_result);
        Assert.Equal(["说明", "名单 <1>", "藏", "更多"], book.Sheets.Select(sheet => sheet.Name));
        Assert.Equal(SheetState.Hidden, book.Sheets[2].State);
        Assert.Equal(["姓名|身份证号", "乙|2"], TestSheets.Texts(_result, 2).Select(row => string.Join('|', row)));
    }

    [Fact]
    public void Without_any_header_the_fullest_sheet_is_shown_and_an_ambiguous_sheet_is_named()
    {
        using var none = TestPackage.OfRows(Rows("a"), Rows("甲列|乙列", "x|y"));
        var refusal = Refused(none);
        Assert.Equal("input.no-header", refusal.Code);
        Assert.Contains("表2", refusal.Chinese, StringComparison.Ordinal);
        using var ambiguous = TestPackage.OfRows(Rows("姓名|身份证号"), Rows("姓名|身份证号|证件号"));
        refusal = Refused(ambiguous);
        Assert.Equal("input.ambiguous-header", refusal.Code);
        Assert.Contains("表2", refusal.English, StringComparison.Ordinal);
        using var hidden = TestPackage.OfRows(Rows("姓名|身份证号", "甲|1")).Workbook([("藏", "state=\"hidden\"")]);
        Assert.Equal("sheet.all-hidden", Refused(hidden).Code);
    }

    [Fact]
    public void Kinds_of_cells_formats_and_merged_titles_survive()
    {
        using var package = TestPackage.OfRows("").Styles("yyyy\"年\"m\"月\"d\"日\"", "000000").Sheet(1, """
            <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>姓名</t></is></c><c r="B2" t="inlineStr"><is><t>身份证号</t></is></c><c r="C2" t="inlineStr"><is><t>其他日期</t></is></c><c r="D2" t="inlineStr"><is><t>d</t></is></c></row>
            <row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve"> &lt;甲&gt;_x000D_&amp;_x005F_x0041_ </t></is></c><c r="B3"><v>220102198001010011</v></c><c r="C3" s="1"><v>28396</v></c><c r="D3" s="2"><v>12</v></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><t>001</t></is></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="e"><v>#N/A</v></c><c r="D4"><v>0.1</v></c></row></sheetData>
            <mergeCells count="2"><mergeCell ref="A1:Z1"/><mergeCell ref="C3:F3"/></mergeCells>
            """);
        Run(package);

        AssertCellsSurvive(package.Path, _result);
        using var book = TestSheets.Open(_result);
        using var reader = book.OpenSheet(0);
        var row = new SheetRow();
        while (reader.Read(row)) { }
        Assert.Equal([new MergedRange(1, 0, 1, 25)], reader.Merged);
        Assert.Contains(reader.Widths, width => width.First == 8 && width.Width > 40);
    }

    [Fact]
    public void A_stopped_run_throws_and_progress_is_told()
    {
        using var package = Package("姓名|身份证号", "甲|1");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var output = new MemoryStream();
        Assert.Throws<OperationCanceledException>(() => SpreadsheetBatch.Run(Job(package.Write()), output, stop.Token));

        BatchProgress last = default;
        Assert.True(SpreadsheetBatch.Run(Job(package.Path) with { Progress = progress => last = progress }, output, CancellationToken.None).Ok(out _, out _));
        Assert.Equal((1L, last.TotalBytes), (last.Rows, last.Bytes));
    }

    private static string Rows(params string[] lines) => string.Concat(lines.Select(line => line.Length == 0 ? "<row/>"
        : $"<row>{string.Concat(line.Split('|').Select(cell => cell.Length == 0 ? "<c/>" : $"<c t=\"str\"><v xml:space=\"preserve\">{cell}</v></c>"))}</row>"));

    private static TestPackage Package(params string[] lines) => TestPackage.OfRows(Rows(lines));

    private static SheetOutcome Verified(SpreadsheetOutcome outcome) => outcome.Sheets.Single(sheet => sheet.State == SheetOutcome.Verified);

    private SpreadsheetOutcome Run(TestPackage package) => Run(package.Write());

    private SpreadsheetOutcome Run(string input)
    {
        using var output = File.Create(_result);
        Assert.True(SpreadsheetBatch.Run(Job(input), output, CancellationToken.None).Ok(out var outcome, out var refusal), refusal?.English);
        return outcome;
    }

    private static Refusal Refused(TestPackage package)
    {
        using var output = new MemoryStream();
        Assert.False(new SpreadsheetBatchTests().Try(package.Write(), output).Ok(out _, out var refusal));
        return refusal!;
    }

    private Result<SpreadsheetOutcome> Try(string input, Stream output) => SpreadsheetBatch.Run(Job(input), output, CancellationToken.None);

    // Decides nothing: the key cell is its own duplicate key.
    private SpreadsheetJob Job(string input) => new()
    {
        InputPath = input,
        Schema = PersonSchema.Value,
        Decide = _ => (ReadOnlySpan<string?> cells, out ulong key) =>
        {
            _asked.Add(string.Join('|', cells.ToArray()));
            key = ulong.TryParse(cells[0], out var number) ? number : 0;
            return new AnswerCore(Verdict.Consistent);
        },
        Phrases = new Phrases(),
        Written = DateTimeOffset.UnixEpoch.AddYears(50),
        Problem = (sheet, row) => _problems.Add((sheet, row)),
    };

    private List<string> Lines() => [.. TestSheets.Texts(_result).Select(row => string.Join('|', row))];

    /// <summary>Every cell of every sheet of the input stands in the output at the same place, of the same kind.</summary>
    private static void AssertCellsSurvive(string input, string output)
    {
        using var before = TestSheets.Open(input);
        using var after = TestSheets.Open(output);
        Assert.Equal(before.Sheets, after.Sheets);
        for (var i = 0; i < before.Sheets.Count; i++)
        {
            var rows = TestSheets.Rows(after, i).ToDictionary(row => row.Number, row => row.Cells);
            foreach (var (number, cells) in TestSheets.Rows(before, i))
            {
                var kept = rows[number];
                Assert.All(cells, cell => Assert.Contains(kept, other => (other.Column, other.Kind, other.Text, other.Raw, other.Format?.IsDate, other.Format?.Code) == (cell.Column, cell.Kind, cell.Text, cell.Raw, cell.Format?.IsDate, cell.Format?.Code)));
            }
        }
    }

    private sealed class Phrases : IAnswerPhrases
    {
        public AnswerWords Headings => new("核验结论", "结论代码", "不一致项", "备注代码", "说明");

        public AnswerWords Describe(AnswerCore answer, DuplicateOf? duplicateOf) =>
            new(answer.Verdict == Verdict.Consistent ? "一致" : "请求无效", answer.Verdict.Code(), "", "w", duplicateOf is { } first ? $"句 {first.Row} {first.Sheet} {first.Line}" : "句");
    }
}
