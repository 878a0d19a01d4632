using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Liuzhuan.Exchange.Batches.Contents;

/// <summary>Receives a batch's file, in one go or in parts. A part sent again is no harm; two senders at once never mix.</summary>
internal sealed class BatchUpload(DataStore store, BatchOptions options, TimeProvider clock)
{
    private const string
        Advance = "update batches set received_bytes = @end, expires_at = @expires where id = @id and state = 'receiving' and received_bytes = @start",
        Restart = "update batches set received_bytes = 0 where id = @id and state = 'receiving'",
        Drop = "delete from batch_pieces where batch_id = @id";

    /// <summary>Stores a part that begins at <paramref name="offset"/>. What of it is there already must be the same; the rest is added.</summary>
    /// <returns>How many bytes have arrived, and whether the part is among them.</returns>
    public async Task<(long Received, bool Taken)> AppendAsync(Batch batch, long offset, ReadOnlyMemory<byte> part, CancellationToken stop)
    {
        var received = batch.ReceivedBytes;
        while (true)
        {
            var there = (int)Math.Clamp(received - offset, 0, part.Length);
            if (offset > received || there > 0 && !await BatchPieces.EqualsAsync(store, batch.Id, BatchPieces.Input, offset, part[..there], stop)) return (received, false);
            if (there == part.Length) return (received, true);
            if (await AddAsync(batch.Id, received, part[there..], stop)) return (offset + part.Length, true);

            // Somebody else was quicker, or has ended the upload.
            await using var db = store.CreateDb();
            var now = await db.Set<Batch>().AsNoTracking().SingleAsync(one => one.Id == batch.Id, stop);
            if (now.State != BatchStates.Receiving && now.ReceivedBytes < offset + part.Length) return (now.ReceivedBytes, false);
            received = now.ReceivedBytes;
        }
    }

    /// <summary>Forgets what has arrived, so that the file can be sent anew.</summary>
    public async Task RestartAsync(Batch batch, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await using var transaction = await BatchPieces.BeginAsync(connection, store, stop);
        if (await connection.ExecuteAsync(transaction, Restart, stop, ("id", batch.Id)) > 0) await connection.ExecuteAsync(transaction, Drop, stop, ("id", batch.Id));
        await transaction.CommitAsync(stop);
        batch.ReceivedBytes = 0;
    }

    /// <summary>Ends the upload of a file that has arrived to its last byte: it waits for a worker, or is refused because it is not the announced one.</summary>
    public async Task CompleteAsync(Batch batch, CancellationToken stop)
    {
        var isSound = await QuietThread.RunAsync(() => BatchPieces.DigestAsync(store, batch.Id, BatchPieces.Input, batch.Bytes, stop)) == batch.Sha256;
        var now = clock.GetUtcNow();
        await using var db = store.CreateDb();
        var receiving = db.Set<Batch>().Where(one => one.Id == batch.Id && one.State == BatchStates.Receiving && one.ReceivedBytes == one.Bytes);
        if (isSound)
        {
            await receiving.ExecuteUpdateAsync(set => set.SetProperty(one => one.State, BatchStates.Waiting).SetProperty(one => one.ReceivedAt, now), stop);
            return;
        }

        var refusal = BatchRefusals.FileDigest;
        await receiving.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.State, BatchStates.Refused).SetProperty(one => one.EndedAt, now).SetProperty(one => one.ExpiresAt, now + options.KeepContents)
            .SetProperty(one => one.RefusalCode, refusal.Code).SetProperty(one => one.RefusalZh, refusal.Chinese).SetProperty(one => one.RefusalEn, refusal.English), stop);
    }

    // Piece by piece, each its own commit: a large part does not hold the database, and what arrived before a fault need not be sent again.
    private async Task<bool> AddAsync(string id, long start, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var packer = new PackedPiece.Packer();
        for (var at = 0; at < bytes.Length; at += BatchPieces.Written)
        {
            var piece = bytes.Slice(at, Math.Min(BatchPieces.Written, bytes.Length - at));
            var packed = packer.Pack(piece);
            using var turn = await store.TurnAsync(stop);
            await using var transaction = await BatchPieces.BeginAsync(connection, store, stop);
            var advanced = await connection.ExecuteAsync(transaction, Advance, stop,
                ("id", id), ("start", start + at), ("end", start + at + piece.Length), ("expires", clock.GetUtcNow() + options.KeepUploads));
            if (advanced == 0) return false;
            await BatchPieces.WriteAsync(transaction, id, BatchPieces.Input, start + at, packed, stop);
            await transaction.CommitAsync(stop);
        }

        return true;
    }
}
