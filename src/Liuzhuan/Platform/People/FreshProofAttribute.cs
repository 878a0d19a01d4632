using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Liuzhuan.Platform.People;

/// <summary>Marks a page that discloses data: whoever proved their identity too long ago is asked to do so again first.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FreshProofAttribute : Attribute, IAsyncResourceFilter
{
    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var clock = services.GetRequiredService<TimeProvider>();
        if (services.GetRequiredService<CurrentActor>().Actor is not { } actor || clock.GetUtcNow() - actor.ProvedAt < services.GetRequiredService<SignInOptions>().ProofFor) return next();
        var back = http.Request.Path + (HttpMethods.IsGet(http.Request.Method) ? http.Request.QueryString : default);
        http.Response.Headers.Location = "/sign-in/again" + QueryString.Create(ReturnPath.Parameter, back);
        context.Result = new StatusCodeResult(StatusCodes.Status303SeeOther);
        return Task.CompletedTask;
    }
}
