using System.Net;
using System.Runtime.Versioning;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Providers;
using Microsoft.AspNetCore.WebUtilities;

namespace Liuzhuan.Tests.Platform.People.Providers;

/// <summary>Sign-in with a real provider, from the button to the session and back out.</summary>
[SupportedOSPlatform("linux")]
public sealed class RealProviderTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Officers_and_citizens_sign_in_with_a_real_provider(string database)
    {
        await using var provider = await RealProvider.StartAsync();
        await using var service = await StartAsync(provider, database, Options(provider));
        service.Staff.Put(new StaffMember("J1", "甲某某", TestStaff.Station, IsActive: true));
        await StaffSignInTests.InviteAsync(service, "J1");

        // An officer whom the provider names; begun before and finished after the service was started anew, as on another host.
        var address = service.Address;
        using var officer = TestApp.Browser(address, null);
        var back = await provider.SignInAsync(officer, await ProviderGround.SetOutAsync(officer, "/sign-in?return=/me"), "wang");
        await service.RestartAsync(options => options.With(Options(provider)));
        using var entered = await officer.GetAsync(back);
        Assert.Equal("/me", entered.Headers.Location?.OriginalString ?? await ProviderGround.CauseAsync(service));
        var me = await SessionTests.PageAsync(officer, "/me");
        Assert.Contains("甲某某", me.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("统一身份认证", me.DocumentElement.TextContent, StringComparison.Ordinal);

        // What came back leads in once; a code that was used, in a way of its own, not at all.
        using var replayed = await officer.GetAsync(back);
        Assert.Equal((HttpStatusCode.Unauthorized, "browser"), (replayed.StatusCode, await ProviderGround.CauseAsync(service)));
        using var other = TestApp.Browser(address, null);
        var state = QueryHelpers.ParseQuery((await ProviderGround.SetOutAsync(other, "/sign-in")).Query)["state"];
        using var stolen = await other.GetAsync(new UriBuilder(back) { Query = QueryString(back, "state", state!) }.Uri);
        Assert.Equal((HttpStatusCode.Unauthorized, "code"), (stolen.StatusCode, await ProviderGround.CauseAsync(service)));

        // A citizen whom number and name make known; it is the provider's userinfo that says them.
        using var citizen = TestApp.Browser(address, null);
        back = await provider.SignInAsync(citizen, await ProviderGround.SetOutAsync(citizen, "/hall/sign-in?return=/hall/accesses"), "gao");
        using var opened = await citizen.GetAsync(back);
        Assert.Equal("/hall/accesses", opened.Headers.Location?.OriginalString);
        me = await SessionTests.PageAsync(citizen, "/me");
        Assert.Contains(ProviderGround.Name, me.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(ProviderGround.Number, me.DocumentElement.OuterHtml, StringComparison.Ordinal);

        // Identity is proved again: the provider has a session, and asks nevertheless.
        service.Clock.Now += TimeSpan.FromSeconds(1);
        var anew = await ProviderGround.SetOutAsync(citizen, "/sign-in/again?return=/hall/accesses");
        Assert.Contains("prompt=login", anew.Query, StringComparison.Ordinal);
        using var proved = await citizen.GetAsync(await provider.SignInAsync(citizen, anew, "gao"));
        Assert.Equal("/hall/accesses", proved.Headers.Location?.OriginalString);
        using var somebody = await citizen.GetAsync(await provider.SignInAsync(citizen, await ProviderGround.SetOutAsync(citizen, "/sign-in/again"), "wang"));
        Assert.Equal((HttpStatusCode.Unauthorized, "somebody-else"), (somebody.StatusCode, await ProviderGround.CauseAsync(service)));

        // Out here, and out there.
        using var left = await SessionTests.PostAsync(citizen, (await SessionTests.PageAsync(citizen, "/me")).QuerySelector("form[action='/sign-out']")!);
        Assert.Equal("/sign-out/provider", left.Headers.Location?.OriginalString);
        var end = new Uri((await SessionTests.PageAsync(citizen, "/sign-out/provider")).QuerySelector("#onward")!.GetAttribute("href")!);
        Assert.DoesNotContain("id_token_hint", end.Query, StringComparison.Ordinal);
        Assert.Equal("/sign-in?left=1", (await provider.SignInAsync(citizen, end, "")).PathAndQuery);
        var trail = await ProviderGround.TrailAsync(service);
        Assert.DoesNotContain(trail, entry => entry.Values.Any(value => value.Value.Contains(ProviderGround.Number, StringComparison.Ordinal)));
        Assert.Contains(trail, entry => entry.Act == "link-provider" && entry.Values.Contains(("of", "officer/J1")));
    }

    [Fact]
    public async Task A_provider_that_wants_a_secret_gets_it_from_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, RealProvider.Secret + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var provider = await RealProvider.StartAsync();
        await using var service = await StartAsync(provider, "sqlite", Options(provider) with { ClientId = RealProvider.SecretClientId, ClientSecretFile = file });
        using var browser = TestApp.Browser(service.Address, null);

        using var entered = await browser.GetAsync(await provider.SignInAsync(browser, await ProviderGround.SetOutAsync(browser, "/hall/sign-in"), "gao"));
        using var keys = await browser.GetAsync(RedeemCode.KeysPath);

        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, keys.StatusCode);
        File.Delete(file);
    }

    private static ProviderOptions Options(RealProvider provider) =>
        new() { Issuer = provider.Issuer, ClientId = RealProvider.ClientId, OfficerClaim = "officer_number", Scopes = ["openid", "staff", "real_name"] };

    private static async Task<TestService> StartAsync(RealProvider provider, string database, ProviderOptions options)
    {
        var service = await TestService.StartAsync(database, serve => serve.With(options));
        // The provider goes by the time of this machine.
        service.Clock.Now = TimeProvider.System.GetUtcNow();
        await provider.KnowAsync(service.Address, new Dictionary<string, object>
        {
            ["wang"] = new { officer_number = "J1" },
            ["gao"] = new { name = ProviderGround.Name, citizen_number = ProviderGround.Number },
        });
        return service;
    }

    private static string QueryString(Uri address, string name, string value)
    {
        var parameters = QueryHelpers.ParseQuery(address.Query).ToDictionary(one => one.Key, one => (string?)one.Value);
        parameters[name] = value;
        return QueryHelpers.AddQueryString("", parameters);
    }
}
