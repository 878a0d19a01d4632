using Liuzhuan.Commands;
using Liuzhuan.Tests.Platform.Clocks;

namespace Liuzhuan.Tests.Commands;

public sealed class ClockCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liuzhuan-clocks-");
    private readonly TestClock _clock = new(TestClock.Morning);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_clock_lives_on_the_command_line_from_its_start_to_its_alarms()
    {
        var started = await RunAsync("clocks", "start", "case/2026-000001", "--rule", "permit-decide", "--day", "2026-03-02");
        Assert.Equal((0, ""), (started.Code, started.Error));
        Assert.Contains("届满日：2026-03-30（周一）", started.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("clocks", "record", "case/2026-000001", "exclude", "--day", "2026-03-09", "--until", "2026-03-13", "--provision", "行政许可法第四十五条")).Code);
        var refused = await RunAsync("clocks", "record", "case/2026-000001", "extend", "--by", "10wd", "--provision", "行政许可法第四十二条");
        Assert.Equal(2, refused.Code);
        Assert.Contains("本行政机关负责人", refused.Error, StringComparison.Ordinal);
        Assert.Contains("已逾期应于", (await AlarmsAtAsync("2026-05-01")).Replace("，", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("", await AlarmsAtAsync("2026-05-02"));
        Assert.Equal("case/2026-000001  已逾期  2026-04-07  行政许可决定\n", (await RunAsync("clocks", "list")).Output);
        var shown = await RunAsync("clocks", "show", "case/2026-000001", "--lang", "en");
        Assert.Contains("Mon 2026-03-09 to Fri 2026-03-13: not counted: time that the law leaves out (on 行政许可法第四十五条)", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("clocks", "record", "case/2026-000001", "stop", "--day", "2026-04-08", "--provision", "行政许可法第四十二条")).Code);
        Assert.Equal("", (await RunAsync("clocks", "list")).Output);
    }

    [Fact]
    public async Task A_year_is_tried_then_imported_and_used_from_then_on()
    {
        var file = Path.Combine(_folder.FullName, "2027.yaml");
        await File.WriteAllTextAsync(file, Notices.Of2027);
        Assert.Equal(0, (await RunAsync("clocks", "start", "case/1", "--rule", "permit-deliver", "--day", "2027-01-25")).Code);
        var dry = await RunAsync("calendar", "import", file, "--dry-run");
        Assert.Contains("case/1  2027-02-12（暂定） -> 2027-02-15  送达许可证件", dry.Output, StringComparison.Ordinal);
        Assert.Contains("什么都没有导入", dry.Output, StringComparison.Ordinal);
        Assert.Contains("尚未公布", (await RunAsync("calendar", "show", "2027")).Output, StringComparison.Ordinal);
        Assert.Contains("已导入 2027 年的放假安排（测试〔2026〕1号），改变了 1 个时限", (await RunAsync("calendar", "import", file)).Output, StringComparison.Ordinal);
        Assert.Contains("测试〔2026〕1号", (await RunAsync("calendar", "show", "2027")).Output, StringComparison.Ordinal);
        Assert.EndsWith("届满日：2027-02-15（周一）\n", (await RunAsync("calendar", "due", "--from", "2027-01-25", "--limit", "10wd")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("calendar", "import", file)).Code);
    }

    [Theory]
    [InlineData("clocks show case/nowhere")]
    [InlineData("clocks record case/nowhere stop --provision x")]
    [InlineData("clocks record case/nowhere finish")]
    [InlineData("clocks record case/nowhere stop --day yesterday")]
    [InlineData("clocks start case/1 --rule permission")]
    [InlineData("clocks start case/1 --rule exchange-month --division Jilin")]
    [InlineData("calendar import nowhere.yaml")]
    public async Task What_cannot_be_done_is_refused_with_one_sentence(string line)
    {
        var run = await RunAsync(line.Split(' '));
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("错误：", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    private async Task<string> AlarmsAtAsync(string day)
    {
        _clock.Now = DateTimeOffset.Parse($"{day}T09:00:00+08:00");
        return (await RunAsync("clocks", "alarms")).Output;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await Task.Run(() => CommandLine.Run([.. args, "--data", _folder.FullName, "--provider", "sqlite"], new Terminal { Out = output, Error = error, OpenInput = () => Stream.Null, OpenOutput = () => Stream.Null, Clock = _clock }));
        return (code, output.ToString(), error.ToString());
    }
}
