using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Exchange.Batches;

/// <summary>The batch that a call's address names, if it is the caller's: another client's is as one that does not exist.</summary>
internal static class FindBatch
{
    public static async Task<Batch?> OfAsync(DataStore store, ApiCall call, CancellationToken stop)
    {
        if (IdOf(call) is not { Length: 32 } id) return null;
        await using var db = store.CreateDb();
        return await db.Set<Batch>().AsNoTracking().SingleOrDefaultAsync(batch => batch.Id == id && batch.ClientId == call.ClientId, stop);
    }

    public static string? IdOf(ApiCall call) => call.Request.RouteValues["id"] as string;
}
