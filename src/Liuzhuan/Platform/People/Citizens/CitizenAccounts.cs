using System.Globalization;
using System.Security.Cryptography;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Signing.Keys;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Platform.People.Citizens;

/// <summary>A citizen with an account.</summary>
/// <param name="Id">As <see cref="Actor.Id"/>.</param>
internal sealed record CitizenAccount(string Id, PersonKey Person, string Name, string? Phone);

/// <summary>Accounts of citizens under random names. What identifies a person is encrypted; a keyed digest of the number finds the account again.</summary>
internal sealed class CitizenAccounts(DataStore store, KeyFolder keys, IDataProtectionProvider protection, AppendEntry append, TimeProvider clock)
{
    /// <summary>Of the key folder: what finds accounts and digests codes.</summary>
    public const string KeyPurpose = "citizen-accounts";

    private const int IdBytes = 12;

    private readonly IDataProtector _protector = protection.CreateProtector(KeyPurpose);

    /// <summary>A name that no account has.</summary>
    public static string NewId() => ActorIds.Citizen + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>The account of a name as sessions hold it; null for none.</summary>
    public async Task<CitizenAccount?> FindAsync(string actor, CancellationToken stop) =>
        ActorIds.CitizenOf(actor) is { } id ? await OneAsync("id = @key", id, stop) : null;

    /// <summary>The account of a person; null when they never had one.</summary>
    public Task<CitizenAccount?> FindAsync(PersonKey person, CancellationToken stop) => OneAsync("person = @key", Digest(person), stop);

    /// <summary>The account of a person whose number and name were found to be theirs; made when there is none. A phone that is given takes the place of the one before.</summary>
    /// <param name="by">Who found that out: an actor, or <c>operator/…</c>.</param>
    public async Task<CitizenAccount> KeepAsync(CitizenNumber number, string name, string? phone, string by, CancellationToken stop)
    {
        var person = PersonKey.Of(number);
        if (await FindAsync(person, stop) is { } known && (phone is null || phone == known.Phone) && name == known.Name) return known;
        var (id, now) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), clock.GetUtcNow());
        var statement = new Statement(
            "insert into citizen_accounts (id, person, number, name, phone, failures, added_at) values (@id, @person, @number, @name, @phone, 0, @now) on conflict (person) do update set name = excluded.name, phone = coalesce(excluded.phone, citizen_accounts.phone)",
            ("id", id), ("person", Digest(person)), ("number", _protector.Protect(person.Packed.ToString(CultureInfo.InvariantCulture))), ("name", _protector.Protect(name)), ("phone", phone is null ? null : _protector.Protect(phone)), ("now", now));
        await append(new NewEntry("administration", by, LedgerDetail.Of(new { act = "keep-citizen-account", phone = phone is not null })) { Companions = [StatementCompanion.Of(statement)] }, stop);
        return await FindAsync(person, stop) ?? throw new InvalidOperationException("The account is not there though it was written.");
    }

    private async Task<CitizenAccount?> OneAsync(string condition, object key, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"select id, number, name, phone from citizen_accounts where {condition}", row => (Id: row.GetString(0), Number: row.GetString(1), Name: row.GetString(2), Phone: row.IsDBNull(3) ? null : row.GetString(3)), stop, ("key", key)) is [var found]
            ? new CitizenAccount(ActorIds.Citizen + found.Id, new PersonKey(PersonKey.CitizenNumberKind, ulong.Parse(_protector.Unprotect(found.Number), CultureInfo.InvariantCulture)), _protector.Unprotect(found.Name), found.Phone is null ? null : _protector.Unprotect(found.Phone))
            : null;
    }

    private byte[] Digest(PersonKey person) => HMACSHA256.HashData(keys.Secret(KeyPurpose).Span, [person.Kind, .. BitConverter.GetBytes(person.Packed)]);
}
