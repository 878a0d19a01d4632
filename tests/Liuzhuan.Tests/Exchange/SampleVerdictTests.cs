using ExcelDataReader;
using Liuzhuan.Exchange;

namespace Liuzhuan.Tests.Exchange;

public sealed class SampleVerdictTests(Samples samples) : IClassFixture<Samples>
{
    private static readonly ILookup<string, Expected> Answers = File.ReadLines(Samples.File("expected.csv")).Skip(1)
        .Select(line => line.Split(',')).Select(cells => new Expected(cells[0], int.Parse(cells[1]), cells[2], cells[3], cells[4])).ToLookup(row => row.File);

    public static TheoryData<string> Files => [.. Answers.Select(group => group.Key).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_row_of_a_sample_file_gets_the_verdict_it_must(string file)
    {
        var (report, output) = Verify(file);
        var rows = Rows(output).Where(row => row.Code.Length > 0).ToList();
        var expected = Answers[file].OrderBy(row => row.Row).ToList();

        Assert.Equal(expected.Count, rows.Count);
        Assert.Equal(expected.Count, report.Rows);
        Assert.Equal(report.Rows, report.Verdicts.Values.Sum());
        foreach (var (want, got) in expected.Zip(rows))
        {
            Assert.Equal((want.Row, want.Code, want.Fields), (want.Row, got.Code, got.Fields));
            if (want.Note.Length > 0) Assert.Contains(want.Note, got.Notes.Split(';'));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_result_sent_back_gives_the_same_result_again(string file)
    {
        var (first, output) = Verify(file);
        var (second, again) = Verify(output);
        Assert.Equal(first.Verdicts, second.Verdicts);
        Assert.Equal(Decided(output), Decided(again));
    }

    private static IEnumerable<Got> Decided(string output) => Rows(output).Where(row => row.Notes != "row_too_long");

    private (VerifyReport Report, string Output) Verify(string file)
    {
        var input = Path.IsPathRooted(file) ? file : Samples.File($"requests/{file}");
        var output = Path.Combine(samples.Folder(), Path.ChangeExtension(Path.GetFileName(file), Path.GetExtension(file) == ".xls" ? ".xlsx" : Path.GetExtension(file)));
        using var register = samples.Open();
        var request = new VerifyRequest { InputPath = input, InputName = input, OutputPath = output };
        Assert.True(VerifyFile.Run(request, register, new TestClock(TestClock.Morning), null, CancellationToken.None).Ok(out var report, out var refusal), refusal?.English);
        return (report, output);
    }

    // The result columns by their headings, read by other people's readers.
    private static List<Got> Rows(string output)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        using var stream = File.OpenRead(output);
        using var reader = Path.GetExtension(output) == ".xlsx" ? ExcelReaderFactory.CreateReader(stream)
            : ExcelReaderFactory.CreateCsvReader(stream, new ExcelReaderConfiguration { FallbackEncoding = Fallback(output), AutodetectSeparators = [Separator(output)] });
        var rows = new List<Got>();
        do
        {
            int[]? columns = null;
            while (reader.Read())
            {
                var cells = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i)?.ToString() ?? "").ToList();
                if (columns is null && cells.Contains("结论代码")) columns = [cells.IndexOf("结论代码"), cells.IndexOf("不一致项"), cells.IndexOf("备注代码")];
                else if (columns is not null)
                {
                    // A row with more cells than the header has its result after its last cell.
                    var shift = Math.Max(0, cells.FindLastIndex(cell => cell.Length > 0) - columns[2] - 1);
                    rows.Add(new Got(cells[columns[0] + shift], cells[columns[1] + shift], cells[columns[2] + shift]));
                }
            }
        }
        while (reader.NextResult());
        return rows;
    }

    // Note codes are joined by semicolons, which misleads the guess of that reader.
    private static char Separator(string output) => Path.GetFileName(output) switch
    {
        "notary_quoted.csv" => ';',
        "unicode_text.csv" => '\t',
        _ => ',',
    };

    private static System.Text.Encoding Fallback(string output) => System.Text.Encoding.GetEncoding(output.Contains("gb18030", StringComparison.Ordinal) ? "GB18030" : "utf-8");

    private sealed record Expected(string File, int Row, string Code, string Fields, string Note);

    private sealed record Got(string Code, string Fields, string Notes);
}
