using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where the provider of identities leads back to. It leads on, or says that it did not work and where else to sign in.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class ProviderReturnPageModel(CurrentActor current, ReturnFromProvider take, ProviderOptions options) : PageModel
{
    public Refusal? Refusal { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (options.Issuer is null) return NotFound();
        if ((await take.RunAsync(HttpContext, current.Actor, stop)).Ok(out var place, out var refusal)) return this.Follow(place);
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }

    /// <summary>Looks that take nothing, such as those of programs that test links, use nothing up.</summary>
    public IActionResult OnHead() => StatusCode(StatusCodes.Status405MethodNotAllowed);
}
