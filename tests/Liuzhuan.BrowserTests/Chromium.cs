using System.Text.Json;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>Debian's Chromium, driven by Playwright; one browser for all journeys, a fresh profile for each.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    // Milliseconds. The machine may be ten times slower.
    private const int LongestWait = 60_000, LittleWait = 50;

    // Chromium's own traffic is of no use here, and fails slowly on a closed network.
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable)) return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Headless = true, Args = Quiet });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a fresh profile; without Chromium the test is skipped with the reason.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 1280, bool script = true, string language = "zh", string look = "")
    {
        if (_browser is null) Assert.Skip($"{Executable} is missing: install the Debian package chromium.");

        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = 900 },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(LongestWait);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/?lang={language}{look switch { "elder" => "&view=elder", "contrast" => "&contrast=high", _ => "" }}");
        return page;
    }

    /// <summary>Waits until the page of an address is wholly there.</summary>
    /// <param name="pattern">Found somewhere in the address.</param>
    public static async Task ArriveAsync(IPage page, string pattern)
    {
        // Playwright's own wait for an address waits for the event of the load, too, which may have passed by the time it begins.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern), new() { Timeout = LongestWait });
        for (var waited = 0; await page.EvaluateAsync<string>("document.readyState") != "complete"; waited += LittleWait)
        {
            Assert.InRange(waited, 0, LongestWait);
            await Task.Delay(LittleWait);
        }
    }

    /// <summary>Gives a page an authenticator that verifies its user by itself, as a laptop with a fingerprint sensor does (WebAuthn, section 11, over the DevTools protocol).</summary>
    public static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>As <see cref="OpenAsync"/>, with somebody signed in.</summary>
    internal async Task<IPage> SignedInAsync(TestService service, string actor, string way, int width = 1280, bool script = true, string language = "zh", string look = "")
    {
        var page = await OpenAsync(service.Address, width, script, language, look);
        var secret = await service.App.Services.GetRequiredService<OpenSessions>().OpenAsync(new NewSession(actor, way), default) ?? throw new InvalidOperationException("No session was opened.");
        await page.Context.AddCookiesAsync([new() { Name = SessionCookie.Name, Value = secret, Url = service.Address.ToString(), HttpOnly = true }]);
        return page;
    }

    /// <summary>Fails with every accessibility rule the page breaks, by name and element.</summary>
    public static async Task HasNoViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Repository.PathOf("node_modules/axe-core/axe.min.js")));
        var result = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '))");
        Assert.Empty(result.EnumerateArray().Select(violation => violation.GetString()));
    }

    /// <summary>Fails when the page must be scrolled sideways.</summary>
    public static async Task FitsAsync(IPage page) =>
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));

    /// <summary>Keeps a picture for people to look at, when LIUZHUAN_SCREENSHOTS names a folder.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("LIUZHUAN_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
