using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Agreements.Contract;

/// <summary>Who may ask what, as a running host sees it: read whole into memory, read again within a second of a change. What is not listed is denied.</summary>
internal sealed class AccessList(DataStore store, TimeProvider clock) : IClientRegister, IDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Listing _listing = new(-1, new Dictionary<string, KnownClient>());
    private long _lookedAt = long.MinValue;

    /// <summary>The client with this id, or null when it is unknown or disabled.</summary>
    public async ValueTask<KnownClient?> FindAsync(string clientId, CancellationToken stop)
    {
        if (Volatile.Read(ref _lookedAt) == long.MinValue || clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) > LookAgainAfter) await LookAsync(stop);
        return _listing.Clients.GetValueOrDefault(clientId);
    }

    async ValueTask<RegisteredClient?> IClientRegister.FindAsync(string id, CancellationToken stop) => (await FindAsync(id, stop))?.Machine;

    async ValueTask<RegisteredClient?> IClientRegister.FindByCertificateAsync(string thumbprint, CancellationToken stop)
    {
        await FindAsync("", stop);
        return _listing.ByCertificate.GetValueOrDefault(thumbprint);
    }

    /// <summary>The grant on which a client may ask a fact for a purpose about some fields, or why it may not.</summary>
    public Result<AccessGrant> Decide(KnownClient client, string fact, string purpose, IEnumerable<string> fields) =>
        AccessRule.Decide(client.Grants, fact, purpose, fields, clock.GetUtcNow());

    public void Dispose() => _reading.Dispose();

    private async Task LookAsync(CancellationToken stop)
    {
        await _reading.WaitAsync(stop);
        try
        {
            if (_lookedAt != long.MinValue && clock.GetElapsedTime(_lookedAt) <= LookAgainAfter) return;
            await using var db = store.CreateDb();
            var count = await db.Set<AccessChange>().Select(change => change.Count).SingleAsync(stop);
            if (count != _listing.Count) _listing = await ReadAsync(db, count, stop);
            Volatile.Write(ref _lookedAt, clock.GetTimestamp());
        }
        finally
        {
            _reading.Release();
        }
    }

    // The count is read first: a change that comes in between is read again the next time.
    private static async Task<Listing> ReadAsync(LiuzhuanDb db, long count, CancellationToken stop)
    {
        var clients = await db.Set<Client>().AsNoTracking().Where(client => client.DisabledAt == null).ToListAsync(stop);
        var keys = (await db.Set<ClientKey>().AsNoTracking().Where(key => key.RevokedAt == null).ToListAsync(stop)).ToLookup(key => key.ClientId);
        var grants = (await db.Set<Grant>().AsNoTracking().OrderBy(grant => grant.Id).ToListAsync(stop)).ToLookup(grant => grant.ClientId);
        return new Listing(count, clients.ToDictionary(client => client.Id, client => new KnownClient(
            new RegisteredClient(client.Id)
            {
                Keys = [.. keys[client.Id].Select(Usable).OfType<VerifyingKey>()],
                Certificates = [.. keys[client.Id].Where(key => key.Suite == ClientKey.Certificate).Select(key => key.KeyId)],
                Scopes = ApiScopes.All,
            },
            client.Agency,
            [.. grants[client.Id].Select(grant => new AccessGrant(grant.Id, grant.Fact, grant.Purpose, grant.Provision, grant.Fields.Split(',').ToHashSet(), grant.AnswerSuperseded, grant.SealDays, grant.ValidFrom, grant.ValidTo))])));
    }

    // A key of a suite this program does not know cannot be used; the others of its client can.
    private static VerifyingKey? Usable(ClientKey row) =>
        SigningSuites.Find(row.Suite).Ok(out var suite, out _) && VerifyingKey.From(suite, row.PublicKey).Ok(out var key, out _) ? key : null;

    private sealed class Listing(long count, Dictionary<string, KnownClient> clients)
    {
        public long Count { get; } = count;

        public Dictionary<string, KnownClient> Clients { get; } = clients;

        public Dictionary<string, RegisteredClient> ByCertificate { get; } = clients.Values
            .SelectMany(client => client.Machine.Certificates.Select(certificate => (certificate, client.Machine)))
            .ToDictionary(pair => pair.certificate, pair => pair.Machine);
    }
}
