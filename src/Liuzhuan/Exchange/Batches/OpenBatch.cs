using System.Globalization;
using System.Security.Cryptography;
using Liuzhuan.Agreements.Contract;
using Liuzhuan.Exchange.Questions;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Exchange.Batches;

/// <summary>POST /api/batches: announces a file. Access is decided before a byte of it is sent.</summary>
internal sealed class OpenBatch(DataStore store, AccessList access, BatchAccess terms, BatchOptions options, TimeProvider clock)
{
    public async Task<ApiReply> HandleAsync(ApiCall call, CancellationToken stop)
    {
        if (!call.IsJson && call.Body.Length > 0) return call.Refuse(ApiRefusals.MediaType);
        if (!BatchBody.Read(call.Body.Span).Ok(out var body, out var refusal)) return call.Refuse(refusal);
        if (await access.FindAsync(call.ClientId, stop) is not { } client) return call.Refuse(ApiRefusals.UnknownClient);
        var digest = Convert.ToHexStringLower(SHA256.HashData(call.Body.Span));
        if (await RepeatedAsync(call, digest, stop) is { } repeated) return repeated;
        if (!terms.Decide(client, body.Fact, body.Purpose).Ok(out var agreed, out refusal)) return call.Refuse(refusal);
        var now = Instants.Whole(clock.GetUtcNow());
        if (BatchAccess.RefuseSeal(agreed.Grant, body.SealedUntil, now) is { } sealing) return call.Refuse(sealing);

        await using var db = store.CreateDb();
        if (await RefuseRoomAsync(db, client.Id, body.Bytes, stop) is { } full) return call.Refuse(full);
        var batch = new Batch
        {
            Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ClientId = client.Id,
            IdempotencyKey = call.IdempotencyKey,
            BodyDigest = digest,
            State = BatchStates.Receiving,
            Fact = body.Fact,
            Purpose = body.Purpose,
            Name = body.Name,
            Bytes = body.Bytes,
            Sha256 = body.Sha256,
            Language = body.Language,
            Encoding = body.Encoding,
            Columns = BatchJson.Columns(body.Columns),
            SealedUntil = body.SealedUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            LeftOut = string.Join(',', agreed.LeftOut),
            TraceParent = Traces.Current,
            OpenedAt = now,
            ExpiresAt = now + options.KeepUploads,
        };
        db.Add(batch);
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException) when (call.IdempotencyKey is not null)
        {
            // The same announcement at the same time: one of the two made the batch.
            if (await RepeatedAsync(call, digest, stop) is { } other) return other;
            throw;
        }

        return Opened(batch);
    }

    private static ApiReply Opened(Batch batch) => new(StatusCodes.Status201Created, ApiReply.Json, BatchJson.Status(batch, null, batch.OpenedAt))
    {
        Fields = [("Location", BatchJson.UrlOf(batch.Id)), ReceiveContent.Limit(batch.Bytes)],
    };

    // The batch of an earlier announcement under the same key, as it was told then.
    private async Task<ApiReply?> RepeatedAsync(ApiCall call, string digest, CancellationToken stop)
    {
        if (call.IdempotencyKey is not { } key) return null;
        await using var db = store.CreateDb();
        if (await db.Set<Batch>().AsNoTracking().SingleOrDefaultAsync(batch => batch.ClientId == call.ClientId && batch.IdempotencyKey == key, stop) is not { } made) return null;
        return made.BodyDigest == digest ? Opened(made.AsOpened(options.KeepUploads)) : call.Refuse(AskQuestion.Different);
    }

    private async Task<Refusal?> RefuseRoomAsync(LiuzhuanDb db, string client, long bytes, CancellationToken stop)
    {
        if (bytes > options.MostBytes) return BatchRefusals.TooLarge(options.MostBytes);
        var mine = db.Set<Batch>().Where(batch => batch.ClientId == client);
        if (await mine.CountAsync(batch => BatchStates.Open.Contains(batch.State), stop) >= options.MostOpen) return BatchRefusals.TooMany(options.MostOpen);
        var stored = await mine.Where(batch => batch.ErasedAt == null).SumAsync(batch => batch.Bytes, stop);
        return stored + bytes > options.MostStored ? BatchRefusals.NoRoom(options.MostStored) : null;
    }
}
