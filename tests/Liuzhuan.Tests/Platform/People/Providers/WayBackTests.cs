using System.Net;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Providers;

/// <summary>The way back from the provider: whose browser, how often, how late, and from whom.</summary>
public sealed class WayBackTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_the_browser_that_set_out_comes_back_once_and_in_time(string database)
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync(database);
        var (service, provider, wrong) = (ground.Service, ground.Provider, new List<string>());
        using var victim = TestApp.Browser(service.Address, null);
        using var attacker = TestApp.Browser(service.Address, null);
        async Task<string> SetOutAsync(HttpClient browser)
        {
            var asked = QueryHelpers.ParseQuery((await ProviderGround.SetOutAsync(browser, "/sign-in")).Query);
            provider.Nonce = asked["nonce"]!;
            return asked["state"]!;
        }

        async Task MustBeRefusedAsync(string cause, HttpClient browser, string state, Action<Dictionary<string, string?>>? change = null)
        {
            using var answer = await ProviderGround.ReturnAsync(browser, provider, state, change);
            if (await ProviderGround.OutcomeAsync(service, answer) is var outcome && outcome != $"401 {cause}") wrong.Add($"{cause}: {outcome}");
        }

        // Somebody's way back in a browser that set out for nothing, or for something else (forged sign-in).
        await MustBeRefusedAsync("browser", victim, await SetOutAsync(attacker));
        var foreign = await SetOutAsync(attacker);
        await SetOutAsync(victim);
        await MustBeRefusedAsync("state", victim, foreign);
        await MustBeRefusedAsync("state", attacker, foreign + "x");
        await MustBeRefusedAsync("state", attacker, await SetOutAsync(attacker), parameters => parameters.Remove("state"));

        // From another provider than the one it was sent to (mix-up), or from none.
        await MustBeRefusedAsync("iss", attacker, await SetOutAsync(attacker), parameters => parameters["iss"] = "https://other.example");
        await MustBeRefusedAsync("iss", attacker, await SetOutAsync(attacker), parameters => parameters.Remove("iss"));
        await MustBeRefusedAsync("code", attacker, await SetOutAsync(attacker), parameters => parameters.Remove("code"));

        // Too late.
        var late = await SetOutAsync(attacker);
        service.Clock.Advance(TimeSpan.FromMinutes(10));
        await MustBeRefusedAsync("flow", attacker, late);

        // Twice: even the same browser's cookie, put back, leads nowhere.
        var jar = new CookieContainer();
        using var officer = TestApp.Browser(service.Address, jar);
        var state = await SetOutAsync(officer);
        var kept = jar.GetCookies(new Uri(service.Address, ProviderAddress.ReturnPath))["liuzhuan.provider"]!;
        Assert.True(kept.HttpOnly);
        using (var entered = await ProviderGround.ReturnAsync(officer, provider, state)) Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        jar.Add(service.Address, new Cookie(kept.Name, kept.Value, kept.Path));
        await MustBeRefusedAsync("flow", officer, state);
        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        Assert.DoesNotContain(provider.Asked, what => what == "me");

        // What is stored of ways under way tells nobody anything.
        var open = await SetOutAsync(attacker);
        await using var connection = await service.Data.Store.OpenAsync(default);
        var rows = await connection.ListAsync(null, "select state from provider_flows", row => row.GetFieldValue<byte[]>(0), default);
        Assert.Contains(rows, row => row.AsSpan().SequenceEqual(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(open))));
        service.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.True(await service.App.Services.GetRequiredService<ProviderFlows>().ForgetAsync(service.Clock.Now, default) > 0);
        Assert.Equal(0L, Convert.ToInt64(await connection.ScalarAsync(null, "select count(*) from provider_flows", default), null));
    }

    [Fact]
    public async Task The_session_is_a_new_one_and_nobody_is_sent_to_another_site()
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync();
        var (service, provider) = (ground.Service, ground.Provider);
        var jar = new CookieContainer();
        using var browser = TestApp.Browser(service.Address, jar);
        jar.Add(service.Address, new Cookie(SessionCookie.Name, new string('A', 43)));

        using var entered = await ProviderGround.GoAndReturnAsync(browser, provider, "/sign-in?return=//evil.example/");
        var first = jar.GetCookies(service.Address)[SessionCookie.Name]!.Value;
        using var again = await ProviderGround.GoAndReturnAsync(browser, provider, "/sign-in?return=/%5Cevil.example");
        var second = jar.GetCookies(service.Address)[SessionCookie.Name]!.Value;

        Assert.Equal(("/me", "/me"), (entered.Headers.Location!.OriginalString, again.Headers.Location!.OriginalString));
        Assert.Equal(3, new[] { new string('A', 43), first, second }.Distinct().Count());
        Assert.Null(await service.App.Services.GetRequiredService<ActorLoad>().FindAsync(first, default));
        Assert.Equal("S256", QueryHelpers.ParseQuery((await ProviderGround.SetOutAsync(TestApp.Browser(service.Address, null), "/sign-in")).Query)["code_challenge_method"]);
        Assert.Equal(43, provider.Redeemed!["code_verifier"].ToString().Length);
        Assert.Equal(new Uri(service.Address, ProviderAddress.ReturnPath).OriginalString, provider.Redeemed["redirect_uri"]);
    }

    [Fact]
    public async Task Only_a_form_of_this_site_sets_out_and_only_a_look_brings_back()
    {
        await using var ground = await ForgedTokenTests.Ground.StartAsync();
        using var browser = TestApp.Browser(ground.Service.Address, null);

        using var linked = await browser.GetAsync("/sign-in/provider?what=officer");
        using var forged = await browser.PostAsync("/sign-in/provider", new FormUrlEncodedContent([new("what", "officer")]));
        using var posted = await browser.PostAsync(ProviderAddress.ReturnPath, new FormUrlEncodedContent([new("code", "x"), new("state", "y")]));
        using var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, ProviderAddress.ReturnPath));
        using var cancelled = await ProviderGround.GoAndReturnAsync(browser, ground.Provider, "/sign-in", parameters => (parameters["error"], parameters["code"]) = ("access_denied", null));
        var cause = await ProviderGround.CauseAsync(ground.Service);
        using var trouble = await ProviderGround.GoAndReturnAsync(browser, ground.Provider, "/sign-in", parameters => parameters["error"] = "server_error");

        Assert.Equal(["/sign-in"], [linked.Headers.Location!.OriginalString]);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed), (forged.StatusCode, posted.StatusCode, head.StatusCode));
        Assert.Equal((HttpStatusCode.Unauthorized, "declined"), (cancelled.StatusCode, cause));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, trouble.StatusCode);
    }

    [Fact]
    public async Task Without_a_provider_nothing_of_it_is_there()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var browser = await service.SignInAsync(Liuzhuan.Platform.People.Roles.WindowOfficer);
        foreach (var path in new[] { "/sign-in", "/hall/sign-in", "/me", "/me/passkeys" })
            Assert.DoesNotContain("provider", await browser.GetStringAsync(path), StringComparison.OrdinalIgnoreCase);
        foreach (var path in new[] { ProviderAddress.ReturnPath + "?code=x&state=y", "/me/provider", RedeemCode.KeysPath })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }
}
