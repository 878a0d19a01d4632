using System.Net;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.Notices.Pages;

public class NoticePageTests
{
    private const string Reader = "T7001";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_message_is_counted_at_the_head_read_and_leads_to_its_matter(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var reader = await service.SignInAsync(Roles.WindowOfficer, officerId: Reader);
        using var other = await service.SignInAsync(Roles.WindowOfficer);
        await SendAsync(service, NoticeGround.Overdue(Actor.OfOfficer(Reader)) with { Matter = "clock/case/1 a" });
        await UntilAsync(service, "select count(*) from inbox", 1);

        var page = await PageForm.ReadAsync(reader, "/inbox?show=unread");
        Assert.Equal("已逾期：行政许可决定", page.QuerySelector(".inbox-item h2")!.Words());
        Assert.Equal("1 条未读", page.QuerySelector(".unread-count")!.Words());
        Assert.Equal("/workbench/clocks/of/case/1%20a", page.QuerySelector(".inbox-item .btn-primary")!.GetAttribute("href"));
        Assert.Equal("Overdue: decision on a permit", (await PageForm.ReadAsync(reader, "/inbox?lang=en")).QuerySelector(".inbox-item h2")!.Words());
        Assert.Empty((await PageForm.ReadAsync(other, "/inbox")).QuerySelectorAll(".inbox-item, .unread-count"));

        using (var marked = await PageForm.SendAsync(reader, "/inbox", page.QuerySelector(".inbox-item form")!)) Assert.Equal((HttpStatusCode.SeeOther, "/inbox?show=unread"), (marked.StatusCode, marked.Headers.Location!.OriginalString));
        page = await PageForm.ReadAsync(reader, "/inbox?show=unread");
        Assert.Empty(page.QuerySelectorAll(".inbox-item, .unread-count"));
        Assert.Single((await PageForm.ReadAsync(reader, "/inbox")).QuerySelectorAll(".inbox-item"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_operator_sees_causes_sends_again_and_sets_aside_and_no_number(string database)
    {
        await using var receiver = new Receiver { Answer = _ => Receiver.Reply(400, "") };
        await using var service = await TestService.StartAsync(database, options => options with { Notices = new NoticeOptions { SmsGateway = receiver.Address, Idle = TimeSpan.FromMilliseconds(20) } });
        using var operate = await service.SignInAsync(Roles.SystemAdministrator);
        await SendAsync(service, NoticeGround.Code(isUrgent: false));
        await UntilAsync(service, "select count(*) from notices where state = 'dead'", 1);

        var page = await PageForm.ReadAsync(operate, "/admin/notices?state=dead&channel=sms");
        var row = Assert.Single(page.QuerySelectorAll(".sendings tbody tr"));
        Assert.Contains("对方拒绝或出错，状态码（400）", row.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(NoticeGround.Phone, page.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("135790", page.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Empty((await PageForm.ReadAsync(operate, "/admin/notices?state=sent")).QuerySelectorAll(".sendings"));

        using (var unreasoned = await PageForm.SendAsync(operate, "/admin/notices", row.QuerySelector("form.aside-form")!, ("reason", ""))) Assert.Contains("没有选择搁置的原因", (await PageForm.ReadAsync(unreasoned)).QuerySelector(".problem")!.Words(), StringComparison.Ordinal);
        receiver.Answer = Receiver.Accepted;
        var all = page.QuerySelector("form[action*='ReplayAll']")!;
        using (var again = await PageForm.SendAsync(operate, "/admin/notices", all)) Assert.Equal((HttpStatusCode.SeeOther, "/admin/notices?state=dead&channel=sms"), (again.StatusCode, again.Headers.Location!.OriginalString));
        await UntilAsync(service, "select count(*) from notices where state = 'sent'", 1);
        Assert.Equal(1, await CountAsync(service, "select count(*) from ledger_entries where kind = 'administration' and position = (select max(position) from ledger_entries)"));
        Assert.Single(receiver.All.Select(one => one.Id).Distinct());
    }

    [Fact]
    public async Task An_operator_adds_and_disables_webhooks_and_is_told_what_is_wrong()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var operate = await service.SignInAsync(Roles.SystemAdministrator);
        var form = (await PageForm.ReadAsync(operate, "/admin/webhooks")).QuerySelector("form[action*='Add']")!;
        using (var wrong = await PageForm.SendAsync(operate, "/admin/webhooks", form, ("id", "court"), ("address", "http://inside.example/"), ("events", "clock-overdue")))
        {
            var page = await PageForm.ReadAsync(wrong);
            Assert.Equal((HttpStatusCode.BadRequest, "http://inside.example/"), (wrong.StatusCode, page.QuerySelector("#address")!.GetAttribute("value")));
            Assert.Contains("地址不能使用", page.QuerySelector(".problem")!.Words(), StringComparison.Ordinal);
        }

        using (var right = await PageForm.SendAsync(operate, "/admin/webhooks", form, ("id", "court"), ("address", "https://court.example/hook"), ("events", "clock-overdue"))) Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
        var listed = await PageForm.ReadAsync(operate, "/admin/webhooks");
        Assert.Contains("使用中", listed.QuerySelector("tbody tr")!.Words(), StringComparison.Ordinal);
        using (await PageForm.SendAsync(operate, "/admin/webhooks", listed.QuerySelector("form[action*='Disable']")!)) Assert.Contains("已停用", (await PageForm.ReadAsync(operate, "/admin/webhooks")).QuerySelector("tbody tr")!.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_looks_after_notices_sees_them_and_strangers_are_led_to_sign_in()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(Roles.WindowOfficer);
        using var stranger = TestApp.Browser(service.Address, null);
        foreach (var path in (string[])["/admin/notices", "/admin/webhooks"])
        {
            await PageForm.ReadAsync(officer, path, HttpStatusCode.Forbidden);
            await PageForm.ReadAsync(stranger, path, HttpStatusCode.SeeOther);
        }

        await PageForm.ReadAsync(stranger, "/inbox", HttpStatusCode.SeeOther);
        await PageForm.ReadAsync(officer, "/demo/messages", HttpStatusCode.NotFound);
        using var gateway = await stranger.PostAsync("/demo/gateway", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.NotFound, gateway.StatusCode);
    }

    [Fact]
    public async Task A_demonstration_shows_its_text_messages_and_takes_them_from_itself_only()
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { Demo = true, Notices = new NoticeOptions { Idle = TimeSpan.FromMilliseconds(20) } });
        using var anybody = TestApp.Browser(new UriBuilder(service.Address) { Host = "localhost" }.Uri, null);
        await SendAsync(service, NoticeGround.Code("246801"));
        await UntilAsync(service, "select count(*) from notices where state = 'sent'", 1);

        Assert.Contains("246801", (await PageForm.ReadAsync(anybody, "/demo/messages")).QuerySelector(".inbox-item")!.Words(), StringComparison.Ordinal);
        using var forged = await anybody.PostAsync("/demo/gateway", new StringContent("{\"id\":\"x\",\"to\":\"1\",\"text\":\"x\",\"segments\":1}"));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    private static Task SendAsync(TestService service, NewNotice notice) => service.App.Services.GetRequiredService<Outbox>().AddAsync(service.Data.Store, notice, CancellationToken.None);

    private static async Task UntilAsync(TestService service, string count, long expected)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await CountAsync(service, count) != expected) await Task.Delay(20, late.Token);
    }

    private static async Task<long> CountAsync(TestService service, string sql)
    {
        await using var connection = await service.Data.Store.OpenAsync(CancellationToken.None);
        return Convert.ToInt64(await connection.ScalarAsync(null, sql, CancellationToken.None), null);
    }
}
