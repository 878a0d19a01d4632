using System.Globalization;
using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Exchange.Batches;

/// <summary>
/// Takes a batch's file. PUT /api/batches/{id}/content takes it whole; PATCH appends parts and HEAD tells how far they are
/// (draft-ietf-httpbis-resumable-upload: Upload-Offset, Upload-Complete, Upload-Length, Upload-Limit).
/// </summary>
internal sealed class ReceiveContent(DataStore store, BatchUpload upload, BatchForecast forecast, TimeProvider clock)
{
    /// <summary>The largest body of one request, whole file or part.</summary>
    public const int MostPart = 8 << 20;

    /// <summary>The smallest part, save for the last: tinier ones would cost more in keeping than they bring.</summary>
    public const int LeastPart = 64 << 10;

    public const string PartType = "application/partial-upload";

    private const string Yes = "?1", No = "?0";

    /// <summary>The field that tells what may be sent.</summary>
    public static (string Name, string Value) Limit(long bytes) => ("Upload-Limit", string.Create(CultureInfo.InvariantCulture, $"max-size={bytes}, min-append-size={LeastPart}, max-append-size={MostPart}"));

    public async Task<ApiReply> TellAsync(ApiCall call, CancellationToken stop) =>
        await FindBatch.OfAsync(store, call, stop) is not { } batch ? call.Refuse(ApiRefusals.NotFound) : new ApiReply(StatusCodes.Status204NoContent, ApiReply.Json, default)
        {
            Fields = [.. Progress(batch.ReceivedBytes, batch.State != BatchStates.Receiving), ("Upload-Length", Text(batch.Bytes)), Limit(batch.Bytes)],
        };

    public async Task<ApiReply> PutAsync(ApiCall call, CancellationToken stop)
    {
        if (await FindBatch.OfAsync(store, call, stop) is not { } batch) return call.Refuse(ApiRefusals.NotFound);
        if (ContentDigest.Check(call.Request.Headers[ContentDigest.Name], call.Body.Span) is { } wrong) return call.Refuse(wrong);
        if (call.Body.Length != batch.Bytes) return call.Refuse(BatchRefusals.Length(batch.Bytes));
        var (received, taken) = await upload.AppendAsync(batch, 0, call.Body, stop);
        if (!taken && batch.State == BatchStates.Receiving)
        {
            // The whole file replaces parts of another attempt.
            await upload.RestartAsync(batch, stop);
            (received, taken) = await upload.AppendAsync(batch, 0, call.Body, stop);
        }

        if (!taken) return call.Refuse(BatchRefusals.Closed);
        return await CompletedAsync(call, batch, received, stop);
    }

    public async Task<ApiReply> PatchAsync(ApiCall call, CancellationToken stop)
    {
        if (await FindBatch.OfAsync(store, call, stop) is not { } batch) return call.Refuse(ApiRefusals.NotFound);
        if (call.Request.ContentType != PartType) return call.Refuse(BatchRefusals.MediaType);
        if (!TryReadFields(call.Request, out var offset, out var isLast)) return call.Refuse(BatchRefusals.Fields);
        var end = offset + call.Body.Length;
        // The right offset comes before everything else that may be wrong with a part at a wrong one.
        if (offset > batch.ReceivedBytes) return WrongOffset(call, batch.ReceivedBytes);
        if (end > batch.Bytes || isLast && end != batch.Bytes) return call.Refuse(BatchRefusals.Length(batch.Bytes));
        if (end < batch.Bytes && call.Body.Length < LeastPart) return call.Refuse(BatchRefusals.PartTooSmall(LeastPart));
        if (batch.State != BatchStates.Receiving && !batch.HasContents(clock.GetUtcNow())) return call.Refuse(BatchRefusals.Closed);

        var (received, taken) = await upload.AppendAsync(batch, offset, call.Body, stop);
        if (!taken) return batch.State == BatchStates.Receiving ? WrongOffset(call, received) : call.Refuse(BatchRefusals.Closed);
        if (isLast) return await CompletedAsync(call, batch, received, stop);
        return new ApiReply(StatusCodes.Status204NoContent, ApiReply.Json, default) { Fields = [.. Progress(received, false)] };
    }

    // Who did not hear that the file was complete asks again, and gets the same state.
    private async Task<ApiReply> CompletedAsync(ApiCall call, Batch batch, long received, CancellationToken stop)
    {
        if (batch.State == BatchStates.Receiving) await upload.CompleteAsync(batch, stop);
        if (await FindBatch.OfAsync(store, call, stop) is not { } now) return call.Refuse(ApiRefusals.NotFound);
        if (now.RefusalCode == BatchRefusals.FileDigest.Code) return call.Refuse(BatchRefusals.FileDigest);
        return new ApiReply(StatusCodes.Status200OK, ApiReply.Json, BatchJson.Status(now, await forecast.OfAsync(now, stop), clock.GetUtcNow())) { Fields = [.. Progress(received, true)] };
    }

    private static ApiReply WrongOffset(ApiCall call, long right) => call.Refuse(BatchRefusals.Offset(right)).With(Progress(right, false));

    private static (string, string)[] Progress(long received, bool isComplete) => [("Upload-Offset", Text(received)), ("Upload-Complete", isComplete ? Yes : No)];

    private static bool TryReadFields(HttpRequest request, out long offset, out bool isLast)
    {
        isLast = request.Headers["Upload-Complete"] == Yes;
        return long.TryParse(request.Headers["Upload-Offset"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out offset)
            && offset <= 999_999_999_999_999 && (isLast || request.Headers["Upload-Complete"] == No);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
