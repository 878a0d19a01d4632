using System.Net;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests;

public class AccessTests
{
    private static readonly string[] Known = [Policies.Open, Policies.Machine, Policies.Auditor, Policies.SignedIn, Policies.Workstation, .. Capabilities.All.Select(Policies.Can)];

    [Fact]
    public async Task Every_endpoint_names_its_policy()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var endpoints = service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        var loader = service.App.Services.GetRequiredService<PageLoader>();

        Assert.NotEmpty(endpoints);
        foreach (var given in endpoints)
        {
            // What a page says of itself is known once it is loaded.
            var own = given.Metadata.GetMetadata<PageActionDescriptor>() is { } page ? (await loader.LoadAsync(page, EndpointMetadataCollection.Empty)).EndpointMetadata ?? [] : [];
            var endpoint = new Endpoint(given.RequestDelegate, new EndpointMetadataCollection([.. given.Metadata, .. own]), given.DisplayName);
            var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToList();
            Assert.True(policies.Count > 0 && policies.TrueForAll(Known.Contains), $"{endpoint.DisplayName} names no known policy");
            Assert.Null(endpoint.Metadata.GetMetadata<IAllowAnonymous>());
            // What machines may do is behind the gate, and nothing else is.
            Assert.Equal(policies.Contains(Policies.Machine), endpoint.Metadata.GetMetadata<GatedMetadata>() is not null);
        }
    }

    [Fact]
    public async Task What_is_for_machines_refuses_strangers_with_a_signed_problem()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var gated = service.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<GatedMetadata>() is not null).ToList();

        Assert.NotEmpty(gated);
        foreach (var endpoint in gated)
        {
            var method = endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0];
            var path = endpoint.RoutePattern.RawText!.Replace("{id}", "0", StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(service.Address, path));
            if (method is "POST" or "PUT" or "PATCH") request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var response = await service.Http.SendAsync(request);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path} answered {(int)response.StatusCode}");
            Assert.True(response.Headers.Contains("Signature"));
        }
    }

    [Fact]
    public async Task Entries_of_the_ledger_are_for_auditors()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var stranger = await service.Http.GetAsync(new Uri(service.Address, "/ledger/tile/entries/000.p/1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, $"/ledger/tile/entries/000.p/{(await service.Ledger.Log.HeadAsync(default)).Size}"));
        request.Headers.Authorization = new("Bearer", AuditorToken.Of(service.App.Services.GetRequiredService<Liuzhuan.Platform.Signing.Keys.KeyFolder>()));
        using var auditor = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.OK, auditor.StatusCode);
    }

    [Fact]
    public async Task A_refusals_type_is_a_page_that_exists()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var request = await service.RequestAsync("{}");
        request.Headers.Remove("Signature");
        using var refused = await service.Http.SendAsync(request);
        var type = System.Text.Json.JsonDocument.Parse(await refused.Content.ReadAsByteArrayAsync()).RootElement.GetProperty("type").GetString();
        using var page = await service.Http.GetAsync(new Uri(service.Address, type));

        Assert.StartsWith("/problems/auth.signature-", type, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("auth.signature-not-covered", ProblemCatalogue.All.Keys);
    }

    [Fact]
    public void Every_problem_has_a_name_a_cause_and_a_remedy_in_both_languages() => Assert.All(ProblemCatalogue.All, problem =>
    {
        Assert.InRange(problem.Value.Status, 400, 599);
        foreach (var text in new[] { problem.Value.Title, problem.Value.Cause, problem.Value.Remedy })
        {
            Assert.True(text.Zh.Length > 1 && text.En.Length > 3, problem.Key);
            Assert.Contains(text.Zh, character => character is >= '一' and <= '鿿');
            Assert.DoesNotContain(text.En, character => character is >= '一' and <= '鿿');
        }
    });
}
