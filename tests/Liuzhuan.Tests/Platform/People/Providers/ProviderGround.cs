using System.Globalization;
using System.Net;
using AngleSharp.Html.Parser;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Providers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Providers;

/// <summary>What tests of the provider's way do again and again, in a browser without script.</summary>
internal static class ProviderGround
{
    // Made-up people of the sample register.
    public const string Number = "210102197702083533", Name = "高静伟", OtherNumber = "220881195501284917", OtherName = "迪丽热巴·迪力木拉提";

    public static ServeOptions With(this ServeOptions options, ProviderOptions provider) => options with { SignIn = new SignInOptions { Provider = provider, AttemptsPerMinute = 10_000 } };

    /// <summary>Presses the provider's button on a page; gives back where it leads.</summary>
    public static async Task<Uri> SetOutAsync(HttpClient browser, string page)
    {
        var form = (await SessionTests.PageAsync(browser, page)).QuerySelector("form[action='/sign-in/provider']") ?? throw new InvalidOperationException($"{page} has no such button.");
        using var answer = await SessionTests.PostAsync(browser, form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var onward = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        var address = onward.QuerySelector("#onward")!.GetAttribute("href")!;
        Assert.Equal("0;url=" + address, onward.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"));
        return new Uri(address);
    }

    /// <summary>Sets out to the hostile provider and comes back as if somebody had signed in there.</summary>
    /// <param name="change">Changes what comes back through the browser.</param>
    public static async Task<HttpResponseMessage> GoAndReturnAsync(HttpClient browser, HostileProvider provider, string page, Action<Dictionary<string, string?>>? change = null)
    {
        var asked = QueryHelpers.ParseQuery((await SetOutAsync(browser, page)).Query);
        provider.Nonce = asked["nonce"]!;
        return await ReturnAsync(browser, provider, asked["state"]!, change);
    }

    public static Task<HttpResponseMessage> ReturnAsync(HttpClient browser, HostileProvider provider, string state, Action<Dictionary<string, string?>>? change = null)
    {
        var parameters = new Dictionary<string, string?> { ["code"] = HostileProvider.Code, ["state"] = state, ["iss"] = provider.Issuer.OriginalString };
        change?.Invoke(parameters);
        return browser.GetAsync(QueryHelpers.AddQueryString(ProviderAddress.ReturnPath, parameters));
    }

    /// <summary>The entries of the trail, newest first, as act and a value.</summary>
    public static async Task<IReadOnlyList<TrailEntry>> TrailAsync(TestService service) => (await service.App.Services.GetRequiredService<AuditTrail>().ReadAsync(null, "", null, default)).Entries;

    /// <summary>The status of an answer, and why it refused where it did.</summary>
    public static async Task<string> OutcomeAsync(TestService service, HttpResponseMessage answer) =>
        ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture) + " " + (answer.Headers.Location?.OriginalString ?? await CauseAsync(service));

    /// <summary>Why the last attempt was refused.</summary>
    public static async Task<string> CauseAsync(TestService service)
    {
        var entry = (await TrailAsync(service))[0];
        Assert.Equal("refuse", entry.Act);
        Assert.Contains(("way", "provider"), entry.Values);
        return entry.Values.First(value => value.Name == "cause").Value["provider.".Length..];
    }
}
