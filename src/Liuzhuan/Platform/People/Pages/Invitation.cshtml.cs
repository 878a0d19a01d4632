using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where an invited officer comes in with a one-time code, to register a way to sign in and to do nothing else.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class InvitationModel(CheckStaff check, SignInDesk desk, AttemptLimits limits, SignInOptions options) : PageModel
{
    public Refusal? Refusal { get; private set; }

    public string Officer { get; private set; } = "";

    public async Task<IActionResult> OnPostAsync([FromForm] string? officer, [FromForm] string? code, CancellationToken stop)
    {
        Officer = (officer ?? "").Trim();
        if (!limits.TryBegin(HttpContext)) return Refuse(CredentialRefusals.TooOften);
        if (await check.InvitationAsync(Officer, code ?? "", stop) is not { } uses) return Refuse(CredentialRefusals.Wrong(options));
        if (await desk.EnterAsync(HttpContext, new NewSession(Actor.OfOfficer(Officer), SignInWays.Invitation), "/me", stop, uses) is null)
        {
            await check.RefusedAsync(Actor.OfOfficer(Officer), SignInWays.Invitation, stop);
            return Refuse(CredentialRefusals.Wrong(options));
        }

        limits.Succeeded(HttpContext);
        return this.Follow("/me/passkeys");
    }

    private PageResult Refuse(Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }
}
