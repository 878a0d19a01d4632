using Liuzhuan.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Liuzhuan.Platform.Web;

/// <summary>The policies that endpoints name. An endpoint that names none is denied.</summary>
internal static class Policies
{
    /// <summary>Open to whoever reaches this address: pages of this computer, health, published keys, the ledger's proofs.</summary>
    public const string Open = "open";

    /// <summary>For machines of agencies: every such endpoint stands behind the gate that checks token, signature and limits.</summary>
    public const string Machine = "machine";

    /// <summary>For auditors: the ledger's entries themselves.</summary>
    public const string Auditor = "auditor";

    public static void AddPolicies(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .AddPolicy(Open, policy => policy.RequireAssertion(_ => true))
            .AddPolicy(Machine, policy => policy.RequireAssertion(context => (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<GatedMetadata>() is not null))
            .AddPolicy(Auditor, policy => policy.RequireAssertion(context => context.Resource is HttpContext http && AuditorToken.IsGood(http)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DeniedResult>();
    }

    /// <summary>Nothing is told of what is denied.</summary>
    private sealed class DeniedResult : IAuthorizationMiddlewareResultHandler
    {
        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            // Where there is no endpoint, or only routing's own answer to a wrong method, there is nothing to deny: what says so comes next.
            if (authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint) return next(context);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
    }
}
