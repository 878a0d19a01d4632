using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>Accounts and their passkeys for the framework's WebAuthn handler. Adding and removing a key is an entry of the ledger, durable together with its row, and its owner is told.</summary>
internal sealed class AccountStore(DataStore store, AppendEntry append, OfficerNotices officers, CitizenNotices telling, Outbox outbox, ActorLoad actors, CitizenAccounts citizens, TimeProvider clock) : IUserPasskeyStore<Account>
{
    private const string Select = "select id, public_key, added_at, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation, client_data, name, actor, used_at from passkeys";

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        ActorIds.OfficerOf(userId) is { } officer ? await actors.MemberAsync(officer, cancellationToken) is { } member ? new Account(userId, member.Name) : null
        : await citizens.FindAsync(userId, cancellationToken) is { } citizen ? new Account(userId, citizen.Name) : null;

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await OneAsync(credentialId, cancellationToken) is { } found ? await FindByIdAsync(found.Actor, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await OneAsync(credentialId, cancellationToken) is { } found && found.Actor == user.Id ? found.Info : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => [.. (await ListAsync(user.Id, cancellationToken)).Select(key => key.Info)];

    /// <summary>The passkeys of somebody, oldest first.</summary>
    public async Task<IReadOnlyList<StoredPasskey>> ListAsync(string actor, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{Select} where actor = @actor order by added_at, id", StoredPasskey.Read, stop, ("actor", actor));
    }

    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var id = StoredPasskey.IdOf(passkey.CredentialId);
        if (await OneAsync(passkey.CredentialId, cancellationToken) is { } known)
        {
            // What an authenticator counts is no change of what is trusted.
            await using var connection = await store.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(null, "update passkeys set sign_count = @count, is_backed_up = @backed, used_at = @now where id = @id and actor = @actor", cancellationToken,
                ("count", (long)passkey.SignCount), ("backed", passkey.IsBackedUp), ("now", clock.GetUtcNow()), ("id", id), ("actor", known.Actor));
            return;
        }

        var told = ActorIds.OfficerOf(user.Id) is { } officer ? officers.CredentialAdded(officer, OfficerNotices.Passkey) : telling.PasskeyAdded(user.Id);
        var receipt = await append(new NewEntry("administration", user.Id, LedgerDetail.Of(new { act = "add-passkey", of = user.Id, key = id })) { Companions = [StatementCompanion.Of([new Statement(
            "insert into passkeys (id, actor, name, public_key, sign_count, transports, is_user_verified, is_backup_eligible, is_backed_up, attestation, client_data, added_at) values (@id, @actor, @name, @key, @count, @transports, @verified, @eligible, @backed, @attestation, @client, @now) on conflict do nothing",
            ("id", id), ("actor", user.Id), ("name", passkey.Name ?? ""), ("key", passkey.PublicKey), ("count", (long)passkey.SignCount), ("transports", string.Join(',', passkey.Transports ?? [])),
            ("verified", passkey.IsUserVerified), ("eligible", passkey.IsBackupEligible), ("backed", passkey.IsBackedUp), ("attestation", passkey.AttestationObject), ("client", passkey.ClientDataJson), ("now", clock.GetUtcNow())), told])] }, cancellationToken);
        if (receipt is not null) outbox.Nudge();
    }

    public async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = StoredPasskey.IdOf(credentialId);
        var told = ActorIds.OfficerOf(user.Id) is { } officer ? officers.CredentialRemoved(officer, OfficerNotices.Passkey) : telling.PasskeyRemoved(user.Id);
        var receipt = await append(new NewEntry("administration", user.Id, LedgerDetail.Of(new { act = "remove-passkey", of = user.Id, key = id }))
        {
            Companions = [StatementCompanion.Of(new Statement("delete from passkeys where id = @id and actor = @actor", ("id", id), ("actor", user.Id)), OpenSessions.Void(user.Id), told)],
        }, cancellationToken);
        if (receipt is not null) outbox.Nudge();
    }

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Id);

    /// <summary>Accounts are found by what they are called in the ledger.</summary>
    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName, cancellationToken);

    // People come from the directory and from the register, never from here.
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public void Dispose()
    {
    }

    private async Task<StoredPasskey?> OneAsync(byte[] credentialId, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"{Select} where id = @id", StoredPasskey.Read, stop, ("id", StoredPasskey.IdOf(credentialId))) is [var found] ? found : null;
    }
}
