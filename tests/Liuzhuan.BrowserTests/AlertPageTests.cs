using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Supervision.Watching;
using Liuzhuan.Tests;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>From an alert to its end, by the officer and the supervisor: nothing sticks out, and axe-core finds no violation.</summary>
public sealed class AlertPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string, int, string> Views => PageStateTests.Views;

    [Theory, MemberData(nameof(Views))]
    public Task Every_state_is_accessible_and_fits(string language, int width, string look) => ToTheEndAsync(language, width, look, script: true);

    [Fact]
    public Task An_alert_comes_to_its_end_without_script() => ToTheEndAsync("zh", 1280, "", script: false);

    private async Task ToTheEndAsync(string language, int width, string look, bool script)
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officers = await service.SignInAsync(Roles.WindowOfficer, officerId: "W1");
        using var supervisors = await service.SignInAsync(Roles.Supervisor, officerId: "S1");
        var supervisor = await chromium.SignedInAsync(service, Actor.OfOfficer("S1"), SignInWays.Passkey, width, script, language, look);
        await VisitAsync(supervisor, "alerts-none", "/supervision/alerts");
        for (var time = 0; time < 3; time++) await DeskPages.AskAsync(officers, DeskPages.Here, DeskPages.HereName);
        Assert.Equal(1, (await service.App.Services.GetRequiredService<RaiseFindings>().RunOnceAsync(default)).Raised);

        var officer = await chromium.SignedInAsync(service, Actor.OfOfficer("W1"), SignInWays.Passkey, width, script, language, look);
        await VisitAsync(officer, "my-alerts", "/workbench/alerts");
        await officer.Locator("tbody a").First.ClickAsync();
        await officer.Locator("#words").FillAsync("本人在场办理迁移，三次核对。");
        await CheckAsync(officer, "alert-explain");
        await officer.Locator("form[action$='handler=Explain'] button").ClickAsync();
        await officer.Locator(".said").WaitForAsync();
        await CheckAsync(officer, "alert-explained");

        await VisitAsync(supervisor, "alerts", "/supervision/alerts");
        await supervisor.Locator("tbody a").First.ClickAsync();
        await CheckAsync(supervisor, "alert-decide");
        await supervisor.Locator("#outcome-justified").CheckAsync();
        await supervisor.Locator("#note").FillAsync("业务属实。");
        await supervisor.Locator("form[action$='handler=Decide'] button").ClickAsync();
        await supervisor.GetByText("业务属实。").WaitForAsync();
        await CheckAsync(supervisor, "alert-decided");

        async Task VisitAsync(IPage page, string state, string path)
        {
            Assert.Equal(200, (await page.GotoAsync(path))!.Status);
            await CheckAsync(page, state);
        }

        async Task CheckAsync(IPage page, string state)
        {
            if (!script) return;
            await Chromium.PictureAsync(page, $"{state}-{language}-{width}{(look.Length > 0 ? "-" + look : "")}");
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }
    }
}
