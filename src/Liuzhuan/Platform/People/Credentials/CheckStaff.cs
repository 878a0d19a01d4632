using System.Security.Cryptography;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People.Sessions;
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
        // Looked up whatever else is wrong, so that the work tells nothing of the password.
        var isRecovery = await HasRecoveryCodeAsync(officerId, digest, stop);
        if (isOpen && known && isPassword)
        {
            if (step is { } used && used > account!.UsedStep) return [AttemptLock.OfStaff.Free(officerId), new Statement("update staff_accounts set authenticator_step = @step where officer_id = @id and authenticator_step < @step", ("step", used), ("id", officerId))];
            // Six digits are never a recovery code.
            if (code.Length > 6 && isRecovery) return [AttemptLock.OfStaff.Free(officerId), new Statement("update recovery_codes set used_at = @now where officer_id = @id and code = @code and used_at is null", ("now", clock.GetUtcNow()), ("id", officerId), ("code", digest))];
        }

        await RefusedAsync(account is null ? null : Actor.OfOfficer(account.OfficerId), SignInWays.Password, stop);
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
        await RefusedAsync(account is null ? null : Actor.OfOfficer(account.OfficerId), SignInWays.Invitation, stop);
        return null;
    }

    /// <summary>Notes that somebody was refused. Also for who passed the checks here and came in nowhere: what they proved themselves with was used up meanwhile, or they are not in service.</summary>
    /// <param name="actor">Whose account it is; null where there is none, or nobody is told by what was shown.</param>
    public Task RefusedAsync(string? actor, string way, CancellationToken stop) =>
        append(new NewEntry("sign-in", actor ?? Stranger, LedgerDetail.Of(new { act = "refuse", way })), stop);

    private async Task<bool> HasRecoveryCodeAsync(string officerId, byte[] digest, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ScalarAsync(null, "select 1 from recovery_codes where officer_id = @id and code = @code and used_at is null", stop, ("id", officerId), ("code", digest)) is not null;
    }
}
