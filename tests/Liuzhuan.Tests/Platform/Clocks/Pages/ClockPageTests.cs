using System.Net;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Tests.Platform.Clocks.Keeping;
using Microsoft.Extensions.DependencyInjection;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Pages;

public class ClockPageTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Clocks_stand_in_order_of_their_end_and_one_tells_its_arithmetic(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.PolicyOfficer);
        await StartAsync(service, "case/later", "20wd");
        await StartAsync(service, "case/sooner", "5wd");
        await StartAsync(service, "case/over", "5wd");
        await RecordAsync(service, "case/over", Entry(ClockAct.Stop, "2026-03-05"));

        var page = await PageForm.ReadAsync(officer, "/workbench/clocks");
        Assert.Equal(["case/sooner", "case/later"], page.QuerySelectorAll(".matter code").Select(one => one.TextContent));
        Assert.Equal(["case/over"], (await PageForm.ReadAsync(officer, "/workbench/clocks?state=done")).QuerySelectorAll(".matter code").Select(one => one.TextContent));
        Assert.Empty((await PageForm.ReadAsync(officer, "/workbench/clocks?state=late")).QuerySelectorAll(".clock-card"));

        var one = await PageForm.ReadAsync(officer, page.QuerySelector(".matter a")!.GetAttribute("href")!);
        Assert.Contains("2026-03-11", one.QuerySelector(".clock-due")!.Words(), StringComparison.Ordinal);
        Assert.NotNull(one.QuerySelector(".clock-steps[open]"));
        Assert.Contains("届满日：2026-03-11（周三）", one.QuerySelector(".clock-steps li:last-child")!.Words(), StringComparison.Ordinal);
        Assert.Contains("开始 2026-03-04（周三）", one.QuerySelector(".timeline")!.Words(), StringComparison.Ordinal);
        await PageForm.ReadAsync(officer, "/workbench/clocks/of/case/none", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_clock_is_seen_by_whose_reach_it_lies_in()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var (mine, elsewhere) = (TestStaff.Station, TestStaff.Station with { Office = "220202010000", Division = "220202", Agency = "11220000DEMX00022A" });
        await StartAsync(service, "case/1", "5wd", "220102", $"role/liaison@{mine.Office}");
        await StartAsync(service, "case/2", "5wd");
        foreach (var (role, post, seen) in new[]
        {
            (Roles.WindowOfficer, mine, 1), (Roles.Liaison, mine, 1), (Roles.Supervisor, mine, 1), (Roles.PolicyOfficer, mine, 2),
            (Roles.WindowOfficer, elsewhere, 0), (Roles.Liaison, elsewhere, 0), (Roles.Supervisor, elsewhere, 0),
        })
        {
            using var officer = await service.SignInAsync(role, post);
            Assert.True(seen == (await PageForm.ReadAsync(officer, "/workbench/clocks")).QuerySelectorAll(".clock-card").Length, $"{role} at {post.Office}");
            await PageForm.ReadAsync(officer, "/workbench/clocks/of/case/1", seen > 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_year_shows_its_days_and_a_year_without_a_notice_says_that_it_is_provisional()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(Roles.WindowOfficer);

        var page = await PageForm.ReadAsync(officer, "/workbench/calendar?year=2026");
        Assert.Equal(12, page.QuerySelectorAll(".month").Length);
        Assert.Equal(365, page.QuerySelectorAll(".month td").Count(day => day.TextContent.Trim().Length > 0));
        Assert.Equal("16 休", page.QuerySelectorAll(".month")[1].QuerySelectorAll("td").First(day => day.TextContent.Trim().StartsWith("16", StringComparison.Ordinal)).Words());
        Assert.Equal("14 班", page.QuerySelectorAll(".month")[1].QuerySelectorAll("td").First(day => day.TextContent.Trim().StartsWith("14", StringComparison.Ordinal)).Words());
        Assert.Null(page.QuerySelector("a[href='/workbench/calendar/import']"));
        Assert.Contains("文号未见原件", page.QuerySelector("#glance")!.ParentElement!.ParentElement!.Words(), StringComparison.Ordinal);
        Assert.Contains("not seen in the notice itself: document number, date", (await PageForm.ReadAsync(officer, "/workbench/calendar?year=2024&lang=en")).QuerySelector("main")!.Words(), StringComparison.Ordinal);

        var guess = await PageForm.ReadAsync(officer, "/workbench/calendar?year=2028&lang=en");
        Assert.Contains("The notice for 2028 was not imported yet", guess.QuerySelector(".clock-note")!.Words(), StringComparison.Ordinal);
        Assert.Empty(guess.QuerySelectorAll("td .day-work"));
    }

    [Fact]
    public async Task A_due_date_is_reckoned_day_by_day_and_what_is_wrong_is_told()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(Roles.WindowOfficer);

        var page = await PageForm.ReadAsync(officer, "/workbench/calendar?from=2026-02-12&rule=criminal-record");
        Assert.Contains("2026-02-24", page.QuerySelector(".clock-due")!.Words(), StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll(".clock-steps li"), step => step.Words().Contains("春节放假", StringComparison.Ordinal));
        var excluded = await PageForm.ReadAsync(officer, "/workbench/calendar?from=2026-03-02&rule=permit-notice&exfrom=2026-03-04&exto=2026-03-06");
        Assert.Contains("2026-03-12", excluded.QuerySelector(".clock-due")!.Words(), StringComparison.Ordinal);
        foreach (var wrong in (string[])["from=2026-13-01&rule=permit-notice", "from=2026-03-02&rule=none", "from=1900-01-01&rule=permit-notice", "from=2026-03-02&rule=permit-notice&exfrom=2026-03-06&exto=2026-03-04", "from=2026-03-02&rule=permit-notice&exfrom=x"])
        {
            var refused = await PageForm.ReadAsync(officer, "/workbench/calendar?" + wrong);
            Assert.True(refused.QuerySelector(".problem") is not null && refused.QuerySelector(".clock-card") is null, wrong);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_notice_is_looked_at_first_and_imported_then_and_what_was_told_stays(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.PolicyOfficer);
        using var other = await service.SignInAsync(Roles.WindowOfficer);
        await PageForm.ReadAsync(other, "/workbench/calendar/import", HttpStatusCode.Forbidden);
        await StartAsync(service, "case/moves", "20wd", day: "2027-09-20");
        var text = Notices.Of2027;

        var form = (await PageForm.ReadAsync(officer, "/workbench/calendar/import")).QuerySelector("form[action*='Preview']")!;
        using (var broken = await PageForm.SendFileAsync(officer, "/workbench/calendar/import", form, "year: 2027\nnonsense: 1\n")) Assert.Contains("2", (await PageForm.ReadAsync(broken)).QuerySelector(".problem")!.Words(), StringComparison.Ordinal);
        using var looked = await PageForm.SendFileAsync(officer, "/workbench/calendar/import", form, text);
        var preview = await PageForm.ReadAsync(looked);
        Assert.Contains("还没有导入", preview.QuerySelector("main")!.Words(), StringComparison.Ordinal);
        Assert.Equal(["case/moves"], preview.QuerySelectorAll("tbody th code").Select(one => one.TextContent));
        Assert.Null((await PageForm.ReadAsync(officer, "/workbench/calendar?year=2027")).QuerySelector(".tag-good"));

        using var applied = await PageForm.SendAsync(officer, "/workbench/calendar/import", preview.QuerySelector("form[action*='Apply']")!);
        Assert.Contains("已导入 2027 年", (await PageForm.ReadAsync(applied)).QuerySelector(".proved")!.Words(), StringComparison.Ordinal);
        Assert.NotNull((await PageForm.ReadAsync(officer, "/workbench/calendar?year=2027")).QuerySelector("main .tag-good"));
        using var twice = await PageForm.SendFileAsync(officer, "/workbench/calendar/import", form, text);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Fact]
    public void A_card_says_how_much_is_used_and_left()
    {
        var reading = ReadClock.Of(Rule("5wd", null), [Entry(ClockAct.Start, "2026-03-04")], Liuzhuan.Platform.Clocks.Calendars.WorkingCalendar.Shipped);
        // The day of receipt is not counted, and today is still to come.
        foreach (var (day, state, kind, used, left) in new[]
        {
            ("2026-03-04", ClockState.Running, StatusKind.Good, 0L, 5L), ("2026-03-05", ClockState.Running, StatusKind.Good, 0L, 5L),
            ("2026-03-11", ClockState.Running, StatusKind.Warning, 4L, 1L), ("2026-03-12", ClockState.Overdue, StatusKind.Bad, 5L, 0L),
        })
        {
            var card = new ClockCard("case/1", reading, Liuzhuan.Platform.Clocks.ChinaTime.StartOf(DateOnly.Parse(day)).AddHours(10));
            Assert.Equal((day, state, kind, used, 5L, left), (day, card.State, card.Status.Kind, card.Progress.Used, card.Progress.Whole, card.Progress.Left));
        }
    }

    private static async Task StartAsync(TestService service, string id, string limit, string division = "", string? holder = null, string day = "2026-03-04") =>
        ClockGround.Taken(await service.App.Services.GetRequiredService<KeepClock>().StartAsync(id, division, Rule(limit, null), Entry(ClockAct.Start, day), holder, default));

    private static async Task RecordAsync(TestService service, string id, ClockEntry entry) => ClockGround.Taken(await service.App.Services.GetRequiredService<KeepClock>().RecordAsync(id, entry, default));
}
