using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Permissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http.Extensions;

namespace Liuzhuan.Platform.Web;

/// <summary>Lets a request through to its page, or says why not: a stranger is led to sign in, others are told what they lack. Nothing is told of what is denied.</summary>
internal sealed class Admission : IAuthorizationMiddlewareResultHandler
{
    private const string WhyNot = "liuzhuan.why-not";

    public static bool IsSignedIn(HttpContext http) => ActorOf(http) is not null;

    /// <summary>May whoever sent this do so at all? Why not is kept for the page that says so.</summary>
    public static bool May(HttpContext http, string capability)
    {
        var decision = http.RequestServices.GetRequiredService<Permissions.Permissions>().Decide(ActorOf(http), capability);
        if (decision.Refusal is { } refusal) http.Items[WhyNot] = refusal;
        return decision.IsAllowed;
    }

    public static async Task<bool> MayUseWorkstationAsync(HttpContext http) =>
        await http.RequestServices.GetRequiredService<Workstation>().IsOpenAsync(http.RequestAborted) || May(http, Capabilities.VerifyFile);

    /// <summary>Why the request was denied, where there is a sentence for it.</summary>
    public static Refusal? Reason(HttpContext http) => http.Items[WhyNot] as Refusal;

    /// <summary>To be told by the page about what is forbidden, for decisions that a page itself asks for.</summary>
    public static void Remember(HttpContext http, Refusal refusal) => http.Items[WhyNot] = refusal;

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Where there is no endpoint, or only routing's own answer to a wrong method, there is nothing to deny: what says so comes next.
        if (authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint endpoint) return next(context);
        if (ActorOf(context) is null && LeadsToSignIn(endpoint))
        {
            // What was posted is lost with the session; the page it came from is where to go on.
            var (request, back) = (context.Request, context.Request.Path + (HttpMethods.IsGet(context.Request.Method) ? context.Request.QueryString : default));
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = UriHelper.BuildRelative(request.PathBase, request.Path.StartsWithSegments("/hall") ? "/hall/sign-in" : "/sign-in", QueryString.Create(ReturnPath.Parameter, back));
            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static Actor? ActorOf(HttpContext http) => http.RequestServices.GetRequiredService<CurrentActor>().Actor;

    // A page, or a download that a person follows from one; never what machines ask for.
    private static bool LeadsToSignIn(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is Policies.SignedIn || (data.Policy is { } name && Policies.CapabilityOf(name) is not null));
}
