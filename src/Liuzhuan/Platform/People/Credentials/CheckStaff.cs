using System.Security.Cryptography;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Checks what an officer typed. Whatever is wrong, the work done is the same and so is the answer: none. Each attempt is claimed before it is checked, so that many at once do not outrun the lock.</summary>
internal sealed class CheckStaff(DataStore store, AppendEntry append, StaffAccounts accounts, IPasswordHasher<Account> hasher, IDataProtectionProvider protection, SignInOptions options, TimeProvider clock)
{
    private const string Stranger = "stranger/unknown";

    // What is checked where there is no account.
    private static readonly string NobodysSecret = OneTimePasswords.NewSecret();

    private readonly string _nobodysPassword = hasher.HashPassword(new Account("", ""), OneTimeCode.New());
    private readonly IDataProtector _protector = protection.CreateProtector("authenticators");

    /// <summary>Encrypts the secret of an authenticator.</summary>
    public string Protect(string secret) => _protector.Protect(secret);

    /// <summary>Number, password and one-time password or recovery code. Gives back what uses them up, to be committed with the session; null when they do not fit.</summary>
    public async Task<IReadOnlyList<Statement>?> PasswordAsync(string officerId, string password, string code, CancellationToken stop)
    {
        var account = await accounts.FindAsync(officerId, stop);
        var isOpen = await AttemptLock.OfStaff.ClaimAsync(store, officerId, options, clock.GetUtcNow(), stop);
        var known = account is { HasPassword: true };
        var isPassword = hasher.VerifyHashedPassword(new Account("", ""), known ? account!.Password! : _nobodysPassword, password) != PasswordVerificationResult.Failed;
        var step = OneTimePasswords.Match(known ? _protector.Unprotect(account!.Authenticator!) : NobodysSecret, code, clock.GetUtcNow());
        var digest = OneTimeCode.Digest(code);
        if (isOpen && known && isPassword)
        {
            if (step is { } used) return [AttemptLock.OfStaff.Free(officerId), new Statement("update staff_accounts set authenticator_step = @step where officer_id = @id and authenticator_step < @step", ("step", used), ("id", officerId))];
            // Six digits are never a recovery code.
            if (code.Length > 6) return [AttemptLock.OfStaff.Free(officerId), new Statement("update recovery_codes set used_at = @now where officer_id = @id and code = @code and used_at is null", ("now", clock.GetUtcNow()), ("id", officerId), ("code", digest))];
        }

        await RefusedAsync(account, "password", stop);
        return null;
    }

    /// <summary>Number and code of an invitation. As <see cref="PasswordAsync"/>.</summary>
    public async Task<IReadOnlyList<Statement>?> InvitationAsync(string officerId, string code, CancellationToken stop)
    {
        var account = await accounts.FindAsync(officerId, stop);
        var isOpen = await AttemptLock.OfStaff.ClaimAsync(store, officerId, options, clock.GetUtcNow(), stop);
        var (digest, now) = (OneTimeCode.Digest(code), clock.GetUtcNow());
        if (isOpen && account is { Code: { } wanted, CodeExpiresAt: { } until } && until > now && CryptographicOperations.FixedTimeEquals(wanted, digest))
            return [AttemptLock.OfStaff.Free(officerId), new Statement("update staff_accounts set code = null, code_expires_at = null where officer_id = @id and code = @code", ("id", officerId), ("code", digest))];
        await RefusedAsync(account, "invitation", stop);
        return null;
    }

    /// <summary>Notes that somebody was refused whose name is not known here, or whose passkey was not accepted.</summary>
    public Task RefusedAsync(StaffAccount? account, string way, CancellationToken stop) =>
        append(new NewEntry("sign-in", account is null ? Stranger : Actor.OfOfficer(account.OfficerId), LedgerDetail.Of(new { act = "refuse", way })), stop);
}
