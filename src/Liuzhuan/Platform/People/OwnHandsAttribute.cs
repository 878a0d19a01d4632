using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Liuzhuan.Platform.People;

/// <summary>Marks a page that nobody else may use for somebody: not the officer at whose window a citizen is served, not a proxy.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OwnHandsAttribute : Attribute, IResourceFilter
{
    private static readonly Refusal Others = new("sign-in.own-hands",
        "登录方式只能由本人在自己的设备上设置，不能在窗口代办。", "Ways to sign in are set by oneself on one's own device, not at a window.", StatusCodes.Status403Forbidden);

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.RequestServices.GetRequiredService<CurrentActor>().Actor is { AssistedBy: null, ActsFor: null }) return;
        Admission.Remember(context.HttpContext, Others);
        context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
