using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where a window officer opens the hall for the citizen in front of them, or for who acts for a citizen. What is done there is logged as theirs, helped by the officer.</summary>
[Authorize(Policy = Policies.CanAssistCitizen), FreshProof]
internal sealed class AssistPageModel(CurrentActor current, IPersonCheck check, CitizenAccounts accounts, SignInDesk desk) : PageModel
{
    private const int FewestPhoneDigits = 7, MostPhoneDigits = 15;

    public Refusal? Refusal { get; private set; }

    private Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public async Task<IActionResult> OnPostAsync([FromForm] string? number, [FromForm] string? name, [FromForm] string? phone, [FromForm] string? proxyNumber, [FromForm] string? proxyName, [FromForm] string? ground, CancellationToken stop)
    {
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        if ((ground ?? "").Trim() is not { Length: > 0 and <= ManageRoles.Longest } because) return Refuse(CredentialRefusals.NoGround);
        if (digits.Length > 0 && digits.Length is < FewestPhoneDigits or > MostPhoneDigits) return Refuse(CredentialRefusals.NoTelephone);
        if (await AccountAsync(number, name, digits.Length > 0 ? digits : null, stop) is not { } person) return Refuse(CredentialRefusals.NotRegistered);
        var hasProxy = !string.IsNullOrWhiteSpace(proxyNumber) || !string.IsNullOrWhiteSpace(proxyName);
        var acting = hasProxy ? await AccountAsync(proxyNumber, proxyName, null, stop) : person;
        if (acting is null) return Refuse(CredentialRefusals.NotRegistered);
        if (hasProxy && acting.Id == person.Id) return Refuse(CredentialRefusals.SamePerson);
        var place = await desk.AssistAsync(HttpContext, Me, new NewSession(acting.Id, SignInWays.Window) { AssistedBy = Me.Id, ActsFor = hasProxy ? person.Id : null, Mandate = because }, stop);
        return this.Follow(place);
    }

    private async Task<CitizenAccount?> AccountAsync(string? number, string? name, string? phone, CancellationToken stop) =>
        await check.ConfirmAsync((number ?? "").Trim(), (name ?? "").Trim(), Me, stop) is { } confirmed ? await accounts.KeepAsync(confirmed, (name ?? "").Trim(), phone, Me.Id, stop) : null;

    private PageResult Refuse(Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }
}
