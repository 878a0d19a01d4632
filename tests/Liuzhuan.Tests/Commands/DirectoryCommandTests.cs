using Liuzhuan.Commands;

namespace Liuzhuan.Tests.Commands;

public sealed class DirectoryCommandTests : IDisposable
{
    private const string Bodies = "统一社会信用代码,单位名称,系统,级别,行政区划\n11220100DEMA000218,市局,公安,市级,220100\n";

    private const string Offices = "机构代码,机构名称,所属单位代码,级别,行政区划\n220100990000,市局户政,11220100DEMA000218,市级,220100\n";

    private const string Officers = "工号,姓名,机构代码\nJ2001,乙,220100990000\nJ2002,丙,220100990000\n";

    private const string Seats = "机构代码,顺序,工号\n220100990000,1,J2001\n220100990000,2,J2002\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-directory-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_directory_goes_in_is_asked_goes_out_and_in_again()
    {
        var bodies = Write("bodies.csv", Bodies);
        var preview = await RunAsync("directory", "import", bodies, "--preview");
        Assert.Equal((0, ""), (preview.Code, preview.Error));
        Assert.Contains("新增  单位 11220100DEMA000218", preview.Output, StringComparison.Ordinal);
        Assert.Contains("列“颜色”不认识", (await RunAsync("directory", "import", Write("x.csv", Bodies.Replace("系统", "颜色", StringComparison.Ordinal)), "--reason", "测试")).Error, StringComparison.Ordinal);
        Assert.Contains("原因或依据", (await RunAsync("directory", "import", bodies)).Error, StringComparison.Ordinal);
        foreach (var file in new[] { bodies, Write("offices.csv", Offices), Write("officers.csv", Officers), Write("seats.csv", Seats) }) Assert.Equal("", (await RunAsync("directory", "import", file, "--reason", "测试")).Error);

        Assert.Equal(0, (await RunAsync("directory", "import", Write("leave.csv", "工号,首日,末日,事由\nJ2001,2026-03-05,2026-03-06,病假\n"), "--reason", "测试")).Code);
        Assert.Equal("市局户政的联络员请假至 2026-03-06。\n由市局户政的第 1 替补负责。\nJ2002  丙\n", (await RunAsync("directory", "liaison", "220100990000")).Output);
        Assert.EndsWith("J2001  乙\n", (await RunAsync("directory", "liaison", "220100990000", "--on", "2026-03-07")).Output, StringComparison.Ordinal);

        var book = Path.Combine(_folder.FullName, "book.xlsx");
        Assert.Equal("已写出名录第 5 版：单位 1，机构 1，人员 2，联络员 2，请假 1。\n", (await RunAsync("directory", "export", book)).Output);
        Assert.Contains("0 added, 0 changed, 0 ended, 7 as they were, 0 refused", (await RunAsync("directory", "import", book, "--preview", "--lang", "en")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("directory", "export", Path.Combine(_folder.FullName, "officers.csv"), "--kind", "officers")).Code);
    }

    [Fact]
    public async Task Rows_that_cannot_be_taken_are_named_with_sheet_and_line_and_nothing_is_applied()
    {
        var run = await RunAsync("directory", "import", Write("offices.csv", Offices), "--reason", "测试");
        Assert.Equal(2, run.Code);
        Assert.Contains("拒绝  “offices.csv”第 2 行：“单位”里没有 11220100DEMA000218", run.Output, StringComparison.Ordinal);
        Assert.Contains("什么都没有导入", run.Error, StringComparison.Ordinal);
        Assert.Contains("第 0 版", (await RunAsync("directory", "export", Path.Combine(_folder.FullName, "book.xlsx"))).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("directory import nowhere.xlsx")]
    [InlineData("directory export out.csv")]
    [InlineData("directory export out.csv --kind people")]
    [InlineData("directory liaison 220100990000")]
    [InlineData("directory liaison 220100990000 --on someday")]
    public async Task What_cannot_be_done_is_refused_with_one_sentence(string line)
    {
        var run = await RunAsync(line.Split(' '));
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("错误：", run.Error, StringComparison.Ordinal);
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var terminal = new Terminal { Out = output, Error = error, OpenInput = () => Stream.Null, OpenOutput = () => Stream.Null, Clock = new TestClock(TestClock.Morning) };
        var code = await Task.Run(() => CommandLine.Run([.. args, "--data", Path.Combine(_folder.FullName, "data"), "--provider", "sqlite"], terminal));
        return (code, output.ToString(), error.ToString());
    }
}
