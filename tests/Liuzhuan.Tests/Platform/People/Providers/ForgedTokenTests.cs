using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.People.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Providers;

/// <summary>Tokens, answers and documents of a provider that are wrong in one thing each. The same flow with everything right leads in.</summary>
public sealed partial class ForgedTokenTests
{
    // Each with the cause that the ledger must name; where that is another, some other check stood in for the one that is meant.
    private static readonly (string Cause, Action<HostileProvider> Forge)[] Forgeries =
    [
        ("algorithm", provider => (provider.Change, provider.Sign) = (Header("alg", "none"), _ => [])),
        // The public key taken for a shared secret.
        ("algorithm", provider => (provider.Change, provider.Sign) = (Header("alg", "HS256"), data => HMACSHA256.HashData(Encoding.ASCII.GetBytes(provider.Rsa.ExportSubjectPublicKeyInfoPem()), data))),
        ("algorithm", provider => (provider.Change, provider.Sign) = (Header("alg", "RS512"), data => provider.Rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1))),
        ("algorithm", provider => provider.Change = (header, _) => header.Remove("alg")),
        ("key", provider => provider.Change = Header("kid", "rsa-9")),
        ("key", provider => provider.Change = Header("alg", "ES256")),
        ("signature", provider => provider.Sign = SignedByAnother),
        ("signature", provider => provider.Sign = data => [.. provider.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), 0]),
        ("signature", provider => provider.Sign = data => provider.Rsa.SignData([.. data, 0], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        // Of the other form than the token says.
        ("signature", provider => provider.Sign = data => provider.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
        ("type", provider => provider.Change = Header("typ", "at+jwt")),
        ("token", provider => provider.Change = (header, _) => header["crit"] = new JsonArray("exp")),
        ("issuer", provider => provider.Change = Claim("iss", "https://other.example")),
        ("issuer", provider => provider.Change = (_, claims) => claims["iss"] = provider.Issuer.OriginalString + "/"),
        ("issuer", provider => provider.Change = Without("iss")),
        ("audience", provider => provider.Change = Claim("aud", "somebody-else")),
        ("audience", provider => provider.Change = (_, claims) => claims["aud"] = new JsonArray(HostileProvider.ClientId, "somebody-else")),
        ("audience", provider => provider.Change = Claim("azp", "somebody-else")),
        ("audience", provider => provider.Change = Without("aud")),
        ("expired", provider => provider.Change = Seconds("exp", provider, -31)),
        ("expired", provider => provider.Change = Without("exp")),
        ("not-yet", provider => provider.Change = Seconds("nbf", provider, 31)),
        ("made", provider => provider.Change = Seconds("iat", provider, 31)),
        ("made", provider => provider.Change = Seconds("iat", provider, -631)),
        ("made", provider => provider.Change = Without("iat")),
        ("nonce", provider => provider.Change = Claim("nonce", "of another sign-in")),
        ("nonce", provider => provider.Change = Without("nonce")),
        ("at-hash", provider => provider.Change = Claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
        ("subject", provider => provider.Change = Without("sub")),
        ("subject", provider => provider.Change = Claim("sub", new string('s', 256))),
        ("auth-time", provider => provider.Change = Without("auth_time")),
        ("auth-time", provider => provider.Change = Seconds("auth_time", provider, -(12 * 3600) - 31)),
        ("auth-time", provider => provider.Change = Seconds("auth_time", provider, 31)),
        ("not-linked", provider => provider.Change = Claim("sub", "subject-2")),
        ("code", provider => provider.TokenAnswer = () => Results.Json(new { error = "invalid_grant" }, statusCode: 400)),
        ("answer", provider => provider.TokenAnswer = () => Results.Json(new { access_token = "x" })),
    ];

    [Fact]
    public async Task A_token_that_is_wrong_in_one_thing_leads_nobody_in_and_the_page_says_nothing_of_it()
    {
        await using var ground = await Ground.StartAsync();
        var (pages, wrong) = (new List<string>(), new List<string>());
        await ground.MustLeadInAsync();
        foreach (var (cause, forge) in Forgeries)
        {
            ground.Provider.Mend();
            forge(ground.Provider);
            using var browser = TestApp.Browser(ground.Service.Address, null);
            using var answer = await ProviderGround.GoAndReturnAsync(browser, ground.Provider, "/sign-in");
            using var me = await browser.GetAsync("/me");
            if (await ProviderGround.OutcomeAsync(ground.Service, answer) is var outcome && (outcome != $"401 {cause}" || me.StatusCode != HttpStatusCode.SeeOther)) wrong.Add($"{cause}: {outcome}");
            pages.Add(State().Replace(await answer.Content.ReadAsStringAsync(), ""));
        }

        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        Assert.Single(pages.Distinct());
        ground.Provider.Mend();
        await ground.MustLeadInAsync();
    }

    [Fact]
    public async Task A_key_that_nobody_knows_yet_is_looked_for_once_a_minute_at_most()
    {
        await using var ground = await Ground.StartAsync();
        await ground.MustLeadInAsync();
        using var next = RSA.Create(2048);
        ground.Provider.Keys.Add(ground.Provider.JwkOf(next, "rsa-2"));
        (ground.Provider.Change, ground.Provider.Sign) = (Header("kid", "rsa-2"), data => next.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        for (var i = 0; i < 3; i++)
        {
            using var early = await ground.GoAsync();
            Assert.Equal((HttpStatusCode.Unauthorized, "key"), (early.StatusCode, await ProviderGround.CauseAsync(ground.Service)));
        }

        Assert.Equal(1, ground.Provider.Asked.Count(what => what == "keys"));
        ground.Service.Clock.Advance(TimeSpan.FromMinutes(1));
        await ground.MustLeadInAsync();
        ground.Provider.Change = Header("kid", "rsa-3");
        using var never = await ground.GoAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, 2), (never.StatusCode, ground.Provider.Asked.Count(what => what == "keys")));
    }

    [Fact]
    public async Task A_provider_that_is_away_or_not_itself_is_said_to_be_away_and_the_other_ways_stay()
    {
        await using var ground = await Ground.StartAsync();
        object? Changed(string name, object? value) => ground.Provider.Metadata() is var document && (document[name] = value) is var _ ? document : null;
        var elsewhere = new Uri(ground.Provider.Issuer, "/elsewhere").OriginalString;
        var answers = new Func<IResult>[]
        {
            () => Results.StatusCode(500), () => Results.Text("<html>"), () => Results.Json(new[] { 1 }), () => Results.Redirect(elsewhere), () => Results.Json(Changed("issuer", ground.Provider.Issuer + "x")),
            () => Results.Json(Changed("token_endpoint", "http://idp.example/token")), () => Results.Json(Changed("jwks_uri", null)), () => Results.Json(Changed("padding", new string('x', 300_000))),
            () => Results.Text("""{"issuer":"https://other.example",""" + JsonSerializer.Serialize(ground.Provider.Metadata())[1..]),
        };
        var wrong = new List<int>();
        foreach (var answer in answers)
        {
            ground.Provider.Discovery = answer;
            using var browser = TestApp.Browser(ground.Service.Address, null);
            var page = await SessionTests.PageAsync(browser, "/sign-in?lang=en");
            var form = page.QuerySelector("form[action='/sign-in/provider']")!;
            using var away = await SessionTests.PostAsync(browser, form);
            using var again = await SessionTests.PostAsync(browser, form);
            if (away.StatusCode != HttpStatusCode.ServiceUnavailable || !(await away.Content.ReadAsStringAsync()).Contains("the other ways to sign in work as usual", StringComparison.Ordinal)) wrong.Add(Array.IndexOf(answers, answer));
            ground.Service.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.True(wrong.Count == 0, string.Join("; ", wrong));
        // A provider in trouble is not asked by everybody at once.
        Assert.Equal(answers.Length, ground.Provider.Asked.Count(what => what == "discovery"));
        ground.Provider.Mend();
        await ground.MustLeadInAsync();
        ground.Provider.TokenAnswer = () => Results.StatusCode(502);
        using var half = await ground.GoAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "away"), (half.StatusCode, await ProviderGround.CauseAsync(ground.Service)));
    }

    private static Action<JsonObject, JsonObject> Header(string name, string value) => (header, _) => header[name] = value;

    private static Action<JsonObject, JsonObject> Claim(string name, string value) => (_, claims) => claims[name] = value;

    private static Action<JsonObject, JsonObject> Without(string name) => (_, claims) => claims.Remove(name);

    private static Action<JsonObject, JsonObject> Seconds(string name, HostileProvider provider, long fromNow) => (_, claims) => claims[name] = provider.Now().ToUnixTimeSeconds() + fromNow;

    private static byte[] SignedByAnother(byte[] data)
    {
        using var another = RSA.Create(2048);
        return another.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>A service with a hostile provider, under which officer J1 is <c>subject-1</c>.</summary>
    internal sealed class Ground(TestService service, HostileProvider provider) : IAsyncDisposable
    {
        public TestService Service { get; } = service;

        public HostileProvider Provider { get; } = provider;

        public static async Task<Ground> StartAsync(string database = "sqlite", Func<ProviderOptions, ProviderOptions>? options = null, bool isLinked = true)
        {
            TestService? service = null;
            var provider = await HostileProvider.StartAsync(() => service!.Clock.Now);
            var given = new ProviderOptions { Issuer = provider.Issuer, ClientId = HostileProvider.ClientId };
            service = await TestService.StartAsync(database, serve => serve.With(options?.Invoke(given) ?? given));
            service.Staff.Put(new Liuzhuan.Platform.People.StaffMember("J1", "甲某某", TestStaff.Station, IsActive: true));
            if (isLinked) Assert.True(await service.App.Services.GetRequiredService<ProviderLinks>().AddAsync("officer/J1", "subject-1", "operator/test", default));
            return new Ground(service, provider);
        }

        /// <summary>One attempt on the page for staff in a browser of its own.</summary>
        public async Task<HttpResponseMessage> GoAsync()
        {
            using var browser = TestApp.Browser(Service.Address, null);
            return await ProviderGround.GoAndReturnAsync(browser, Provider, "/sign-in");
        }

        public async Task MustLeadInAsync()
        {
            using var answer = await GoAsync();
            Assert.Equal("303 ", $"{(int)answer.StatusCode} " + (answer.StatusCode == HttpStatusCode.SeeOther ? "" : await ProviderGround.CauseAsync(Service)));
        }

        public async ValueTask DisposeAsync()
        {
            await Service.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }

    [GeneratedRegex("state=[^&\"]*")]
    private static partial Regex State();
}
