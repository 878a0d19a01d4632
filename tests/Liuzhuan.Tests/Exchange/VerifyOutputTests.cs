using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Exchange;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Tests.Exchange;

public sealed class VerifyOutputTests(Samples samples) : IClassFixture<Samples>
{
    private const string Input = "序号,姓名,身份证号\r\n1,高静伟,210102197702083533\r\n2,,\r\n3,高涛涛,220702198307168894\r\n合计,2人,\r\n";

    private readonly string _folder = samples.Folder();

    [Fact]
    public void Lines_come_back_with_their_bytes_and_rows_get_five_cells()
    {
        var output = Verified(Input);
        var lines = File.ReadAllText(output).Split("\r\n");
        var given = Input.Split("\r\n");
        Assert.Equal(given.Length, lines.Length);
        Assert.All(given.Zip(lines), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.EndsWith(",核验结论,结论代码,不一致项,备注代码,说明", lines[0]);
        Assert.Equal(5, lines[1].Split(',').Length - 3);
        Assert.Equal(given[4], lines[4]);
    }

    [Theory]
    [InlineData('\t', "a,b,c,d"), InlineData('\t', "Rm 5, Bldg 3, Renmin St, Changchun"), InlineData(';', "\"a,b;c,d,e\""), InlineData(',', "a;b;c;d;e"), InlineData('|', "a,b,c,d,e")]
    public void The_delimiter_is_the_one_that_makes_the_header_even_if_cells_hold_more_of_another(char delimiter, string remark)
    {
        string[] row = ["高静伟", "210102197702083533", remark];
        var lines = File.ReadAllLines(Verified($"姓名{delimiter}身份证号{delimiter}备注\n" + string.Concat(Enumerable.Repeat(string.Join(delimiter, row) + "\n", 3))));
        Assert.All(lines[1..], line => Assert.StartsWith($"{string.Join(delimiter, row)}{delimiter}一致{delimiter}consistent", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("序号,姓名,证件信息,\n,,证件类型,证件号码\n1,,身份证,210102197702083533\n2,高静伟,身份证,210102197702083533\n", "2,高静伟,身份证,210102197702083533,一致")]
    [InlineData("某单位,填表,,\n序,甲,类,乙\n1,,身份证,210102197702083533\n2,高静伟,身份证,210102197702083533\n", "2,高静伟,身份证,210102197702083533,一致")]
    public void Nobody_becomes_the_header_when_columns_are_chosen_by_letter(string text, string second)
    {
        var lines = File.ReadAllLines(Verified(text, request => request with { Columns = new Dictionary<string, string> { ["name"] = "B", ["id_number"] = "D" } }));
        Assert.EndsWith(",核验结论,结论代码,不一致项,备注代码,说明", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1,,身份证,210102197702083533,请求无效,invalid,,name_missing", lines[2], StringComparison.Ordinal);
        Assert.StartsWith(second, lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void The_encoding_is_told_by_the_first_characters_beyond_ascii_however_late_they_come()
    {
        var (input, output) = (Path.Combine(_folder, "late.csv"), Path.Combine(_folder, "out.csv"));
        using (var file = File.Create(input))
        {
            file.Write("name,id_number\n"u8);
            for (var i = 0; i < 20_000; i++) file.Write("Smith John,210102197702083533\n"u8);
            // 高静伟 in GB18030.
            file.Write([0xB8, 0xDF, 0xBE, 0xB2, 0xCE, 0xB0, .. ",210102197702083533\n"u8]);
        }

        using var register = samples.Open();
        Assert.True(VerifyFile.Run(Request(input, output), register, TimeProvider.System, null, CancellationToken.None).Ok(out var report, out var refusal), refusal?.English);
        Assert.Equal("gb18030", report.Input.Encoding);
        Assert.Equal((20_001, 1), (report.Rows, report.Verdicts["consistent"]));
    }

    [Fact]
    public void A_failed_run_leaves_the_old_result_and_nothing_else()
    {
        var output = Path.Combine(_folder, "out.csv");
        File.WriteAllText(output, "old");
        Assert.Equal("input.no-rows", Refused(File_("empty.csv", "姓名,身份证号\n"), output).Code);
        Assert.Equal("old", File.ReadAllText(output));
        Assert.Equal(["empty.csv", "out.csv"], Names());
    }

    [Fact]
    public void A_cancelled_run_leaves_the_old_result_and_nothing_else()
    {
        var (input, output) = (File_("in.csv", Input), Path.Combine(_folder, "out.csv"));
        File.WriteAllText(output, "old");
        using var stop = new CancellationTokenSource();
        using var register = samples.Open();
        Assert.ThrowsAny<OperationCanceledException>(() => VerifyFile.Run(Request(input, output), register, TimeProvider.System, _ => stop.Cancel(), stop.Token));
        Assert.Equal("old", File.ReadAllText(output));
        Assert.Equal(["in.csv", "out.csv"], Names());
    }

    [Fact]
    public void The_input_is_never_written_over_by_whatever_name_it_goes()
    {
        var input = File_("in.csv", Input);
        var link = Path.Combine(_folder, "link.csv");
        File.CreateSymbolicLink(link, input);
        Assert.Equal("output.same", Refused(input, input).Code);
        Assert.Equal("output.same", Refused(input, Path.Combine(_folder, "..", Path.GetFileName(_folder), "in.csv")).Code);
        Assert.Equal("output.same", Refused(input, link).Code);
        Assert.Equal("output.same", Refused(link, input).Code);
        Assert.Equal(Input, File.ReadAllText(input));
    }

    [Fact]
    public void A_second_hard_link_to_the_input_is_the_input()
    {
        var (input, other) = (File_("in.csv", Input), Path.Combine(_folder, "hard.csv"));
        using (var ln = System.Diagnostics.Process.Start("ln", [input, other])) ln.WaitForExit();
        Assert.Equal("output.same", Refused(input, other).Code);
    }

    [Theory]
    [InlineData("out.xlsx")]
    [InlineData("out.xls")]
    [InlineData("out.pdf")]
    [InlineData("out")]
    public void An_extension_that_does_not_fit_is_refused(string name) =>
        Assert.Equal("output.extension", Refused(File_("in.csv", Input), Path.Combine(_folder, name)).Code);

    [Fact]
    public void A_missing_directory_is_named() =>
        Assert.Contains("nowhere", Refused(File_("in.csv", Input), Path.Combine(_folder, "nowhere", "out.csv")).Chinese, StringComparison.Ordinal);

    [Fact]
    public void Result_and_report_may_not_be_one_file()
    {
        var output = Path.Combine(_folder, "out.csv");
        Assert.Equal("output.same", Refused(File_("in.csv", Input), output, request => request with { ProblemsPath = output }).Code);
    }

    [Fact]
    public void A_spreadsheet_under_a_text_name_is_refused()
    {
        var input = Path.Combine(_folder, "sheet.csv");
        File.Copy(Samples.File("requests/school.xlsx"), input);
        Assert.Equal("input.kind", Refused(input, Path.Combine(_folder, "out.csv")).Code);
    }

    [Fact]
    public void The_report_has_the_agreed_keys_and_true_digests()
    {
        var report = Path.Combine(_folder, "report.json");
        var output = Verified(Input, request => request with { ReportPath = report });
        using var json = JsonDocument.Parse(File.ReadAllText(report));
        var root = json.RootElement;
        Assert.Equal(Digest(Path.Combine(_folder, "in.csv")), root.GetProperty("input").GetProperty("sha256").GetString());
        Assert.Equal(Digest(output), root.GetProperty("output").GetProperty("sha256").GetString());
        Assert.Equal("utf-8", root.GetProperty("input").GetProperty("encoding").GetString());
        Assert.Equal(",", root.GetProperty("input").GetProperty("delimiter").GetString());
        Assert.Equal(2, root.GetProperty("input").GetProperty("sheets")[0].GetProperty("rows").GetInt32());
        Assert.Equal(["consistent", "inconsistent", "not_in_register", "cannot_decide", "invalid"], root.GetProperty("verdicts").EnumerateObject().Select(verdict => verdict.Name));
        Assert.Equal(64, root.GetProperty("register").GetProperty("digest").GetString()!.Length);
        Assert.True(root.GetProperty("register").GetProperty("asOf").TryGetDateTimeOffset(out _));
        Assert.True(root.TryGetProperty("reasons", out _) && root.TryGetProperty("seconds", out _) && root.GetProperty("rows").GetInt32() == 2);
    }

    [Fact]
    public void Rows_to_mend_are_listed_with_their_place()
    {
        var problems = Path.Combine(_folder, "problems.csv");
        Verified("姓名,身份证号\n高静伟,210102197702083533\n高静伟,2101021977020835\n", request => request with { ProblemsPath = problems });
        var lines = File.ReadAllLines(problems);
        Assert.Equal("工作表,行号,数据行,姓名,身份证号,核验结论,结论代码,不一致项,备注代码,说明", lines[0]);
        Assert.StartsWith(",3,2,高静伟,2101021977020835,请求无效,invalid,,number_length,", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void A_stream_in_and_a_stream_out_give_what_files_give()
    {
        var expected = File.ReadAllBytes(Verified(Input));
        using var register = samples.Open();
        using var output = new MemoryStream();
        var request = new VerifyRequest { InputStream = new MemoryStream(Encoding.UTF8.GetBytes(Input)), InputName = "stdin.csv", OutputStream = output };
        Assert.True(VerifyFile.Run(request, register, TimeProvider.System, null, CancellationToken.None).Ok(out _, out _));
        Assert.Equal(expected, output.ToArray());
    }

    [Fact]
    public void A_dry_run_tells_the_columns_and_writes_nothing()
    {
        using var register = samples.Open();
        var request = new VerifyRequest { InputPath = File_("in.csv", Input), InputName = "in.csv", DryRun = true };
        Assert.True(VerifyFile.Run(request, register, TimeProvider.System, null, CancellationToken.None).Ok(out var report, out _));
        Assert.Equal([("id_number", "C"), ("name", "B")], report.Input.Sheets[0].Columns.Select(column => (column.Name, column.Column)));
        Assert.Equal(["in.csv"], Names());
    }

    [Fact]
    public void An_old_register_is_told_of()
    {
        using var register = samples.Open();
        var late = new TestClock(TestClock.Morning.AddDays(40));
        Assert.True(VerifyFile.Run(Request(File_("in.csv", Input), Path.Combine(_folder, "out.csv")), register, late, null, CancellationToken.None).Ok(out var report, out _));
        Assert.True(report.RegisterIsOld);
    }

    private string Verified(string text, Func<VerifyRequest, VerifyRequest>? with = null)
    {
        var output = Path.Combine(_folder, "out.csv");
        var request = Request(File_("in.csv", text), output);
        using var register = samples.Open();
        Assert.True(VerifyFile.Run(with?.Invoke(request) ?? request, register, TimeProvider.System, null, CancellationToken.None).Ok(out _, out var refusal), refusal?.English);
        return output;
    }

    private Refusal Refused(string input, string output, Func<VerifyRequest, VerifyRequest>? with = null)
    {
        using var register = samples.Open();
        var request = Request(input, output);
        Assert.False(VerifyFile.Run(with?.Invoke(request) ?? request, register, TimeProvider.System, null, CancellationToken.None).Ok(out _, out var refusal));
        return refusal;
    }

    private static VerifyRequest Request(string input, string output) => new() { InputPath = input, InputName = input, OutputPath = output };

    private string File_(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private IEnumerable<string> Names() => Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
