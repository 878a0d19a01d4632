using System.Net;
using AngleSharp.Html.Parser;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Tests.Platform.Web.Shell;

public class ShellTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Fact]
    public async Task Large_type_and_contrast_are_kept_and_choices_keep_the_rest_of_the_address()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var browser = new HttpClient { BaseAddress = service.Address };

        var chosen = Parse(await browser.GetStringAsync("/problems?q=token&status=401&view=elder&contrast=high"));
        var later = Parse(await browser.GetStringAsync("/machines"));
        var back = Parse(await browser.GetStringAsync("/machines?view=usual"));

        Assert.Equal(("elder", "high"), (chosen.GetAttribute("data-view"), chosen.GetAttribute("data-contrast")));
        Assert.Equal(("elder", "high"), (later.GetAttribute("data-view"), later.GetAttribute("data-contrast")));
        Assert.Equal(("usual", "high"), (back.GetAttribute("data-view"), back.GetAttribute("data-contrast")));
        var english = chosen.QuerySelector(".languages a[lang=en]")!.GetAttribute("href")!;
        Assert.Equal("/problems?q=token&status=401&view=elder&contrast=high&lang=en", english);
        Assert.Equal("/machines", later.QuerySelector(".places a[aria-current=page]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Problem_codes_are_found_by_words_of_either_language_and_by_status()
    {
        await using var service = await TestService.StartAsync("sqlite");

        var found = Parse(await service.Http.GetStringAsync(new Uri(service.Address, "/problems?q=幂等 Idempotency-Key&status=422")));
        var none = Parse(await service.Http.GetStringAsync(new Uri(service.Address, "/problems?q=zzzz")));

        Assert.Empty(none.QuerySelectorAll(".codes dt"));
        Assert.NotNull(none.QuerySelector(".empty"));
        Assert.All(found.QuerySelectorAll(".codes dt"), code => Assert.Contains("422", code.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_first_visit_sees_the_guide_open_and_a_second_one_closed()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var browser = new HttpClient { BaseAddress = service.Address };

        var first = Parse(await browser.GetStringAsync("/ledger"));
        var second = Parse(await browser.GetStringAsync("/ledger"));

        Assert.True(first.QuerySelector("details.guide")!.HasAttribute("open"));
        Assert.False(second.QuerySelector("details.guide")!.HasAttribute("open"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Under_maintenance_pages_say_so_machines_get_a_problem_and_proofs_stay(string database)
    {
        await using var service = await TestService.StartAsync(database);
        await File.WriteAllTextAsync(Maintenance.PathIn(service.Data.Folder), "");
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        using var browser = new HttpClient { BaseAddress = service.Address };

        using var page = await browser.GetAsync("/?lang=en");
        using var machine = await browser.PostAsync("/api/questions", new StringContent("{}"));
        using var health = await browser.GetAsync("/health");
        using var key = await browser.GetAsync("/ledger/key");
        using var style = await browser.GetAsync("/css/liuzhuan.css");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Contains("Under maintenance", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("120", page.Headers.GetValues("Retry-After").Single());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (machine.StatusCode, machine.Content.Headers.ContentType!.MediaType));
        Assert.Contains("service.maintenance", await machine.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All([health, key, style], reply => Assert.Equal(HttpStatusCode.OK, reply.StatusCode));

        File.Delete(Maintenance.PathIn(service.Data.Folder));
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        using var again = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static AngleSharp.Dom.IElement Parse(string html) => new HtmlParser().ParseDocument(html).DocumentElement;
}
