using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Webhooks;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>The pages of notices, clocks and the calendar in every state, language and look: nothing sticks out, and axe-core finds no violation.</summary>
public sealed class NoticePageStateTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Number = "T7002";

    public static TheoryData<string, int, string> Views => PageStateTests.Views;

    [Theory, MemberData(nameof(Views))]
    public async Task Every_state_is_accessible_and_fits(string language, int width, string look)
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { Notices = new NoticeOptions { Idle = TimeSpan.FromMilliseconds(20) } });
        await FillAsync(service);
        var page = await chromium.OpenAsync(service.Address, width, language: language, look: look);
        using (await service.SignInAsync(Roles.PolicyOfficer, officerId: Number)) await EnterAsync(service, page, Number);
        await CheckAsync("inbox", "/inbox");
        await CheckAsync("inbox-none", "/inbox?show=unread&p=9");
        await CheckAsync("clocks", "/workbench/clocks");
        await CheckAsync("clocks-none", "/workbench/clocks?state=late&rule=passport");
        await CheckAsync("clock", "/workbench/clocks/of/case/2026-000001");
        await CheckAsync("calendar", "/workbench/calendar?year=2026&from=2026-02-12&rule=criminal-record");
        await CheckAsync("calendar-guess", "/workbench/calendar?year=2028&from=x&rule=passport");
        await CheckAsync("import", "/workbench/calendar/import");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "2027.yaml", MimeType = "text/yaml", Buffer = System.Text.Encoding.UTF8.GetBytes(Liuzhuan.Tests.Platform.Clocks.Notices.Of2027) });
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.Locator("#preview").WaitForAsync();
        await LookAsync("import-preview");

        using (await service.SignInAsync(Roles.SystemAdministrator, officerId: "T7003")) await EnterAsync(service, page, "T7003");
        await CheckAsync("sending", "/admin/notices");
        await CheckAsync("sending-dead", "/admin/notices?state=dead&channel=sms");
        await CheckAsync("sending-none", "/admin/notices?state=aside");
        await CheckAsync("webhooks", "/admin/webhooks");

        async Task CheckAsync(string state, string path)
        {
            await page.GotoAsync(path);
            await LookAsync(state);
        }

        async Task LookAsync(string state)
        {
            await Chromium.PictureAsync(page, $"{state}-{language}-{width}{(look.Length > 0 ? "-" + look : "")}");
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }
    }

    [Theory]
    [InlineData("zh", 1280), InlineData("en", 390)]
    public async Task The_messages_of_a_demonstration_are_accessible_and_fit(string language, int width)
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { Demo = true, Notices = new NoticeOptions { Idle = TimeSpan.FromMilliseconds(20) } });
        await service.App.Services.GetRequiredService<Outbox>().AddAsync(service.Data.Store, Code("246801"), CancellationToken.None);
        await UntilAsync(service, "select count(*) from notices where state = 'sent'", 1);
        var page = await chromium.OpenAsync(new UriBuilder(service.Address) { Host = "localhost" }.Uri, width, language: language);
        await page.GotoAsync("/demo/messages");
        await page.GetByText("246801").WaitForAsync();
        await Chromium.PictureAsync(page, $"demo-messages-{language}-{width}");
        await Chromium.HasNoViolationsAsync(page);
        await Chromium.FitsAsync(page);
    }

    private static async Task FillAsync(TestService service)
    {
        var (outbox, keep) = (service.App.Services.GetRequiredService<Outbox>(), service.App.Services.GetRequiredService<KeepClock>());
        foreach (var (id, day, code) in new[] { ("case/2026-000001", "2026-02-25", "permit-notice"), ("case/2026-000002", "2026-02-27", "permit-notice"), ("case/2026-000003", "2026-03-04", "permit-decide"), ("case/2026-000004", "2026-12-01", "permit-decide-joint") })
        {
            Assert.True(ClockRules.Shipped.Find(code, DateOnly.Parse(day)).Ok(out var rule, out _));
            Assert.True((await keep.StartAsync(id, "", rule, Entry(ClockAct.Start, day), $"officer/{Number}", default)).Ok(out _, out var refusal), refusal?.English);
        }

        Assert.True((await keep.RecordAsync("case/2026-000003", Entry(ClockAct.Suspend, "2026-03-05"), default)).Ok(out _, out _));
        foreach (var key in (string[])["1", "2"]) await outbox.AddAsync(service.Data.Store, Overdue($"officer/{Number}", key), CancellationToken.None);
        await outbox.AddAsync(service.Data.Store, Code("") with { IsUrgent = false }, CancellationToken.None);
        await outbox.AddAsync(service.Data.Store, Overdue(Recipients.Role("liaison", "220102010000"), "3"), CancellationToken.None);
        Assert.True((await service.App.Services.GetRequiredService<ManageWebhooks>().AddAsync("court", "https://court.example.gov.cn/hooks/liuzhuan", ["clock-overdue", "clock-nearly-due"], "operator/test", default)).Ok(out _, out _));
        await UntilAsync(service, "select count(*) from notices where state = 'dead' or cause is not null", 2);
        await UntilAsync(service, "select count(*) from inbox where template = 'clock-overdue' and matter = 'clock/case/1'", 2);
    }

    private static ClockEntry Entry(ClockAct act, string day) => new() { Id = Guid.NewGuid(), Act = act, Day = DateOnly.Parse(day), Provision = "行政许可法第三十二条", Author = "operator/test" };

    private static NewNotice Code(string code) => new()
    {
        Template = "sign-in-code", Recipient = Recipients.Direct, Channel = NoticeChannels.Sms, Address = "13800000000", IsUrgent = true,
        Values = new Dictionary<string, Text> { ["code"] = new(code, code), ["minutes"] = new("5", "5") },
    };

    private static NewNotice Overdue(string recipient, string key) => new()
    {
        Template = "clock-overdue", Recipient = recipient, Matter = "clock/case/1", Key = key,
        Values = new Dictionary<string, Text> { ["matter"] = new("case/1", "case/1"), ["rule"] = new("行政许可决定", "decision on a permit"), ["due"] = new("2026-03-12（周四）", "Thu 2026-03-12") },
    };

    private static async Task EnterAsync(TestService service, IPage page, string officer)
    {
        var session = await service.App.Services.GetRequiredService<OpenSessions>().OpenAsync(new NewSession($"officer/{officer}", SignInWays.Passkey), default) ?? throw new InvalidOperationException("No session was opened.");
        await page.Context.AddCookiesAsync([new() { Name = SessionCookie.Name, Value = session, Url = service.Address.ToString() }]);
    }

    private static async Task UntilAsync(TestService service, string count, long expected)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await CountAsync(service, count) < expected) await Task.Delay(20, late.Token);
    }

    private static async Task<long> CountAsync(TestService service, string sql)
    {
        await using var connection = await service.Data.Store.OpenAsync(CancellationToken.None);
        return Convert.ToInt64(await connection.ScalarAsync(null, sql, CancellationToken.None), null);
    }
}
