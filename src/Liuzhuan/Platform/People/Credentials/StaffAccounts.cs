using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Sessions;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>The accounts of officers: invited, looked up, given a password with an authenticator. Each change is an entry of the ledger, durable together with its rows; the officer is told of every way in that is made or removed.</summary>
internal sealed class StaffAccounts(DataStore store, AppendEntry append, OfficerNotices notices, SignInOptions options, TimeProvider clock)
{
    private const int RecoveryCodes = 10, LongestId = 40;

    public async Task<StaffAccount?> FindAsync(string officerId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{StaffAccount.Select} where officer_id = @id", StaffAccount.Read, stop, ("id", officerId)) is [var found] ? found : null;
    }

    /// <summary>All accounts, by their number.</summary>
    public async Task<IReadOnlyList<StaffAccount>> ListAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{StaffAccount.Select} order by officer_id", StaffAccount.Read, stop);
    }

    /// <summary>Invites an officer to register a way to sign in: the first time, or because all were lost. Gives back the code, which is not kept.</summary>
    /// <param name="by">Who invites: an actor, or <c>operator/…</c>.</param>
    public async Task<Result<Invitation>> InviteAsync(string by, string officerId, CancellationToken stop)
    {
        if (officerId.Length is 0 or > LongestId || !officerId.All(char.IsAsciiLetterOrDigit)) return NoId;
        var (code, now) = (OneTimeCode.New(), clock.GetUtcNow());
        var until = now + options.InvitationFor;
        await append(new NewEntry("administration", by, LedgerDetail.Of(new { act = "invite-officer", officer = officerId, until = until.UtcDateTime }))
        {
            Companions = [StatementCompanion.Of(new Statement(
                "insert into staff_accounts (officer_id, code, code_expires_at, authenticator_step, failures, added_at, added_by) values (@id, @code, @until, 0, 0, @now, @by) on conflict (officer_id) do update set code = excluded.code, code_expires_at = excluded.code_expires_at, added_by = excluded.added_by",
                ("id", officerId), ("code", OneTimeCode.Digest(code)), ("until", until), ("now", now), ("by", by)), notices.Invited(officerId, until))],
        }, stop);
        notices.Nudge();
        return new Invitation(officerId, code, until);
    }

    /// <summary>Sets password and authenticator, and voids what stood in for them before. Gives back codes for the day the authenticator is lost; they are not kept.</summary>
    /// <param name="password">As the platform's hasher wrote it.</param>
    /// <param name="authenticator">The secret, encrypted.</param>
    /// <param name="step">The time step of the one-time password that proved the authenticator: it is used up.</param>
    public async Task<IReadOnlyList<string>> SetPasswordAsync(Actor actor, string password, string authenticator, long step, CancellationToken stop)
    {
        var officer = actor.OfficerId ?? throw new ArgumentException("Only officers have passwords.", nameof(actor));
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => OneTimeCode.New())];
        Statement[] statements =
        [
            new("update staff_accounts set password = @password, authenticator = @secret, authenticator_step = @step, failures = 0, locked_until = null where officer_id = @id", ("password", password), ("secret", authenticator), ("step", step), ("id", officer)),
            .. codes.Select(code => new Statement("insert into recovery_codes (officer_id, code) values (@id, @code)", ("id", officer), ("code", OneTimeCode.Digest(code)))),
            notices.CredentialAdded(officer, OfficerNotices.Password),
        ];
        await ForgetCodesAsync(officer, stop);
        await append(new NewEntry("administration", actor.Id, LedgerDetail.Of(new { act = "set-password", of = actor.Id })) { Companions = [StatementCompanion.Of(statements)] }, stop);
        notices.Nudge();
        return codes;
    }

    /// <summary>Removes password and authenticator.</summary>
    public async Task RemovePasswordAsync(Actor actor, CancellationToken stop)
    {
        var officer = actor.OfficerId ?? throw new ArgumentException("Only officers have passwords.", nameof(actor));
        await append(new NewEntry("administration", actor.Id, LedgerDetail.Of(new { act = "remove-password", of = actor.Id }))
        {
            Companions = [StatementCompanion.Of(new Statement("update staff_accounts set password = null, authenticator = null where officer_id = @id and password is not null", ("id", officer)), OpenSessions.Void(actor.Id), notices.CredentialRemoved(officer, OfficerNotices.Password))],
        }, stop);
        notices.Nudge();
        await ForgetCodesAsync(officer, stop);
    }

    /// <summary>How many recovery codes are left.</summary>
    public async Task<int> CodesLeftAsync(string officerId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return (int)Convert.ToInt64(await connection.ScalarAsync(null, "select count(*) from recovery_codes where officer_id = @id and used_at is null", stop, ("id", officerId)), null);
    }

    // Codes alone let nobody in, so they may go a moment before what they belonged to.
    private async Task ForgetCodesAsync(string officerId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, "delete from recovery_codes where officer_id = @id", stop, ("id", officerId));
    }

    private static readonly Refusal NoId = new("officer.id", $"人员编号只能用字母和数字，最多 {LongestId} 个字符。", $"An officer's id may hold letters and digits, at most {LongestId}.");
}

/// <summary>The code that was given out, once.</summary>
internal sealed record Invitation(string OfficerId, string Code, DateTimeOffset Until);
