using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Asks somebody who is signed in to prove their identity again, before data is disclosed or a way to sign in is changed.</summary>
[Authorize(Policy = Policies.SignedIn)]
internal sealed class AgainModel(CurrentActor current, DemoMode demo, SignInDesk desk, PasskeyDesk passkeys, AccountStore keys, StaffAccounts accounts, CheckStaff check, CitizenAccounts citizens, CitizenSignIn codes, ProviderLinks links, AttemptLimits limits, SignInOptions options, PageLanguage language) : PageModel
{
    public Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public bool IsDemo => demo.IsOn;

    public bool HasPasskey { get; private set; }

    public bool HasPassword { get; private set; }

    /// <summary>A code can be sent to a citizen; not to one who is helped at a window.</summary>
    public bool HasPhone { get; private set; }

    /// <summary>The provider of identities knows them: officers by a link, citizens by their number.</summary>
    public bool HasProvider { get; private set; }

    public Refusal? Refusal { get; private set; }

    public string? Return { get; private set; }

    public Task OnGetAsync([FromQuery(Name = ReturnPath.Parameter)] string? back, CancellationToken stop) => LoadAsync(back, stop);

    public async Task<IActionResult> OnPostDemoAsync([FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        if (!demo.IsOn) return NotFound();
        return this.Follow(await desk.ProveAsync(HttpContext, Me, SignInWays.Demo, back, stop) ?? "/sign-in");
    }

    public async Task<IActionResult> OnPostOptionsAsync() => this.Options(await passkeys.BeginProofAsync(HttpContext, Me));

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        if (!limits.TryBegin(HttpContext)) return await RefuseAsync(CredentialRefusals.TooOften, back, stop);
        if (!(await passkeys.ProveAsync(HttpContext, Me, credential, stop)).Ok(out _, out var refusal))
        {
            await check.RefusedAsync(Me.Id, SignInWays.Passkey, stop);
            return await RefuseAsync(refusal, back, stop);
        }

        limits.Succeeded(HttpContext);
        return this.Follow(await desk.ProveAsync(HttpContext, Me, SignInWays.Passkey, back, stop) ?? "/sign-in");
    }

    public async Task<IActionResult> OnPostPasswordAsync([FromForm] string? password, [FromForm] string? code, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        if (!limits.TryBegin(HttpContext)) return await RefuseAsync(CredentialRefusals.TooOften, back, stop);
        if (Me.OfficerId is not { } officer || await check.PasswordAsync(officer, password ?? "", (code ?? "").Trim(), stop) is not { } uses) return await RefuseAsync(CredentialRefusals.Wrong(options), back, stop);
        if (await desk.ProveAsync(HttpContext, Me, SignInWays.Password, back, stop, uses) is not { } place)
        {
            await check.RefusedAsync(Me.Id, SignInWays.Password, stop);
            return await RefuseAsync(CredentialRefusals.Wrong(options), back, stop);
        }

        limits.Succeeded(HttpContext);
        return this.Follow(place);
    }

    public async Task<IActionResult> OnPostSendAsync([FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        await LoadAsync(back, stop);
        if (HasPhone && limits.TryBegin(HttpContext) && await citizens.FindAsync(Me.Id, stop) is { } account) await codes.SendAsync(account, language.Language, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostCodeAsync([FromForm] string? code, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        if (!limits.TryBegin(HttpContext)) return await RefuseAsync(CredentialRefusals.TooOften, back, stop);
        if (Me.AssistedBy is not null || await citizens.FindAsync(Me.Id, stop) is not { } account || await codes.CheckAsync(account, code ?? "", stop) is not { } uses) return await RefuseAsync(CredentialRefusals.CodeNotGood(options), back, stop);
        if (await desk.ProveAsync(HttpContext, Me, SignInWays.Code, back, stop, uses) is not { } place)
        {
            await codes.RefusedAsync(account, stop);
            return await RefuseAsync(CredentialRefusals.CodeNotGood(options), back, stop);
        }

        limits.Succeeded(HttpContext);
        return this.Follow(place);
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, string? back, CancellationToken stop)
    {
        await LoadAsync(back, stop);
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }

    private async Task LoadAsync(string? back, CancellationToken stop)
    {
        Return = ReturnPath.Of(back);
        HasPasskey = (await keys.ListAsync(Me.Id, stop)).Count > 0;
        HasPhone = Me is { Kind: ActorKind.Citizen, AssistedBy: null } && (await citizens.FindAsync(Me.Id, stop))?.Phone is not null;
        HasProvider = Me is { AssistedBy: null, ActsFor: null } && options.Provider.IsFor(Me.Kind) && (Me.Kind == ActorKind.Citizen || await links.LinkedAtAsync(Me.Id, stop) is not null);
        HasPassword = Me.OfficerId is { } officer && await accounts.FindAsync(officer, stop) is { HasPassword: true };
    }
}
