using System.Text.RegularExpressions;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Tests;
using Liuzhuan.Tests.Platform.People.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>An officer signs in with a real provider in a real browser, which holds forms and cookies against other sites as people's browsers do.</summary>
public sealed class ProviderJourneyTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("zh", 1280, "", true)]
    [InlineData("en", 390, "elder", true)]
    [InlineData("en", 1280, "", false)]
    public async Task The_way_to_the_provider_and_back_works_with_and_without_script(string language, int width, string look, bool script)
    {
        await using var provider = await RealProvider.StartAsync();
        await using var service = await TestService.StartAsync("sqlite", options => options with
        {
            SignIn = new SignInOptions { Provider = new ProviderOptions { Issuer = provider.Issuer, ClientId = RealProvider.ClientId, OfficerClaim = "officer_number", Scopes = ["openid", "staff"] } },
        });
        service.Clock.Now = TimeProvider.System.GetUtcNow();
        service.Staff.Put(new StaffMember("J1", "甲某某", TestStaff.Station, IsActive: true));
        Assert.True((await service.App.Services.GetRequiredService<StaffAccounts>().InviteAsync("operator/test", "J1", default)).Ok(out _, out _));
        await provider.KnowAsync(service.Address, new Dictionary<string, object> { ["wang"] = new { officer_number = "J1" } });
        var page = await chromium.OpenAsync(service.Address, width, script, language, look);
        async Task CheckAsync(string state)
        {
            if (!script) return;
            await Chromium.PictureAsync(page, $"provider-{state}-{language}-{width}{(look.Length > 0 ? "-" + look : "")}");
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }

        // The pages in between lead on by themselves; with script they are held to be looked at, without they are not.
        if (script) await page.RouteAsync(address => new Uri(address).AbsolutePath is "/sign-in/provider" or "/sign-out/provider", HoldAsync);
        await page.GotoAsync("/sign-in?return=/me");
        await CheckAsync("sign-in");
        await page.Locator("form[action='/sign-in/provider'] button").ClickAsync();
        await LeadOnAsync("onward");
        await page.Locator("[name=login]").FillAsync("wang");
        await page.Locator("[name=password]").FillAsync("x");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator(".who-name").WaitForAsync();
        Assert.Equal("/me", new Uri(page.Url).AbsolutePath);
        await page.GotoAsync("/me/provider");
        await CheckAsync("link");

        // From the service's own sign-out on to the provider's page, which asks.
        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await Chromium.ArriveAsync(page, "^" + Regex.Escape(provider.Issuer.OriginalString));
        await page.GotoAsync(ProviderAddress.ReturnPath + "?code=x&state=y");
        await page.Locator("#outcome").WaitForAsync();
        await CheckAsync("refused");
        await page.GotoAsync("/hall/sign-in");
        await CheckAsync("hall-sign-in");
        // The way there from the sign-out is a redirect, which cannot be held.
        await page.GotoAsync("/sign-out/provider");
        await LeadOnAsync("leaving");

        async Task LeadOnAsync(string state)
        {
            if (!script) return;
            await page.Locator("#onward").WaitForAsync();
            await CheckAsync(state);
            await page.Locator("#onward").ClickAsync();
        }
    }

    private static async Task HoldAsync(IRoute route)
    {
        var answer = await route.FetchAsync(new() { MaxRedirects = 0 });
        await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("http-equiv=\"refresh\"", "name=\"held\"", StringComparison.Ordinal) });
    }
}
