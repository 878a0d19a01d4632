using Liuzhuan.Exchange.Hall;
using Liuzhuan.Tests;
using Liuzhuan.Tests.Exchange.Hall;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>Every state of every page, in both languages and at two widths: nothing sticks out, and axe-core finds no violation.</summary>
public sealed class PageStateTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>Each language, width and look, and the elder look in both languages. With <c>./test all</c> every combination of them that differs.</summary>
    public static TheoryData<string, int, string> Views => Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all"
        ? new()
        {
            { "zh", 1280, "" }, { "zh", 390, "" }, { "en", 1280, "" }, { "en", 390, "" },
            { "zh", 1280, "elder" }, { "zh", 390, "elder" }, { "en", 1280, "elder" }, { "en", 390, "elder" },
            { "zh", 1280, "contrast" }, { "zh", 390, "contrast" }, { "en", 1280, "contrast" }, { "en", 390, "contrast" },
        }
        : new() { { "zh", 1280, "" }, { "en", 390, "" }, { "zh", 390, "elder" }, { "en", 1280, "elder" }, { "zh", 390, "contrast" } };

    [Theory, MemberData(nameof(Views))]
    public async Task Every_state_is_accessible_and_fits(string language, int width, string look)
    {
        var script = new ScriptedVerify();
        await using var app = await TestApp.StartAsync(script.Run);
        var page = await chromium.OpenAsync(app.Address, width, language: language, look: look);
        async Task CheckAsync(string state)
        {
            await Chromium.PictureAsync(page, Name(state, language, width, look));
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }

        await CheckAsync("start");

        await ChooseAsync(page, "入学名单-一个相当长的文件名，用来看看窄屏上怎样换行-2026年春季学期.csv", 200);
        await CheckAsync("chosen");

        await page.Locator("[data-start]").ClickAsync();
        await Chromium.ArriveAsync(page, "/jobs/[^/]+$");
        await page.Locator(".chart").WaitForAsync();
        await CheckAsync("done");

        await page.Locator("a[href$='/delete']").ClickAsync();
        await CheckAsync("delete");
        await page.Locator("button.btn-danger").ClickAsync();
        await Chromium.ArriveAsync(page, "/deleted$");
        await CheckAsync("deleted");

        await DropAsync(page, "slow.csv");
        await page.GetByText("43,210").WaitForAsync();
        await CheckAsync("running");
        script.Release();
        await page.Locator(".chart").WaitForAsync();

        await DropAsync(page, "refused.csv");
        await page.Locator(".problem h1").WaitForAsync();
        await CheckAsync("refused");

        await DropAsync(page, "fault.csv");
        await page.Locator(".problem h1").WaitForAsync();
        await CheckAsync("fault");

        await DropAsync(page, "empty.csv", rows: -1);
        await page.Locator("[data-problem-text]:not(:empty)").WaitForAsync();
        await CheckAsync("not-taken");

        foreach (var (state, path) in new[] { ("not-found", "/jobs/00000000000000000000000000000000"), ("machines", "/machines"), ("problems", "/problems"), ("problems-filtered", "/problems?q=token&status=401"), ("problems-none", "/problems?q=zzz"), ("problem", "/problems/auth.signature-not-covered"), ("ledger", "/ledger"), ("forbidden", "/ledger/tile/entries/000"), ("maintenance", "/error/503"), ("fault", "/error/500") })
        {
            await page.GotoAsync(path);
            await CheckAsync(state);
        }

        await page.GotoAsync("/ledger");
        await page.Locator("#receipt").FillAsync("{}");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.Locator(".problem").WaitForAsync();
        await CheckAsync("receipt-wrong");
    }

    [Theory, MemberData(nameof(Views))]
    public async Task An_old_register_is_accessible_and_fits(string language, int width, string look)
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run, register: new RegisterFacts("people.lzr", TestClock.Morning.AddDays(-45), 26_921_753));
        var page = await chromium.OpenAsync(app.Address, width, language: language, look: look);

        await page.Locator(".register-old").WaitForAsync();
        await Chromium.PictureAsync(page, Name("old", language, width, look));
        await Chromium.HasNoViolationsAsync(page);
        await Chromium.FitsAsync(page);
    }

    private static string Name(string state, string language, int width, string look) => $"{state}-{language}-{width}{(look.Length > 0 ? "-" + look : "")}";

    private static async Task DropAsync(IPage page, string name, int rows = 10)
    {
        await page.GotoAsync("/");
        await ChooseAsync(page, name, rows);
        await page.Locator("[data-start]").ClickAsync();
    }

    private static Task ChooseAsync(IPage page, string name, int rows) => page.Locator("#file").SetInputFilesAsync(new FilePayload
    {
        Name = name,
        MimeType = "text/csv",
        Buffer = rows < 0 ? [] : System.Text.Encoding.UTF8.GetBytes("姓名,身份号码\n" + string.Concat(Enumerable.Repeat("高静伟,210102197702083533\n", rows))),
    });
}
