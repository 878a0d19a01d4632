using System.Globalization;
using System.Net.Http.Headers;
using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Exchange.Batches;

/// <summary>What a client can read of its batches: status, list, result, rows to mend, manifest.</summary>
internal sealed class ReadBatch(DataStore store, BatchForecast forecast, Ledger ledger, TimeProvider clock)
{
    private const int UsualPage = 50, LargestPage = 200;

    /// <summary>GET /api/batches/{id}.</summary>
    public async Task<ApiReply> StatusAsync(ApiCall call, CancellationToken stop) => await FindBatch.OfAsync(store, call, stop) is { } batch
        ? new ApiReply(StatusCodes.Status200OK, ApiReply.Json, BatchJson.Status(batch, await forecast.OfAsync(batch, stop), clock.GetUtcNow()))
        : call.Refuse(ApiRefusals.NotFound);

    /// <summary>GET /api/batches?after=CURSOR&amp;limit=N: the caller's own, newest first.</summary>
    public async Task<ApiReply> ListAsync(ApiCall call, CancellationToken stop)
    {
        if (!TryReadPage(call.Request, out var limit, out var after)) return call.Refuse(Page);
        await using var db = store.CreateDb();
        var mine = db.Set<Batch>().AsNoTracking().Where(batch => batch.ClientId == call.ClientId);
        if (after is { } last) mine = mine.Where(batch => batch.OpenedAt < last.At || batch.OpenedAt == last.At && batch.Id.CompareTo(last.Id) < 0);
        var found = await mine.OrderByDescending(batch => batch.OpenedAt).ThenByDescending(batch => batch.Id).Take(limit + 1).ToListAsync(stop);
        var page = found[..Math.Min(limit, found.Count)];
        var next = found.Count > limit ? string.Create(CultureInfo.InvariantCulture, $"{Instants.ToMicroseconds(page[^1].OpenedAt)}-{page[^1].Id}") : null;
        return new ApiReply(StatusCodes.Status200OK, ApiReply.Json, BatchJson.List(page, next));
    }

    /// <summary>GET /api/batches/{id}/result.</summary>
    public Task<ApiReply> ResultAsync(ApiCall call, CancellationToken stop) =>
        ContentAsync(call, BatchPieces.Result, batch => (batch.ResultSha256, batch.ResultBytes, FileNames.Result(batch.Name, batch.Language)), stop);

    /// <summary>GET /api/batches/{id}/problems: the rows to mend, as CSV.</summary>
    public Task<ApiReply> ProblemsAsync(ApiCall call, CancellationToken stop) =>
        ContentAsync(call, BatchPieces.Problems, batch => (batch.ProblemsSha256, batch.ProblemsBytes, FileNames.Problems(batch.Name, batch.Language)), stop);

    /// <summary>GET /api/batches/{id}/manifest: stays when the files are gone.</summary>
    public async Task<ApiReply> ManifestAsync(ApiCall call, CancellationToken stop)
    {
        if (await FindBatch.OfAsync(store, call, stop) is not { } batch) return call.Refuse(ApiRefusals.NotFound);
        if (batch is not { Position: { } position, TreeSize: { } size }) return call.Refuse(NoOutcome(batch));
        var receipt = await ledger.ReceiptAsync(position, size, stop) ?? throw new LedgerBrokenException("A batch's entry is not in the log.");
        return new ApiReply(StatusCodes.Status200OK, ApiReply.Json, BatchJson.Manifest(batch, ledger.Key.Name, receipt));
    }

    private async Task<ApiReply> ContentAsync(ApiCall call, string content, Func<Batch, (string? Sha256, long? Bytes, string Name)> of, CancellationToken stop)
    {
        if (await FindBatch.OfAsync(store, call, stop) is not { } batch) return call.Refuse(ApiRefusals.NotFound);
        if (of(batch) is not ({ } digest, { } bytes, var name)) return call.Refuse(NoOutcome(batch));
        if (!batch.HasContents(clock.GetUtcNow())) return call.Refuse(BatchRefusals.Erased);
        return new ApiReply(StatusCodes.Status200OK, MediaType(name), default)
        {
            Stream = new ApiStream(bytes, Convert.FromHexString(digest), (to, ending) => BatchPieces.CopyAsync(store, batch.Id, content, bytes, to, ending)),
            Fields = [("Content-Disposition", new ContentDispositionHeaderValue("attachment") { FileNameStar = name }.ToString())],
        };
    }

    private static Refusal NoOutcome(Batch batch) => BatchStates.Open.Contains(batch.State) ? BatchRefusals.NotOver : BatchRefusals.NoResult;

    private static readonly Refusal Page = new("batch.page",
        $"limit 应是 1 至 {LargestPage}，after 应是上一页给出的 next。",
        $"\"limit\" must be 1 to {LargestPage}, and \"after\" the \"next\" of the page before.");

    private static bool TryReadPage(HttpRequest request, out int limit, out (DateTimeOffset At, string Id)? after)
    {
        (limit, after) = (UsualPage, null);
        if (request.Query.TryGetValue("limit", out var size) && !(int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= LargestPage)) return false;
        if (!request.Query.TryGetValue("after", out var cursor)) return true;
        if (cursor.ToString().Split('-') is not [var micros, { Length: 32 } id] || micros.Length > 16 || !long.TryParse(micros, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return false;
        after = (Instants.FromMicroseconds(at), id);
        return id.All(char.IsAsciiHexDigitLower);
    }

    private static string MediaType(string name) => FileNames.Extension(name) switch
    {
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        // The encoding is that of the input; a charset here would be a guess.
        ".csv" => "text/csv",
        ".tsv" or ".tab" => "text/tab-separated-values",
        _ => "application/octet-stream",
    };
}
