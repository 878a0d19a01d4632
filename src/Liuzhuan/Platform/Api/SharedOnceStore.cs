using System.Buffers.Binary;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Platform.Api;

/// <summary>Remembers in the database what may be used once, so that no host takes what another has taken. Costs a commit; for sign-ins and uploads, not for questions.</summary>
internal sealed class SharedOnceStore(DataStore store) : OnceStore
{
    public override async ValueTask<OnceUse> UseAsync(string scope, string value, DateTimeOffset made, DateTimeOffset until, CancellationToken stop)
    {
        var digest = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(digest, Digest(scope, value));
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "insert into used_once (digest, expires_at) values (@digest, @until) on conflict do nothing", stop, ("digest", digest), ("until", until)) == 1 ? OnceUse.First : OnceUse.Again;
    }

    /// <summary>Forgets what would be refused for its age anyway.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ExecuteAsync(null, "delete from used_once where expires_at < @now", stop, ("now", now));
    }
}
