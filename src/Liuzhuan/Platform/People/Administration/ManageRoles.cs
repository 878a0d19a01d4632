using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Sessions;

namespace Liuzhuan.Platform.People.Administration;

/// <summary>Gives officers roles and takes them away. Each change is an entry of the ledger, durable together with its row, voids what the officer had open, so that it takes effect at once, and is told to the officer.</summary>
internal sealed class ManageRoles(DataStore store, AppendEntry append, OfficerNotices notices, TimeProvider clock)
{
    /// <summary>The longest reason or provision, in characters.</summary>
    public const int Longest = 300;

    /// <summary>Grants a role; gives back the grant's id.</summary>
    /// <param name="by">Who grants it: an actor, or <c>operator/…</c> on the server's command line.</param>
    public async Task<Result<string>> GrantAsync(string by, string officerId, string role, string reason, string provision, CancellationToken stop)
    {
        if (!Roles.OfStaff.Contains(role)) return RoleRefusals.Unknown(role);
        if (Actor.OfOfficer(officerId) == by) return RoleRefusals.Own;
        if (reason.Trim().Length is 0 or > Longest || provision.Trim().Length is 0 or > Longest) return RoleRefusals.NoReason;
        if (LedgerWords.Check(reason, provision) is { } named) return named;
        var held = (await ListAsync(officerId, stop)).Where(grant => grant.RevokedAt is null).Select(grant => grant.Role).ToList();
        if (held.Contains(role)) return RoleRefusals.Held;
        if (Roles.KeptApart.Contains(role) && held.Find(Roles.KeptApart.Contains) is { } other) return RoleRefusals.Apart(role, other);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var isDone = await LogAsync(by, new { act = "grant-role", grant = id, officer = officerId, role, reason, provision }, stop,
            // The two unique indexes of the table have the last word, should somebody else grant at the same moment.
            new("insert into role_grants (id, officer_id, role, reason, provision, granted_at, granted_by) values (@id, @officer, @role, @reason, @provision, @now, @by) on conflict do nothing",
                ("id", id), ("officer", officerId), ("role", role), ("reason", reason.Trim()), ("provision", provision.Trim()), ("now", now), ("by", by)),
            OpenSessions.Void(Actor.OfOfficer(officerId)), notices.RoleGranted(officerId, role));
        if (isDone && Roles.KeptFromSystem.Contains(role)) await VoidInvitationAsync(officerId, stop);
        return isDone ? id.ToString() : RoleRefusals.Overtaken;
    }

    /// <summary>Takes a role away; gives back the grant's id.</summary>
    public async Task<Result<string>> RevokeAsync(string by, string officerId, string role, string reason, CancellationToken stop)
    {
        if (Actor.OfOfficer(officerId) == by) return RoleRefusals.Own;
        if (reason.Trim().Length is 0 or > Longest) return RoleRefusals.NoReason;
        if (LedgerWords.Check(reason) is { } named) return named;
        if ((await ListAsync(officerId, stop)).FirstOrDefault(grant => grant.Role == role && grant.RevokedAt is null) is not { } found) return RoleRefusals.NotHeld;
        var isDone = await LogAsync(by, new { act = "revoke-role", grant = found.Id, officer = officerId, role, reason }, stop,
            new("update role_grants set revoked_at = @now, revoked_by = @by, revoke_reason = @reason where id = @id and revoked_at is null", ("now", clock.GetUtcNow()), ("by", by), ("reason", reason.Trim()), ("id", found.Id)),
            OpenSessions.Void(Actor.OfOfficer(officerId)), notices.RoleRevoked(officerId, role));
        return isDone ? found.Id.ToString() : RoleRefusals.Overtaken;
    }

    /// <summary>What was granted, newest first: to one officer, or to all.</summary>
    public async Task<IReadOnlyList<RoleGrant>> ListAsync(string? officerId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{RoleGrant.Select}{(officerId is null ? "" : " where officer_id = @officer")} order by granted_at desc, id desc", RoleGrant.Read, stop, officerId is null ? [] : [("officer", officerId)]);
    }

    /// <summary>Roles that are held now, newest first, a page of them.</summary>
    /// <param name="role">Only this one; null for all.</param>
    public async Task<IReadOnlyList<RoleGrant>> HeldAsync(string? role, int from, int most, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{RoleGrant.Select} where revoked_at is null and (@role = '' or role = @role) order by granted_at desc, id desc limit @most offset @from", RoleGrant.Read, stop,
            ("role", role ?? ""), ("most", most), ("from", from));
    }

    // A code that a system administrator has seen must not lead to what is kept apart from them; the operator's may.
    private async Task VoidInvitationAsync(string officerId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, "update staff_accounts set code = null, code_expires_at = null where officer_id = @officer and added_by like @by", stop, ("officer", officerId), ("by", Actor.OfOfficer("%")));
    }

    private async Task<bool> LogAsync(string by, object detail, CancellationToken stop, params Statement[] statements)
    {
        if (await append(new NewEntry("permission", by, LedgerDetail.Of(detail)) { Companions = [StatementCompanion.Of(statements)] }, stop) is null) return false;
        notices.Nudge();
        return true;
    }
}
