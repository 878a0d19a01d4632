using System.Net;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>Every state of the pages of windows, liaisons, clerks and citizens: nothing sticks out, and axe-core finds no violation.</summary>
public sealed class DeskPageStateTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Here = DeskPages.Here, HereName = DeskPages.HereName;

    public static TheoryData<string, int, string> Views => PageStateTests.Views;

    [Theory, MemberData(nameof(Views))]
    public async Task Every_state_is_accessible_and_fits(string language, int width, string look)
    {
        await using var ground = await DeskGround.StartAsync("sqlite");
        var service = ground.Service;
        using (var window = await service.SignInAsync(Roles.WindowOfficer, officerId: "JW"))
        {
            await DeskPages.AskAsync(window, Here, HereName);
            await DeskPages.AskAsync(window, Here, HereName, "identity-card");
        }

        var citizen = await service.App.Services.GetRequiredService<Liuzhuan.Platform.People.Citizens.CitizenAccounts>().KeepAsync(Liuzhuan.Matching.Values.CitizenNumber.Pack(Here), HereName, null, "operator/test", default);
        var phone = await chromium.SignedInAsync(service, citizen.Id, SignInWays.Code, width, language: language, look: look);
        await VisitAsync(phone, "hall-objections-none", "/hall/objections");
        await VisitAsync(phone, "hall-accesses", "/hall/accesses");
        await phone.Locator(".access a").First.ClickAsync();
        await CheckAsync(phone, "hall-access");
        await phone.Locator("input[value=other]").CheckAsync();
        await phone.Locator("main form button").ClickAsync();
        await phone.Locator(".problem").WaitForAsync();
        await CheckAsync(phone, "hall-refused");
        await phone.Locator("input[value=not-known]").CheckAsync();
        await phone.Locator("#words").FillAsync("那天我不在本地，请说明。");
        await phone.Locator("main form button").ClickAsync();
        await phone.Locator(".clock-card").WaitForAsync();
        await CheckAsync(phone, "hall-objection");
        await VisitAsync(phone, "hall-objections", "/hall/objections");

        var desk = await chromium.SignedInAsync(service, Actor.OfOfficer("JW"), SignInWays.Passkey, width, language: language, look: look);
        await VisitAsync(desk, "window", "/workbench/verify");
        await AskAsync(desk, Here, HereName);
        await CheckAsync(desk, "window-consistent");
        await AskAsync(desk, Here, "王刚强");
        await CheckAsync(desk, "window-inconsistent");
        await AskAsync(desk, "12345", HereName);
        await CheckAsync(desk, "window-invalid");
        await VisitAsync(desk, "office-files-none", "/workbench/files");
        await desk.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "居委会送来的名单-2026年春季.csv", MimeType = "text/csv", Buffer = DeskGround.Rows });
        await desk.Locator("main form button").ClickAsync();
        await desk.Locator(".chart").WaitForAsync();
        await VisitAsync(desk, "office-files", "/workbench/files");

        var id = await ground.SubmitAsync("quarter", name: "一个相当长的文件名，用来看看窄屏上怎样换行-2026年春季学期.csv");
        await ground.SubmitAsync("ad-hoc");
        var returned = await ground.SubmitAsync();
        await ground.ActAsync(returned, "Return", "请写明用途，并按姓名、身份号码两列重新提交。");
        var queue = await chromium.SignedInAsync(service, Actor.OfOfficer(DeskGround.LiaisonId), SignInWays.Passkey, width, language: language, look: look);
        await VisitAsync(queue, "queue", "/workbench/queue");
        await VisitAsync(queue, "queue-request", $"/workbench/queue/{id}");
        await ground.OpenAsync(id);
        await VisitAsync(queue, "queue-verified", $"/workbench/queue/{id}");
        await queue.GotoAsync("/workbench/queue");
        await queue.Locator("a[href*='/objections/']").First.ClickAsync();
        await CheckAsync(queue, "queue-objection");
        await ground.ActAsync(id, "Release");
        await VisitAsync(queue, "objections", "/workbench/objections");

        var office = await chromium.SignedInAsync(service, Actor.OfOfficer(DeskGround.ClerkId), SignInWays.Passkey, width, language: language, look: look);
        await VisitAsync(office, "requests", "/workbench/requests");
        await VisitAsync(office, "request-new", "/workbench/requests/new");
        await VisitAsync(office, "request-released", $"/workbench/requests/{id}");
        await VisitAsync(office, "request-returned", $"/workbench/requests/{returned}");

        async Task VisitAsync(IPage page, string state, string path)
        {
            Assert.Equal((int)HttpStatusCode.OK, (await page.GotoAsync(path))!.Status);
            await CheckAsync(page, state);
        }

        async Task CheckAsync(IPage page, string state)
        {
            await Chromium.PictureAsync(page, $"{state}-{language}-{width}{(look.Length > 0 ? "-" + look : "")}");
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }
    }

    private static async Task AskAsync(IPage page, string number, string name)
    {
        await page.Locator("#number").FillAsync(number);
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#name").PressAsync("Enter");
        await page.Locator(".verdict-card").WaitForAsync();
    }
}
