using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where staff sign in: with a passkey, or with password and one-time password.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class SignInModel(PasskeyDesk passkeys, CheckStaff check, SignInDesk desk, AttemptLimits limits, SignInOptions options) : PageModel
{
    /// <summary>Officers may sign in with the provider of identities.</summary>
    public bool HasProvider => options.Provider.IsFor(ActorKind.Officer);

    /// <summary>Where to go on afterwards, where that is known.</summary>
    public string? Return { get; private set; }

    /// <summary>What has just been done.</summary>
    public Text? Notice { get; private set; }

    public Refusal? Refusal { get; private set; }

    public string Officer { get; private set; } = "";

    /// <param name="left">Given after signing out.</param>
    /// <param name="ready">Given after a way to sign in was registered.</param>
    public void OnGet([FromQuery(Name = ReturnPath.Parameter)] string? back, string? left, string? ready) =>
        (Return, Notice) = (ReturnPath.Of(back), left is not null ? PeopleTexts.SignedOut : ready is not null ? PeopleTexts.Ready : null);

    public async Task<IActionResult> OnPostOptionsAsync() => this.Options(await passkeys.BeginProofAsync(HttpContext, null));

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        Return = ReturnPath.Of(back);
        if (!limits.TryBegin(HttpContext)) return Refuse(CredentialRefusals.TooOften);
        if (!(await passkeys.ProveAsync(HttpContext, null, credential, stop)).Ok(out var account, out var refusal) || await desk.EnterAsync(HttpContext, new NewSession(account.Id, SignInWays.Passkey), back, stop) is not { } place)
        {
            await check.RefusedAsync(null, SignInWays.Passkey, stop);
            return Refuse(CredentialRefusals.PasskeyWrong);
        }

        limits.Succeeded(HttpContext);
        return this.Follow(place);
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? officer, [FromForm] string? password, [FromForm] string? code, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        (Return, Officer) = (ReturnPath.Of(back), (officer ?? "").Trim());
        if (!limits.TryBegin(HttpContext)) return Refuse(CredentialRefusals.TooOften);
        if (await check.PasswordAsync(Officer, password ?? "", (code ?? "").Trim(), stop) is not { } uses) return Refuse(CredentialRefusals.Wrong(options));
        if (await desk.EnterAsync(HttpContext, new NewSession(Actor.OfOfficer(Officer), SignInWays.Password), back, stop, uses) is not { } place)
        {
            await check.RefusedAsync(Actor.OfOfficer(Officer), SignInWays.Password, stop);
            return Refuse(CredentialRefusals.Wrong(options));
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
