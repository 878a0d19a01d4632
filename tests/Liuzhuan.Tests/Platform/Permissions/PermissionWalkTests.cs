using System.Net;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.Permissions;

/// <summary>Every endpoint and page, asked by every role and by a stranger. What is expected comes from the page's policy and roles.yaml alone.</summary>
public sealed partial class PermissionWalkTests
{
    // They take no form of this site: machines sign what they send, a dropped file brings its token in its first part, and an error page only tells.
    private static readonly string[] WithoutForm = ["/", "/error/500", "/oauth/token"];

    public static TheoryData<string, bool> Grounds => TestDatabases.Postgres is null ? new() { { "sqlite", false }, { "sqlite", true } } : new() { { "sqlite", false }, { "sqlite", true }, { "postgres", true } };

    [Theory, MemberData(nameof(Grounds))]
    public async Task Every_page_opens_to_those_it_names_and_to_nobody_else(string database, bool hasAccounts)
    {
        await using var service = await TestService.StartAsync(database);
        if (hasAccounts) Assert.True((await service.App.Services.GetRequiredService<StaffAccounts>().InviteAsync("operator/test", "J9", default)).Ok(out _, out _));
        var places = await PlacesAsync(service);
        Assert.Contains(places, place => place.Policy == Policies.CanGrantRoles);
        var rules = service.App.Services.GetRequiredService<Liuzhuan.Platform.Permissions.Permissions>().Rules;
        var wrong = new List<string>();
        foreach (var role in Roles.All.Prepend(""))
        {
            using var browser = role switch
            {
                "" => TestApp.Browser(service.Address, null),
                Roles.Citizen => await service.SignInCitizenAsync("210102197702083533", "高静伟"),
                _ => await service.SignInAsync(role),
            };
            foreach (var place in places.Where(place => place.Policy is not (Policies.Machine or Policies.Auditor)))
            {
                var expected = Expected(place.Policy, role, hasAccounts, capability => rules.Any(rule => rule.Role == role && rule.Capability == capability));
                if (place.IsGot && await SeenAsync(browser, HttpMethod.Get, place.Path) is var got && got != expected) wrong.Add($"GET {place.Path} ({place.Policy}) as {(role.Length == 0 ? "a stranger" : role)}: {got}, not {expected}");
                if (!place.IsPage || WithoutForm.Contains(place.Path)) continue;
                // Whoever may do it still needs the token of a form of this site.
                var posted = await SeenAsync(browser, HttpMethod.Post, place.Path);
                if (posted != (expected == Seen.Open ? Seen.NoToken : expected)) wrong.Add($"POST {place.Path} ({place.Policy}) as {(role.Length == 0 ? "a stranger" : role)}: {posted}");
            }
        }

        Assert.Empty(wrong);
    }

    private static Seen Expected(string policy, string role, bool hasAccounts, Func<string, bool> may)
    {
        if (policy == Policies.Open || (policy == Policies.Workstation && !hasAccounts)) return Seen.Open;
        if (role.Length == 0) return Seen.LedToSignIn;
        return policy == Policies.SignedIn || may(Policies.CapabilityOf(policy)!) ? Seen.Open : Seen.Denied;
    }

    private static async Task<Seen> SeenAsync(HttpClient browser, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([]);
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode switch
        {
            HttpStatusCode.Forbidden => Seen.Denied,
            HttpStatusCode.SeeOther when answer.Headers.Location!.OriginalString.StartsWith(path.StartsWith("/hall", StringComparison.Ordinal) ? "/hall/sign-in?return=" : "/sign-in?return=", StringComparison.Ordinal) => Seen.LedToSignIn,
            HttpStatusCode.BadRequest when method == HttpMethod.Post => Seen.NoToken,
            >= HttpStatusCode.InternalServerError => Seen.Fault,
            _ => Seen.Open,
        };
    }

    private static async Task<List<Place>> PlacesAsync(TestService service)
    {
        var loader = service.App.Services.GetRequiredService<PageLoader>();
        var places = new List<Place>();
        foreach (var endpoint in service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            var own = page is null ? [] : (await loader.LoadAsync(page, EndpointMetadataCollection.Empty)).EndpointMetadata ?? [];
            var policies = endpoint.Metadata.Concat(own).OfType<IAuthorizeData>().Select(data => data.Policy).Distinct().ToList();
            Assert.True(policies.Count == 1, $"{endpoint.DisplayName} names {policies.Count} policies");
            var path = "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), match => Value(match.Value));
            places.Add(new Place(path, policies[0]!, page is not null, endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true));
        }

        return places;
    }

    // Something of the form that a route takes, and that is nowhere.
    private static string Value(string parameter) => parameter switch
    {
        "{code?}" => "",
        "{status:int}" => "500",
        _ when parameter.EndsWith(":guid}", StringComparison.Ordinal) => Guid.Empty.ToString(),
        _ when parameter.Contains(":regex(^(", StringComparison.Ordinal) => parameter.Split("^(")[1].Split('|')[0],
        _ => "0",
    };

    private sealed record Place(string Path, string Policy, bool IsPage, bool IsGot);

    private enum Seen
    {
        Open,
        LedToSignIn,
        Denied,
        NoToken,
        Fault,
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
