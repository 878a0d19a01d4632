using System.Globalization;
using System.Text.Json;
using System.Text;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Tiles;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Ledger;

/// <summary>The log over HTTP, laid out as C2SP tlog-tiles says below <c>/ledger</c>, and proofs for those who do not want to make them from tiles. Hashes are public; entries are for auditors.</summary>
internal static class LedgerApi
{
    private const string Binary = "application/octet-stream", PlainText = "text/plain; charset=utf-8",
        // Of a finished tile there is only ever one content; a checkpoint is another one in a moment.
        Forever = "public, max-age=31536000, immutable", ForeverForOne = "private, max-age=31536000, immutable", Never = "no-cache";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/ledger");
        ledger.MapGet("/checkpoint", CheckpointAsync).RequireAuthorization(Policies.Open).MarkForMachines();
        ledger.MapGet("/key", Key).RequireAuthorization(Policies.Open).MarkForMachines();
        ledger.MapGet("/tile/entries/{**path}", (string path, HttpContext context, Ledger log) => TileAsync($"tile/entries/{path}", ForeverForOne, context, log)).RequireAuthorization(Policies.Auditor);
        ledger.MapGet("/tile/{level}/{**path}", (string level, string path, HttpContext context, Ledger log) => TileAsync($"tile/{level}/{path}", Forever, context, log)).RequireAuthorization(Policies.Open).MarkForMachines();
        ledger.MapGet("/proof/inclusion", InclusionAsync).RequireAuthorization(Policies.Open).MarkForMachines();
        ledger.MapGet("/proof/consistency", ConsistencyAsync).RequireAuthorization(Policies.Open).MarkForMachines();
    }

    private static async Task<IResult> CheckpointAsync(HttpContext context, Ledger ledger)
    {
        var head = await ledger.Log.HeadAsync(context.RequestAborted);
        return head.Size == 0 ? Refuse(ApiRefusals.NotFound, context) : Send(context, Encoding.UTF8.GetBytes(head.Note), PlainText, Never);
    }

    private static IResult Key(HttpContext context, Ledger ledger) => Send(context, Encoding.UTF8.GetBytes($"{ledger.Key}\n"), PlainText, Never);

    private static async Task<IResult> TileAsync(string name, string caching, HttpContext context, Ledger ledger) =>
        TilePath.TryParse(name, out var path) && await ledger.Log.TileAsync(path, context.RequestAborted) is { } bytes ? Send(context, bytes, Binary, caching) : Refuse(ApiRefusals.NotFound, context);

    private static async Task<IResult> InclusionAsync(HttpContext context, Ledger ledger)
    {
        if (!TryNumber(context, "position", out var position) || !TryNumber(context, "size", out var size) || position >= size || !await ReachesAsync(ledger, size, context)) return Refuse(LedgerRefusals.Range, context);
        return Proof(context, [("position", position), ("size", size)], await ledger.Log.InclusionAsync(position, size, context.RequestAborted));
    }

    private static async Task<IResult> ConsistencyAsync(HttpContext context, Ledger ledger)
    {
        if (!TryNumber(context, "from", out var from) || !TryNumber(context, "to", out var to) || from > to || !await ReachesAsync(ledger, to, context)) return Refuse(LedgerRefusals.Range, context);
        return Proof(context, [("from", from), ("to", to)], await ledger.Log.ConsistencyAsync(from, to, context.RequestAborted));
    }

    private static async Task<bool> ReachesAsync(Ledger ledger, long size, HttpContext context) => size <= (await ledger.Log.HeadAsync(context.RequestAborted)).Size;

    private static bool TryNumber(HttpContext context, string name, out long number)
    {
        number = 0;
        return context.Request.Query[name] is [var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static IResult Proof(HttpContext context, (string Name, long Value)[] about, IReadOnlyList<TreeHash> hashes)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (name, value) in about) json.WriteNumber(name, value);
            json.WriteStartArray("path");
            foreach (var hash in hashes) json.WriteBase64StringValue(hash.ToArray());
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Send(context, bytes.ToArray(), ApiReply.Json, Forever);
    }

    private static IResult Send(HttpContext context, byte[] body, string type, string caching)
    {
        context.Response.Headers.CacheControl = caching;
        return Results.Bytes(body, type);
    }

    private static ProblemResult Refuse(Refusal refusal, HttpContext context) => new(Problem.From(refusal, context.Request));

    private sealed class ProblemResult(ApiReply reply) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            reply.SetHead(httpContext.Response);
            return httpContext.Response.Body.WriteAsync(reply.Body, httpContext.RequestAborted).AsTask();
        }
    }
}
