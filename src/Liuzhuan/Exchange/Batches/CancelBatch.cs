using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Platform.Api;

namespace Liuzhuan.Exchange.Batches;

/// <summary>DELETE /api/batches/{id}: ends a batch that has no outcome yet, also while it is worked on, and erases its files in any case. Twice is once.</summary>
internal sealed class CancelBatch(BatchErasure erasure)
{
    public async Task<ApiReply> HandleAsync(ApiCall call, CancellationToken stop) =>
        FindBatch.IdOf(call) is { } id && await erasure.CancelAsync(call.ClientId, id, stop) ? new ApiReply(StatusCodes.Status204NoContent, ApiReply.Json, default) : call.Refuse(ApiRefusals.NotFound);
}
