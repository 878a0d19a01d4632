using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Which identity of the provider is which officer. Making and removing a link is an entry of the ledger, durable together with its row.</summary>
internal sealed class ProviderLinks(DataStore store, AppendEntry append, KeyFolder keys, ProviderOptions options, OfficerNotices notices, TimeProvider clock)
{
    /// <summary>Of the key folder: the digest of issuer and subject.</summary>
    public const string KeyPurpose = "provider-links";

    private const int ShownDigits = 16;

    /// <summary>Whose identity this is; null when nobody's.</summary>
    public async Task<string?> FindAsync(string subject, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ScalarAsync(null, "select actor from provider_links where identity = @identity", stop, ("identity", Digest(subject))) as string;
    }

    /// <summary>Since when an account is linked with the provider; null when it is not.</summary>
    public async Task<DateTimeOffset?> LinkedAtAsync(string actor, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, "select linked_at from provider_links where issuer = @issuer and actor = @actor", row => row.Instant(0), stop, ("issuer", Issuer), ("actor", actor)) is [var at] ? at : null;
    }

    /// <summary>Links an account. False when it is linked with another identity, or the identity with another account.</summary>
    /// <param name="by">By whose word: the actor's own, or <c>provider/HOST</c> where the provider names the officer.</param>
    public async Task<bool> AddAsync(string actor, string subject, string by, CancellationToken stop)
    {
        Statement[] told = ActorIds.OfficerOf(actor) is { } officer ? [notices.CredentialAdded(officer, OfficerNotices.Provider)] : [];
        var isAdded = await append(new NewEntry("administration", by, LedgerDetail.Of(new { act = "link-provider", of = actor, issuer = Issuer, identity = Shown(subject) }))
        {
            Companions = [StatementCompanion.Of([new Statement(
                "insert into provider_links (identity, issuer, actor, linked_at) values (@identity, @issuer, @actor, @now) on conflict do nothing",
                ("identity", Digest(subject)), ("issuer", Issuer), ("actor", actor), ("now", clock.GetUtcNow())), .. told])],
        }, stop) is not null;
        if (isAdded) notices.Nudge();
        return isAdded;
    }

    /// <summary>Removes the link of an account, and ends what it had open. False when there is none.</summary>
    public async Task<bool> RemoveAsync(string actor, string by, CancellationToken stop)
    {
        Statement[] told = ActorIds.OfficerOf(actor) is { } officer ? [notices.CredentialRemoved(officer, OfficerNotices.Provider)] : [];
        var isRemoved = await append(new NewEntry("administration", by, LedgerDetail.Of(new { act = "unlink-provider", of = actor, issuer = Issuer }))
        {
            Companions = [StatementCompanion.Of([new Statement("delete from provider_links where issuer = @issuer and actor = @actor", ("issuer", Issuer), ("actor", actor)), OpenSessions.Void(actor), .. told])],
        }, stop) is not null;
        if (isRemoved) notices.Nudge();
        return isRemoved;
    }

    /// <summary>How an identity is called in the ledger: tells one from another, and nothing else.</summary>
    public string Shown(string subject) => Convert.ToHexStringLower(Digest(subject))[..ShownDigits];

    private string Issuer => ProviderMetadata.IssuerOf(options);

    private byte[] Digest(string subject) => HMACSHA256.HashData(keys.Secret(KeyPurpose).Span, Encoding.UTF8.GetBytes($"{Issuer}\0{subject}"));
}
