using Liuzhuan.Exchange.Recognition;
using Liuzhuan.Exchange.Wording;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Registers;
using Liuzhuan.Tests.Platform.Spreadsheets;

namespace Liuzhuan.Tests.Exchange.Recognition;

public sealed class SampleVerdictTests
{
    [Fact]
    public void Every_row_of_the_sample_workbooks_gets_the_verdict_it_must_get()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-verdicts-").FullName;
        try
        {
            var schema = SchemaCatalogue.Find("person")!;
            var snapshot = Path.Combine(folder, "people.lzr");
            SnapshotBuilder.Build(new BuildRequest(schema, Path.Combine(TestSheets.Samples, "register.csv"), snapshot, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)), null, CancellationToken.None);
            using var register = Register.Open(snapshot, SchemaCatalogue.Find);
            foreach (var file in (string[])["school.xlsx", "two_sheets.xlsx", "damaged_numbers.xlsx", "court.xls"])
            {
                var expected = File.ReadLines(Path.Combine(TestSheets.Samples, "expected.csv")).Select(line => line.Split(',')).Where(row => row[0] == file).ToList();
                var answers = Answers(Path.Combine(TestSheets.Samples, "requests", file), register, Path.Combine(folder, "result.xlsx"));
                Assert.Equal(expected.Count, answers.Count);
                foreach (var (row, cells) in expected.Zip(answers))
                {
                    Assert.Equal($"{file} {row[1]} {row[2]} {row[3]}", $"{file} {row[1]} {cells.Code} {cells.Fields}");
                    if (row[4].Length > 0) Assert.Contains(row[4], cells.Notes.Split(';'));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_a_workbook_says_of_its_cells_decides_what_is_wrong_with_them()
    {
        var folder = Directory.CreateTempSubdirectory("liuzhuan-verdicts-").FullName;
        try
        {
            var snapshot = Path.Combine(folder, "people.lzr");
            SnapshotBuilder.Build(new BuildRequest(SchemaCatalogue.Find("person")!, Path.Combine(TestSheets.Samples, "register.csv"), snapshot, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)), null, CancellationToken.None);
            using var register = Register.Open(snapshot, SchemaCatalogue.Find);
            using var package = TestPackage.OfRows("""
                <row><c t="str"><v>姓名</v></c><c t="str"><v>身份证号</v></c></row>
                <row><c t="str"><v>王伟</v></c><c t="str"><v>220104198001010000</v></c></row>
                <row><c t="str"><v>王伟</v></c><c><v>220104198001010000</v></c></row>
                <row><c t="e"><v>#REF!</v></c><c t="str"><v>11010519491231002X</v></c></row>
                <row><c t="e"><f>A9</f><v>#SPILL!</v></c><c t="str"><v>220104198001010015</v></c></row>
                """);
            var answers = Answers(package.Write(), register, Path.Combine(folder, "result.xlsx"));
            Assert.Equal(["number_check_digit", "number_damaged_by_spreadsheet", "name_characters", "name_characters"], answers.Select(answer => answer.Notes));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The result cells of the data rows, read back from the written workbook.
    private static List<(string Code, string Fields, string Notes)> Answers(string input, Register register, string result)
    {
        var job = new SpreadsheetJob
        {
            InputPath = input,
            Schema = register.Schema,
            Decide = SpreadsheetJob.Against(register, DisclosurePolicy.Full),
            Phrases = new AnswerPhrases(register.Schema, "zh"),
            Written = DateTimeOffset.UnixEpoch.AddYears(50),
        };
        using (var output = File.Create(result))
        {
            Assert.True(SpreadsheetBatch.Run(job, output, CancellationToken.None).Ok(out _, out var refusal), refusal?.English);
        }

        var answers = new List<(string, string, string)>();
        using var book = TestSheets.Open(result);
        for (var sheet = 0; sheet < book.Sheets.Count; sheet++)
        {
            foreach (var (_, cells) in TestSheets.Rows(book, sheet))
            {
                var code = Array.FindIndex(cells, cell => AnswerCodes.Verdicts.Contains(cell.Text));
                if (code >= 0) answers.Add((cells[code].Text, Text(cells, cells[code].Column + 1), Text(cells, cells[code].Column + 2)));
            }
        }

        return answers;
    }

    private static string Text(Liuzhuan.Platform.Spreadsheets.SheetCell[] cells, int column) => Array.Find(cells, cell => cell.Column == column).Text ?? "";
}
