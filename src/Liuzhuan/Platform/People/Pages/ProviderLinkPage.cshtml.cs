using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>An officer's own link with the provider of identities: made and removed.</summary>
[Authorize(Policy = Policies.SignedIn), FreshProof, OwnHands]
internal sealed class ProviderLinkPageModel(CurrentActor current, ProviderOptions options, ProviderLinks links, AccountStore keys, StaffAccounts accounts, PageLanguage language) : PageModel
{
    public DateTimeOffset? LinkedAt { get; private set; }

    public Refusal? Refusal { get; private set; }

    public string Name => language[ProviderTexts.Name(options)];

    private Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (!IsForMe) return NotFound();
        LinkedAt = await links.LinkedAtAsync(Me.Id, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!IsForMe) return NotFound();
        var hasOther = (await keys.ListAsync(Me.Id, stop)).Count > 0 || (Me.OfficerId is { } officer && await accounts.FindAsync(officer, stop) is { HasPassword: true });
        if (hasOther)
        {
            await links.RemoveAsync(Me.Id, Me.Id, stop);
            return this.Follow("/sign-in?return=/me/provider");
        }

        (Refusal, Response.StatusCode) = (CredentialRefusals.LastWay, CredentialRefusals.LastWay.Status);
        LinkedAt = await links.LinkedAtAsync(Me.Id, stop);
        return Page();
    }

    private bool IsForMe => Me.Kind == ActorKind.Officer && options.IsFor(ActorKind.Officer);
}
