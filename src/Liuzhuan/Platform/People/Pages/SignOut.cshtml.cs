using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Ends the session. Open, because one that is over already may be left too.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class SignOutModel(CurrentActor current, SignInDesk desk, ProviderOptions provider) : PageModel
{
    public IActionResult OnGet() => this.Follow("/sign-in");

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var isByProvider = provider.Issuer is not null && current.Actor?.Way == SignInWays.Provider;
        await desk.LeaveAsync(HttpContext, stop);
        return this.Follow(isByProvider ? "/sign-out/provider" : ProviderAddress.LeftPath);
    }
}
