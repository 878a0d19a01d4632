using System.Diagnostics;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Tests;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>What officers, clerks and citizens do at their desks and on their phones, in Chromium, with the engine behind it.</summary>
public sealed class DeskJourneyTests(Chromium chromium, ITestOutputHelper output) : IClassFixture<Chromium>
{
    private const string Here = DeskPages.Here, HereName = DeskPages.HereName;

    [Fact]
    public async Task A_window_officer_verifies_from_the_keyboard_and_the_cursor_waits_for_the_next_person()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var page = await OfficerAsync(service, Roles.WindowOfficer);
        await page.GotoAsync("/workbench/verify");
        // The cursor gets there when the page is first drawn, which may be after it has loaded; keys before that would go nowhere.
        await page.Locator("#number:focus").WaitForAsync();
        var keys = 0;
        async Task TypeAsync(string text)
        {
            await page.Keyboard.TypeAsync(text);
            keys += text.Length;
        }

        async Task PressAsync(string key)
        {
            await page.Keyboard.PressAsync(key);
            keys++;
        }

        var begun = Stopwatch.GetTimestamp();
        await TypeAsync(Here);
        await PressAsync("Tab");
        await TypeAsync(HereName);
        await PressAsync("Enter");
        await page.Locator("[data-verdict=consistent]").WaitForAsync();
        output.WriteLine($"{keys} keys, {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F0} ms from the first key to the verdict on the screen, typed without a pause");

        Assert.Equal(Here.Length + HereName.Length + 2, keys);
        Assert.Equal("number", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal("", await page.Locator("#number").InputValueAsync());
        Assert.DoesNotContain(Here, page.Url, StringComparison.Ordinal);
        await Chromium.PictureAsync(page, "window-verdict");
        await Chromium.HasNoViolationsAsync(page);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_verdict_that_is_loaded_again_is_shown_again_and_nobody_is_looked_up_a_second_time(bool script)
    {
        await using var service = await TestService.StartAsync("sqlite");
        var page = await OfficerAsync(service, Roles.WindowOfficer, script: script);
        await page.GotoAsync("/workbench/verify");
        await page.Locator("#number").FillAsync(Here);
        await page.Locator("#name").FillAsync(HereName);
        await page.Locator(".counter-go button").ClickAsync();
        await page.Locator("[data-verdict=consistent]").WaitForAsync();
        Assert.Equal(0, await page.Locator(".verdict-card .advice").CountAsync());

        await page.ReloadAsync();
        await page.Locator(".verdict-card .advice").WaitForAsync();

        Assert.Equal("consistent", await page.Locator(".verdict-card").GetAttributeAsync("data-verdict"));
        Assert.DoesNotContain(Here, page.Url, StringComparison.Ordinal);
        Assert.Single(await LedgerLeaves.OfAsync(service.Data.Store, "question"));
        await Chromium.PictureAsync(page, $"window-again-{(script ? "script" : "plain")}");
        await page.Locator("#number").FillAsync(DeskPages.There);
        await page.Locator("#name").FillAsync(DeskPages.ThereName);
        await page.Locator(".counter-go button").ClickAsync();
        await page.Locator(".verdict-card", new() { HasText = DeskPages.ThereName }).WaitForAsync();
        Assert.Equal(2, (await LedgerLeaves.OfAsync(service.Data.Store, "question")).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_citizen_with_a_phone_sees_who_asked_and_objects(bool script)
    {
        await using var service = await TestService.StartAsync("sqlite");
        using (var window = await service.SignInAsync(Roles.WindowOfficer)) await DeskPages.AskAsync(window, Here, HereName);
        var page = await CitizenAsync(service, 390, script);

        await page.GotoAsync("/hall/accesses");
        await Chromium.PictureAsync(page, $"hall-accesses-{(script ? "script" : "plain")}");
        await page.Locator(".access a").ClickAsync();
        await page.Locator("input[value=not-known]").CheckAsync();
        await page.Locator("#words").FillAsync("请告诉我为什么查。");
        await page.Locator("main form button").ClickAsync();

        await page.Locator(".clock-card").WaitForAsync();
        Assert.Contains("/hall/objections/", page.Url, StringComparison.Ordinal);
        await Chromium.PictureAsync(page, $"hall-objection-{(script ? "script" : "plain")}");
        await Chromium.FitsAsync(page);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_clerk_submits_a_liaison_releases_and_the_clerk_downloads(bool script)
    {
        await using var service = await TestService.StartAsync("sqlite");
        var clerk = await OfficerAsync(service, Roles.AgencyClerk, DeskGround.School, script);
        await clerk.GotoAsync("/workbench/requests");
        await clerk.Locator("main a.btn-primary").ClickAsync();
        await clerk.Locator("#ground").SelectOptionAsync("school-enrolment/compulsory-education-12");
        await clerk.Locator("input[value=quarter]").CheckAsync();
        await clerk.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "入学名单.csv", MimeType = "text/csv", Buffer = DeskGround.Rows });
        await clerk.Locator("main button[type=submit]").ClickAsync();
        await clerk.Locator(".clock-card").WaitForAsync();

        var liaison = await OfficerAsync(service, Roles.Liaison, DeskGround.Bureau, script);
        await liaison.GotoAsync("/workbench/queue");
        await liaison.Locator("tbody a").ClickAsync();
        await liaison.Locator("form[action$='handler=Open'] button").ClickAsync();
        for (var i = 0; i < 600 && await liaison.Locator("form[action$='handler=Release']").CountAsync() == 0; i++)
        {
            await Task.Delay(50);
            await liaison.ReloadAsync();
        }

        await Chromium.PictureAsync(liaison, "queue-verified");
        await liaison.Locator("form[action$='handler=Release'] button").ClickAsync();
        await liaison.Locator(".tag-good").First.WaitForAsync();

        await clerk.ReloadAsync();
        var download = await clerk.RunAndWaitForDownloadAsync(() => clerk.Locator("a[href$='/result']").ClickAsync());
        Assert.Equal("入学名单-核验结果.csv", download.SuggestedFilename);
        Assert.Equal(4, (await File.ReadAllLinesAsync(await download.PathAsync())).Count(line => line.Length > 0));
    }

    private async Task<IPage> OfficerAsync(TestService service, string role, Post? post = null, bool script = true)
    {
        using var signedIn = await service.SignInAsync(role, post, "J" + role);
        return await chromium.SignedInAsync(service, Actor.OfOfficer("J" + role), SignInWays.Passkey, script: script);
    }

    private async Task<IPage> CitizenAsync(TestService service, int width, bool script)
    {
        var citizen = await service.App.Services.GetRequiredService<Liuzhuan.Platform.People.Citizens.CitizenAccounts>().KeepAsync(Liuzhuan.Matching.Values.CitizenNumber.Pack(Here), HereName, null, "operator/test", default);
        return await chromium.SignedInAsync(service, citizen.Id, SignInWays.Code, width, script);
    }
}
