using Liuzhuan.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Agreements;

/// <summary>The whole access list as an operator reads it, including what is disabled, revoked or over.</summary>
internal static class ListAccess
{
    public static async Task<IReadOnlyList<ListedClient>> RunAsync(DataStore store, CancellationToken stop)
    {
        await using var db = store.CreateDb();
        var keys = (await db.Set<ClientKey>().AsNoTracking().OrderBy(key => key.AddedAt).ToListAsync(stop)).ToLookup(key => key.ClientId);
        var grants = (await db.Set<Grant>().AsNoTracking().OrderBy(grant => grant.Id).ToListAsync(stop)).ToLookup(grant => grant.ClientId);
        var clients = await db.Set<Client>().AsNoTracking().OrderBy(client => client.Id).ToListAsync(stop);
        return [.. clients.Select(client => new ListedClient(client, [.. keys[client.Id]], [.. grants[client.Id]]))];
    }
}

/// <summary>A client with all its keys and grants.</summary>
internal sealed record ListedClient(Client Client, IReadOnlyList<ClientKey> Keys, IReadOnlyList<Grant> Grants);
