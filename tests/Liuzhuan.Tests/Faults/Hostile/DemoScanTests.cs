using System.Net;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Tests.Commands;
using Liuzhuan.Tests.Commands.DemoData;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>wapiti against the demonstration that a newcomer starts, in the seat of one who has each kind of work: nothing is found.</summary>
[Collection(ProcessGround.Name)]
[Trait("Category", "Long")]
public sealed class DemoScanTests(ProcessGround ground)
{
    private const string DoorForm = "/sign-in/as";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wapiti_finds_nothing_in_any_seat_of_the_demonstration()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all", "Runs with ./test all.");
        Assert.SkipUnless(Scanner.IsInstalled, "sqlmap or wapiti is missing.");
        using var demo = await DemoProcess.StartAsync(ground.Folder(), Stop);
        foreach (var seat in await SeatsAsync(demo))
        {
            var (cookie, pages) = await SignInAsync(demo, seat);
            Assert.True(pages.Count > 2, $"{seat} has only {pages.Count} pages.");
            using var scanner = new Scanner();
            var (found, said) = await scanner.PagesAsync(pages, cookie);
            Assert.True(found.Count == 0, $"{seat}:\n{string.Join('\n', found)}\n\n{said}");
            Assert.Contains("[*] Launching module", said, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await LookAsync(demo, "/me", cookie));
        }

        Assert.False(demo.Process.HasExited);
        demo.Process.PressControlC();
        Assert.Equal(0, (await demo.Process.EndAsync()).Code);
    }

    // The first of each kind.
    private static async Task<List<string>> SeatsAsync(DemoProcess demo)
    {
        using var browser = new HttpClient { BaseAddress = demo.Address };
        var page = await PageForm.ReadAsync(browser, "/");
        var seats = page.QuerySelectorAll(".cast-groups > section").Select(group => group.QuerySelector($"form[action='{DoorForm}'] input[name=id]")!.GetAttribute("value")!).ToList();
        Assert.True(seats.Count >= 8, $"Only {seats.Count} kinds of seats.");
        return seats;
    }

    private static async Task<(string Cookie, IReadOnlyList<Uri> Pages)> SignInAsync(DemoProcess demo, string seat)
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = demo.Address };
        var door = (await PageForm.ReadAsync(browser, "/")).QuerySelectorAll($"form[action='{DoorForm}']").First(form => form.QuerySelector("input[name=id]")!.GetAttribute("value") == seat);
        using var arrived = await PageForm.SendAsync(browser, "/", door);
        Assert.Equal(HttpStatusCode.OK, arrived.StatusCode);
        var place = arrived.RequestMessage!.RequestUri!;
        var links = (await PageForm.ReadAsync(arrived)).QuerySelectorAll("header a[href^='/'], nav a[href^='/'], main a[href^='/']").Select(link => new Uri(demo.Address, link.GetAttribute("href")!));
        return ($"{SessionCookie.Name}={cookies.GetCookies(demo.Address)[SessionCookie.Name]!.Value}", [.. links.Prepend(place).Where(link => !link.AbsolutePath.StartsWith("/sign-out", StringComparison.Ordinal)).DistinctBy(link => link.AbsolutePath)]);
    }

    private static async Task<HttpStatusCode> LookAsync(DemoProcess demo, string path, string cookie)
    {
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var browser = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(demo.Address, path)) { Headers = { { "Cookie", cookie } } };
        using var answer = await browser.SendAsync(request, Stop);
        return answer.StatusCode;
    }
}
