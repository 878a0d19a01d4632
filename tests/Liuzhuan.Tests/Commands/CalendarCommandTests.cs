using Liuzhuan.Commands;

namespace Liuzhuan.Tests.Commands;

public class CalendarCommandTests
{
    [Fact]
    public async Task A_due_date_is_told_day_by_day_in_Chinese()
    {
        var run = await RunAsync("calendar", "due", "--from", "2026-02-12", "--limit", "3wd");
        Assert.Equal(
            """
            2026-02-12（周四）：开始，当日不计入（民法典第二百零一条）
            2026-02-13（周五）：第 1 个工作日
            2026-02-14（周六）：春节调休上班，第 2 个工作日
            2026-02-15（周日）至 2026-02-23（周一）：春节放假，不计入
            2026-02-24（周二）：第 3 个工作日
            届满日：2026-02-24（周二）

            """.ReplaceLineEndings("\n"), run.Output);
        Assert.Equal((0, ""), (run.Code, run.Error));
    }

    [Fact]
    public async Task And_in_English_with_everything_that_may_happen()
    {
        var run = await RunAsync("calendar", "due", "--from", "2026-12-24", "--limit", "5wd", "--extend", "2wd", "--suspend", "2026-12-28..2026-12-29", "--told", "2027-01-07", "--lang", "en");
        Assert.Equal(
            """
            Thu 2026-12-24: start; this day is not counted (civil code, article 201)
            Thu 2026-12-24: extended by 2 working days
            Fri 2026-12-25: working day 1
            Sat 2026-12-26 to Sun 2026-12-27: weekend, not counted
            Mon 2026-12-28 to Tue 2026-12-29: not counted: suspended
            Wed 2026-12-30 to Thu 2026-12-31: working days 2 to 3
            Fri 2027-01-01: New Year's Day (reckoned), not counted
            Sat 2027-01-02 to Sun 2027-01-03: weekend, not counted
            Mon 2027-01-04 to Thu 2027-01-07: working days 4 to 7
            The notice of days off for 2027 is not published; the day is provisional, reckoned by the statutory holidays. It is computed again when the notice comes, and never moves before a day that was told
            Due: Thu 2027-01-07, provisional

            """.ReplaceLineEndings("\n"), run.Output);
    }

    [Fact]
    public async Task Rules_hours_and_rolling_are_told_too()
    {
        Assert.Contains("届满：2026-10-02 17:45（北京时间）", (await RunAsync("calendar", "due", "--from", "2026-10-01", "--time", "17:45", "--limit", "24h")).Output, StringComparison.Ordinal);
        Assert.Contains("最后一日 2026-10-01（周四）是国庆节放假日，顺延至 2026-10-08（周四）（民法典第二百零三条）", (await RunAsync("calendar", "due", "--from", "2026-07-01", "--limit", "3mo")).Output, StringComparison.Ordinal);
        Assert.Contains("届满日：2026-03-30（周一）", (await RunAsync("calendar", "due", "--from", "2026-03-02", "--rule", "permit-decide")).Output, StringComparison.Ordinal);
        Assert.Contains("已告知的日期是 2026-03-31（周二），届满日不早于它", (await RunAsync("calendar", "due", "--from", "2026-03-02", "--rule", "permit-decide", "--told", "2026-03-31")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_year_is_shown_with_its_notice_or_as_provisional()
    {
        var published = await RunAsync("calendar", "show", "2026");
        Assert.Contains("国办发明电〔2025〕7号", published.Output, StringComparison.Ordinal);
        Assert.Contains("放假  2026-02-15（周日） 至 2026-02-23（周一）  春节", published.Output, StringComparison.Ordinal);
        Assert.EndsWith("全年 248 个工作日\n", published.Output, StringComparison.Ordinal);
        var reckoned = await RunAsync("calendar", "show", "2027", "--lang", "en");
        Assert.Contains("provisional", reckoned.Output, StringComparison.Ordinal);
        Assert.Contains("off   Fri 2027-02-05 to Wed 2027-02-10  Spring Festival", reckoned.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calendar due --from 2026-02-30 --limit 5wd")]
    [InlineData("calendar due --from 2026-02-03 --limit 5w")]
    [InlineData("calendar due --from 2026-02-03 --limit 99999y")]
    [InlineData("calendar due --from 2026-02-03")]
    [InlineData("calendar due --from 2026-02-03 --limit 5wd --rule permit-decide")]
    [InlineData("calendar due --from 2026-02-03 --rule permission")]
    [InlineData("calendar due --from 2003-02-03 --rule permit-decide")]
    [InlineData("calendar due --from 2026-02-03 --rule permit-decide --extend 11wd")]
    [InlineData("calendar due --from 2026-02-03 --limit 5wd --suspend 2026-02-09..2026-02-08")]
    [InlineData("calendar due --from 2026-02-03 --limit 5wd --suspend 2026-02-09")]
    [InlineData("calendar due --from 2026-02-03 --limit 24h --extend 1wd")]
    [InlineData("calendar due --from 2026-02-03 --limit 24h --time noon")]
    [InlineData("calendar due --from 1850-02-03 --limit 5wd")]
    [InlineData("calendar show 1850")]
    public async Task What_cannot_be_reckoned_is_refused_with_one_sentence(string line)
    {
        var run = await RunAsync(line.Split(' '));
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("错误：", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    internal static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await Task.Run(() => CommandLine.Run(args, new Terminal { Out = output, Error = error, OpenInput = () => Stream.Null, OpenOutput = () => Stream.Null, Clock = new TestClock(TestClock.Morning) }));
        return (code, output.ToString(), error.ToString());
    }
}
