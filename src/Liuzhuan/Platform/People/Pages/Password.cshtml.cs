using System.Security.Cryptography;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>An officer's password with an authenticator, for who has no passkey. Both are set together: a password alone lets nobody in.</summary>
[Authorize(Policy = Policies.SignedIn), FreshProof, OwnHands]
internal sealed class PasswordModel(CurrentActor current, StaffAccounts accounts, AccountStore keys, CheckStaff check, IPasswordHasher<Account> hasher, IDataProtectionProvider protection, SignInDesk signIn, TimeProvider clock) : PageModel
{
    private static readonly TimeSpan FormFor = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("new-authenticator").ToTimeLimitedDataProtector();

    public Refusal? Refusal { get; private set; }

    /// <summary>For the day the authenticator is lost; shown this once.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    /// <summary>The invitation is over.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>The authenticator's new secret, and the same for the form alone to read again.</summary>
    public string Secret { get; private set; } = "";

    public string Sealed { get; private set; } = "";

    public string Link => OneTimePasswords.Link(Secret, Me.OfficerId ?? "");

    public bool HasPassword { get; private set; }

    public int CodesLeft { get; private set; }

    private Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Me.OfficerId is null) return NotFound();
        await ShowAsync(OneTimePasswords.NewSecret(), stop);
        return Page();
    }

    public async Task<IActionResult> OnPostSetAsync([FromForm] string? secret, [FromForm] string? password, [FromForm] string? code, CancellationToken stop)
    {
        if (Me.OfficerId is not { } officer) return NotFound();
        if (Open(secret) is not { } shown || await accounts.FindAsync(officer, stop) is null) return this.Follow("/me/password");
        await ShowAsync(shown, stop);
        if (PasswordRules.Check(password ?? "", officer, Me.Name) is { } weak) return Refuse(weak);
        if (OneTimePasswords.Match(shown, (code ?? "").Trim(), clock.GetUtcNow()) is not { } step) return Refuse(CredentialRefusals.CodeWrong);
        Codes = await accounts.SetPasswordAsync(Me, hasher.HashPassword(new Account(Me.Id, Me.Name), password!), check.Protect(shown), step, stop);
        if (Me.Way == SignInWays.Invitation)
        {
            await signIn.LeaveAsync(HttpContext, stop);
            HasLeft = true;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken stop)
    {
        if (Me.OfficerId is null) return NotFound();
        if ((await keys.ListAsync(Me.Id, stop)).Count == 0)
        {
            await ShowAsync(OneTimePasswords.NewSecret(), stop);
            return Refuse(CredentialRefusals.LastWay);
        }

        await accounts.RemovePasswordAsync(Me, stop);
        return this.Follow("/sign-in?return=/me");
    }

    private async Task ShowAsync(string secret, CancellationToken stop)
    {
        var officer = Me.OfficerId!;
        (Secret, Sealed) = (secret, _protector.Protect(Me.Session + "." + secret, FormFor));
        HasPassword = await accounts.FindAsync(officer, stop) is { HasPassword: true };
        CodesLeft = HasPassword ? await accounts.CodesLeftAsync(officer, stop) : 0;
    }

    // Only what this session was shown: nobody sets a secret that they made up.
    private string? Open(string? sealedSecret)
    {
        try
        {
            return sealedSecret is { Length: > 0 } given && _protector.Unprotect(given).Split('.') is [var session, var secret] && session == Me.Session ? secret : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private PageResult Refuse(Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }
}
