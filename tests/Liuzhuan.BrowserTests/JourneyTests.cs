using Liuzhuan.Tests;
using Liuzhuan.Tests.Exchange.Hall;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>What people do on the drop page, in Chromium, with the engine behind it.</summary>
public sealed class JourneyTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static string EnglishSample => TestApp.Sample("requests/english.csv");

    private static int DataRows => File.ReadLines(EnglishSample).Count(line => line.Length > 0) - 1;

    [Theory]
    [InlineData(1280, true)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    [InlineData(390, false)]
    public async Task One_drops_a_file_sees_the_counts_and_downloads_every_row(int width, bool script)
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        var page = await chromium.OpenAsync(app.Address, width, script);

        await page.Locator("#file").SetInputFilesAsync(EnglishSample);
        await page.Locator("[data-start]").ClickAsync();
        await page.Locator(".chart").WaitForAsync();

        Assert.Equal($"{DataRows}", await page.Locator("tr.total .number").First.TextContentAsync());
        Assert.Equal(5, await page.Locator(".chart .chart-word").CountAsync());
        await Chromium.PictureAsync(page, $"journey-{(script ? "script" : "plain")}-{width}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='/result']").ClickAsync());
        Assert.Equal("english-核验结果.csv", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal(DataRows, lines.Count(line => line.Length > 0) - 1);
        Assert.EndsWith("核验结论,结论代码,不一致项,备注代码,说明", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_can_be_dragged_onto_the_page()
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        var page = await chromium.OpenAsync(app.Address);

        await page.EvaluateAsync(
            """
            text => {
              const moved = new DataTransfer();
              moved.items.add(new File([text], 'dragged.csv', { type: 'text/csv' }));
              document.querySelector('[data-zone]').dispatchEvent(new DragEvent('drop', { dataTransfer: moved, bubbles: true, cancelable: true }));
            }
            """, await File.ReadAllTextAsync(EnglishSample));
        Assert.Equal("dragged.csv", await page.Locator("[data-chosen-name]").TextContentAsync());
        await page.Keyboard.PressAsync("Enter");

        await page.Locator(".chart").WaitForAsync();
    }

    [Fact]
    public async Task Progress_moves_without_reloading_and_ends_in_the_result()
    {
        var script = new ScriptedVerify();
        await using var app = await TestApp.StartAsync(script.Run);
        var page = await chromium.OpenAsync(app.Address);
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "slow.csv", MimeType = "text/csv", Buffer = HallClient.Rows(30) });
        await page.Locator("[data-start]").ClickAsync();

        await page.GetByText("43,210").WaitForAsync();
        Assert.Equal(43, await page.Locator("main progress").EvaluateAsync<int>("bar => bar.value"));
        script.Release();

        await page.Locator(".chart").WaitForAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_no_list_is_refused_with_the_form_again(bool script)
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        var page = await chromium.OpenAsync(app.Address, script: script);
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "letter.csv", MimeType = "text/csv", Buffer = "Dear Sir,\nthis is a letter.\n"u8.ToArray() });
        await page.Locator("[data-start]").ClickAsync();

        await page.Locator(".problem h1").WaitForAsync();
        await Chromium.PictureAsync(page, $"letter-{(script ? "script" : "plain")}");
        Assert.Contains("标题行", await page.Locator(".problem .lead").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("#file").SetInputFilesAsync(EnglishSample);
        await page.Locator("[data-start]").ClickAsync();
        await page.Locator(".chart").WaitForAsync();
    }

    [Fact]
    public async Task A_wrong_kind_of_file_is_refused_before_it_is_sent()
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        var page = await chromium.OpenAsync(app.Address);

        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = [1, 2, 3] });

        await page.Locator("[data-problem]").WaitForAsync();
        Assert.False(await page.Locator("[data-start]").IsVisibleAsync());
    }

    [Fact]
    public async Task A_file_over_the_limit_gets_its_page_also_without_script()
    {
        await using var app = await TestApp.StartAsync(new ScriptedVerify().Run, options => options with { MaxUploadBytes = 1 << 20 });
        var page = await chromium.OpenAsync(app.Address, script: false);
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "big.csv", MimeType = "text/csv", Buffer = new byte[6 << 20] });

        await page.Locator("[data-start]").ClickAsync();

        await page.Locator("[data-problem-text]").WaitForAsync();
        Assert.Contains("1 MB", await page.Locator("[data-problem-text]").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_breaks_none_of_its_own_rules()
    {
        await using var app = await TestApp.StartWithSampleRegisterAsync();
        var page = await chromium.OpenAsync(app.Address);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, fault) => complaints.Add(fault);

        await page.GotoAsync("/");
        await page.Locator("#file").SetInputFilesAsync(EnglishSample);
        await page.Locator("[data-start]").ClickAsync();
        await page.Locator(".chart").WaitForAsync();

        Assert.Empty(complaints);
    }
}
