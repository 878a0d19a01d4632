using System.Globalization;
using System.Security.Cryptography;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Liuzhuan.Platform.People.Citizens;

/// <summary>A citizen with an account.</summary>
/// <param name="Id">As <see cref="Actor.Id"/>.</param>
internal sealed record CitizenAccount(string Id, PersonKey Person, string Name, string? Phone);

/// <summary>Accounts of citizens under random names. What identifies a person is encrypted; a keyed digest of the number finds the account again.</summary>
internal sealed class CitizenAccounts(DataStore store, KeyFolder keys, IDataProtectionProvider protection, AppendEntry append, Outbox outbox, TimeProvider clock)
{
    /// <summary>Of the key folder: what finds accounts and digests codes.</summary>
    public const string KeyPurpose = "citizen-accounts";

    private const string Left = "telephone-left", Registered = "telephone-registered";

    private const int IdBytes = 12;

    private readonly IDataProtector _protector = protection.CreateProtector(KeyPurpose);

    /// <summary>A name that no account has.</summary>
    public static string NewId() => ActorIds.Citizen + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>The account of a name as sessions hold it; null for none.</summary>
    public async Task<CitizenAccount?> FindAsync(string actor, CancellationToken stop) =>
        ActorIds.CitizenOf(actor) is { } id ? await OneAsync("id = @key", id, stop) : null;

    /// <summary>The account of a person; null when they never had one.</summary>
    public Task<CitizenAccount?> FindAsync(PersonKey person, CancellationToken stop) => OneAsync("person = @key", Digest(person), stop);

    /// <summary>
    /// The account of a person whose number and name were found to be theirs; made when there is none. A phone that is given takes the place of the one before:
    /// then whatever was opened with the account is over, a code that is under way is void, and both telephones are told.
    /// </summary>
    /// <param name="by">Who found that out: an actor, or <c>operator/…</c>.</param>
    public async Task<CitizenAccount> KeepAsync(CitizenNumber number, string name, string? phone, string by, CancellationToken stop)
    {
        var person = PersonKey.Of(number);
        while (true)
        {
            var known = await FindAsync(person, stop);
            if (known is not null && (phone is null || phone == known.Phone) && name == known.Name) return known;
            var account = new CitizenAccount(known?.Id ?? ActorIds.Citizen + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), person, name, phone ?? known?.Phone);
            var isReplaced = known?.Phone is { } before && before != account.Phone;
            var entry = new NewEntry("administration", by, LedgerDetail.Of(new { act = "keep-citizen-account", of = account.Id, phone = phone is not null, replaced = isReplaced ? true : (bool?)null }))
            {
                Companions = [StatementCompanion.Of([known is null ? Insert(account) : Update(account, phone), .. isReplaced ? Replaced(account, known!.Phone!) : []])],
            };
            // Refused where somebody else made the account at the same moment: then it is known now.
            if (await append(entry, stop) is null)
            {
                if (known is null) continue;
                throw new InvalidOperationException("An account that is there was not changed.");
            }

            if (isReplaced) outbox.Nudge();
            return account;
        }
    }

    private Statement Insert(CitizenAccount account) => new(
        "insert into citizen_accounts (id, person, number, name, phone, failures, added_at) values (@id, @person, @number, @name, @phone, 0, @now) on conflict (person) do nothing",
        ("id", ActorIds.CitizenOf(account.Id)), ("person", Digest(account.Person)), ("number", _protector.Protect(account.Person.Packed.ToString(CultureInfo.InvariantCulture))),
        ("name", _protector.Protect(account.Name)), ("phone", Sealed(account.Phone)), ("now", clock.GetUtcNow()));

    private Statement Update(CitizenAccount account, string? phone) => new(
        "update citizen_accounts set name = @name, phone = coalesce(@phone, phone) where id = @id",
        ("id", ActorIds.CitizenOf(account.Id)), ("name", _protector.Protect(account.Name)), ("phone", Sealed(phone)));

    private Statement[] Replaced(CitizenAccount account, string before)
    {
        var now = clock.GetUtcNow();
        var values = new Dictionary<string, Text> { ["at"] = NoticeValues.Moment(now) };
        return
        [
            OpenSessions.Void(account.Id), CitizenSignIn.Void(account.Id, now),
            .. from one in new[] { (Template: Left, Address: before), (Template: Registered, Address: account.Phone) }
               select outbox.Of(new NewNotice { Template = one.Template, Recipient = Recipients.Direct, Channel = NoticeChannels.Sms, Address = one.Address, Values = values }),
        ];
    }

    private string? Sealed(string? phone) => phone is null ? null : _protector.Protect(phone);

    private async Task<CitizenAccount?> OneAsync(string condition, object key, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, $"select id, number, name, phone from citizen_accounts where {condition}", row => (Id: row.GetString(0), Number: row.GetString(1), Name: row.GetString(2), Phone: row.IsDBNull(3) ? null : row.GetString(3)), stop, ("key", key)) is [var found]
            ? new CitizenAccount(ActorIds.Citizen + found.Id, new PersonKey(PersonKey.CitizenNumberKind, ulong.Parse(_protector.Unprotect(found.Number), CultureInfo.InvariantCulture)), _protector.Unprotect(found.Name), found.Phone is null ? null : _protector.Unprotect(found.Phone))
            : null;
    }

    private byte[] Digest(PersonKey person) => HMACSHA256.HashData(keys.Secret(KeyPurpose).Span, [person.Kind, .. BitConverter.GetBytes(person.Packed)]);
}
