using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Liuzhuan.Platform.People;

/// <summary>Marks a page that discloses data: whoever proved their identity too long ago is asked to do so again first.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FreshProofAttribute : Attribute, IAsyncResourceFilter
{
    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (Missing(context.HttpContext) is not { } again) return next();
        context.HttpContext.Response.Headers.Location = again;
        context.Result = new StatusCodeResult(StatusCodes.Status303SeeOther);
        return Task.CompletedTask;
    }

    /// <summary>The same for addresses that are no pages, such as downloads.</summary>
    public static async ValueTask<object?> AskAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (Missing(context.HttpContext) is not { } again) return await next(context);
        context.HttpContext.Response.Headers.Location = again;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    // Where to prove it again; null where that is not needed.
    private static string? Missing(HttpContext http)
    {
        var (services, request) = (http.RequestServices, http.Request);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (services.GetRequiredService<CurrentActor>().Actor is not { } actor || now - actor.ProvedAt < services.GetRequiredService<SignInOptions>().ProofFor) return null;
        var back = request.Path + (HttpMethods.IsGet(request.Method) ? request.QueryString : default);
        return "/sign-in/again" + QueryString.Create(ReturnPath.Parameter, back);
    }
}
