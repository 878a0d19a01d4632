using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where citizens type the code that came to their telephone.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class CitizenCodePageModel(CitizenSignIn signIn, SignInDesk desk, AttemptLimits limits, SignInOptions options) : PageModel
{
    public string? Return { get; private set; }

    public Refusal? Refusal { get; private set; }

    public IActionResult OnGet([FromQuery(Name = ReturnPath.Parameter)] string? back)
    {
        Return = ReturnPath.Of(back);
        return signIn.HasBegun(HttpContext) ? Page() : this.Follow("/hall/sign-in");
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? code, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        Return = ReturnPath.Of(back);
        if (!limits.TryBegin(HttpContext)) return Refuse(CredentialRefusals.TooOften);
        if (await signIn.FinishAsync(HttpContext, code ?? "", stop) is not { } found) return Refuse(CredentialRefusals.CodeNotGood(options));
        if (await desk.EnterAsync(HttpContext, new NewSession(found.Account.Id, SignInWays.Code), back, stop, found.Uses) is not { } place)
        {
            await signIn.RefusedAsync(found.Account, stop);
            return Refuse(CredentialRefusals.CodeNotGood(options));
        }

        limits.Succeeded(HttpContext);
        return this.Follow(place);
    }

    private PageResult Refuse(Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }
}
