using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where the system administrator invites officers. What they may do is for another administrator to say.</summary>
[Authorize(Policy = Policies.CanInviteOfficers), FreshProof]
internal sealed class OfficersPageModel(CurrentActor current, StaffAccounts accounts, AccountStore passkeys, ActorLoad actors, ProviderOptions provider, ProviderLinks links, PageLanguage language, TimeProvider clock) : PageModel
{
    public static Guide Guide { get; } = new("officers", AdminTexts.GuideInvite, AdminTexts.GuideLost, AdminTexts.GuideRolesElsewhere);

    private const int MostShown = 200;

    public IReadOnlyList<(StaffAccount Account, StaffMember? Member, int Keys, bool IsLinked)> Accounts { get; private set; } = [];

    /// <summary>The one that was just made; it can be read only now.</summary>
    public Invitation? Invitation { get; private set; }

    public Refusal? Refusal { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync([FromForm] string? officer, CancellationToken stop)
    {
        var id = (officer ?? "").Trim();
        var by = current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");
        if (await actors.MemberAsync(id, stop) is null) Refusal = RoleRefusals.NobodyThere;
        // Whoever could invite themselves anew would stay in when their passkey is taken from them.
        else if (by.OfficerId == id) Refusal = RoleRefusals.OwnInvitation;
        else if ((await actors.RolesAsync(id, stop)).Any(Roles.KeptFromSystem.Contains)) Refusal = RoleRefusals.ApartInvitation;
        else if ((await accounts.InviteAsync(by.Id, id, stop)).Ok(out var made, out var refusal)) Invitation = made;
        else Refusal = refusal;
        if (Refusal is not null) Response.StatusCode = Refusal.Status;
        await LoadAsync(stop);
        return Page();
    }

    /// <summary>What an account can be used with.</summary>
    public IEnumerable<string> State(StaffAccount account, int keys, bool isLinked)
    {
        if (account.CodeExpiresAt is { } until) yield return language[until > clock.GetUtcNow() ? AdminTexts.Invited : AdminTexts.InvitationOver];
        if (keys > 0) yield return language.Format(AdminTexts.WithPasskeys, PageLanguage.Number(keys));
        if (account.HasPassword) yield return language[AdminTexts.WithPassword];
        if (isLinked) yield return language[ProviderTexts.WithProvider];
        if (keys == 0 && !isLinked && !account.HasPassword && account.CodeExpiresAt is null) yield return language[AdminTexts.WithNothing];
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        var hasProvider = provider.IsFor(ActorKind.Officer);
        var found = new List<(StaffAccount, StaffMember?, int, bool)>();
        foreach (var account in (await accounts.ListAsync(stop)).Take(MostShown))
        {
            var officer = Actor.OfOfficer(account.OfficerId);
            found.Add((account, await actors.MemberAsync(account.OfficerId, stop), (await passkeys.ListAsync(officer, stop)).Count, hasProvider && await links.LinkedAtAsync(officer, stop) is not null));
        }

        Accounts = found;
    }
}
