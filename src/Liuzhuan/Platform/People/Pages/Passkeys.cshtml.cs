using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Somebody's own passkeys: registered and removed.</summary>
[Authorize(Policy = Policies.SignedIn), FreshProof, OwnHands]
internal sealed class PasskeysModel(CurrentActor current, PasskeyDesk desk, AccountStore store, StaffAccounts accounts, SignInDesk signIn, ProviderOptions provider) : PageModel
{
    public ProviderOptions Provider => provider;

    /// <summary>Officers may link the provider of identities instead.</summary>
    public bool HasProvider => Me.Kind == ActorKind.Officer && provider.IsFor(ActorKind.Officer);

    public IReadOnlyList<StoredPasskey> Keys { get; private set; } = [];

    public Refusal? Refusal { get; private set; }

    /// <summary>Officers may use a password with an authenticator instead.</summary>
    public bool MayUsePassword => Me.Kind == ActorKind.Officer;

    private Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public async Task OnGetAsync(CancellationToken stop) => Keys = await store.ListAsync(Me.Id, stop);

    public async Task<IActionResult> OnPostOptionsAsync() => this.Options(await desk.BeginCreationAsync(HttpContext, Me));

    public async Task<IActionResult> OnPostAddAsync([FromForm] string? credential, [FromForm] string? name, CancellationToken stop)
    {
        if (!(await desk.CreateAsync(HttpContext, Me, credential, name, stop)).Ok(out _, out var refusal)) return await RefuseAsync(refusal, stop);
        if (Me.Way != SignInWays.Invitation) return this.Follow("/me/passkeys");
        // An invitation is over with the first key; that it works is seen by signing in with it.
        await signIn.LeaveAsync(HttpContext, stop);
        return this.Follow("/sign-in?ready=1");
    }

    public async Task<IActionResult> OnPostRemoveAsync([FromForm] string? key, CancellationToken stop)
    {
        var held = await store.ListAsync(Me.Id, stop);
        if (held.FirstOrDefault(one => one.Id == key) is not { } found) return this.Follow("/me/passkeys");
        var hasPassword = Me.OfficerId is { } officer && await accounts.FindAsync(officer, stop) is { HasPassword: true };
        if (held.Count == 1 && !hasPassword && Me.Kind == ActorKind.Officer) return await RefuseAsync(CredentialRefusals.LastWay, stop);
        await store.RemovePasskeyAsync(new Account(Me.Id, Me.Name), found.Info.CredentialId, stop);
        return this.Follow("/sign-in?return=/me/passkeys");
    }

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken stop)
    {
        Keys = await store.ListAsync(Me.Id, stop);
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }
}
