using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where the security administrator gives and takes roles.</summary>
[Authorize(Policy = Policies.CanGrantRoles), FreshProof]
internal sealed class RolesPageModel(CurrentActor current, ManageRoles manage, ActorLoad actors, Permissions.Permissions permissions, TimeProvider clock) : PageModel
{
    public static Guide Guide { get; } = new("roles", AdminTexts.GuideGrant, AdminTexts.GuideApart, AdminTexts.GuideRevoke);

    // On a telephone each is a card.
    private const int OnPage = 20;

    public Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    /// <summary>The roles that are held, each with the officer; null for one who has left.</summary>
    public IReadOnlyList<(RoleGrant Grant, StaffMember? Member)> Held { get; private set; } = [];

    /// <summary>The role that is asked for; empty for all.</summary>
    public string Of { get; private set; } = "";

    public Turning Turning { get; private set; } = new(0, false);

    public Refusal? Refusal { get; private set; }

    public bool IsDone { get; private set; }

    public string Officer { get; private set; } = "";

    public string Role { get; private set; } = Roles.WindowOfficer;

    public string Reason { get; private set; } = "";

    public string Provision { get; private set; } = "";

    /// <summary>What a role may do today.</summary>
    public IEnumerable<PermissionRule> Rules(string role) => permissions.Rules.Where(rule => rule.Role == role && rule.IsInForce(Clocks.ChinaTime.DayOf(clock.GetUtcNow())));

    public Task OnGetAsync(string? of, string? done, int p, CancellationToken stop)
    {
        IsDone = done is not null;
        return LoadAsync(of, p, stop);
    }

    public async Task<IActionResult> OnPostGrantAsync([FromForm] string? officer, [FromForm] string? role, [FromForm] string? reason, [FromForm] string? provision, CancellationToken stop)
    {
        (Officer, Role, Reason, Provision) = ((officer ?? "").Trim(), role ?? "", reason ?? "", provision ?? "");
        if (await actors.MemberAsync(Officer, stop) is null) return await RefuseAsync(RoleRefusals.NobodyThere, stop);
        return (await manage.GrantAsync(Me.Id, Officer, Role, Reason, Provision, stop)).Ok(out _, out var refusal) ? this.Follow("/admin/roles?done=1") : await RefuseAsync(refusal, stop);
    }

    public async Task<IActionResult> OnPostRevokeAsync([FromForm] string? officer, [FromForm] string? role, [FromForm] string? reason, CancellationToken stop) =>
        (await manage.RevokeAsync(Me.Id, officer ?? "", role ?? "", reason ?? "", stop)).Ok(out _, out var refusal) ? this.Follow("/admin/roles?done=1") : await RefuseAsync(refusal, stop);

    private async Task<IActionResult> RefuseAsync(Refusal refusal, CancellationToken stop)
    {
        await LoadAsync(null, 1, stop);
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }

    private async Task LoadAsync(string? of, int page, CancellationToken stop)
    {
        Of = of is not null && Roles.OfStaff.Contains(of) ? of : "";
        var number = Turning.Number(page);
        var (found, held) = (await manage.HeldAsync(Of, number * OnPage, OnPage + 1, stop), new List<(RoleGrant, StaffMember?)>());
        foreach (var grant in found.Take(OnPage)) held.Add((grant, await actors.MemberAsync(grant.OfficerId, stop)));
        (Held, Turning) = (held, new Turning(number, found.Count > OnPage));
    }
}
