using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Asks somebody who is signed in to prove their identity again, before data is disclosed.</summary>
[Authorize(Policy = Policies.SignedIn)]
internal sealed class AgainModel(CurrentActor current, DemoMode demo, SignInDesk desk) : PageModel
{
    public string Name => current.Actor?.Name ?? "";

    public bool IsDemo => demo.IsOn;

    public string? Return { get; private set; }

    public void OnGet([FromQuery(Name = ReturnPath.Parameter)] string? back) => Return = ReturnPath.Of(back);

    public async Task<IActionResult> OnPostAsync([FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        if (!demo.IsOn || current.Actor is not { } actor) return Forbid();
        return this.Follow(await desk.ProveAsync(HttpContext, actor, SignInWays.Demo, back, stop));
    }
}
