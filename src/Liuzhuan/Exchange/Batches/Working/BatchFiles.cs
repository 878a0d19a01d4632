using System.Data.Common;
using System.Security.Cryptography;
using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>Brings a batch's input from the database to this host's disk, and what came of it back.</summary>
internal sealed class BatchFiles(DataStore store, BatchOptions options, TimeProvider clock)
{
    private const string Hold = "update batches set leased_until = @until where id = @id and lease = @lease and state = 'running'";

    /// <summary>Writes the input to <paramref name="path"/>.</summary>
    /// <exception cref="InvalidDataException">It is not any more what arrived.</exception>
    public async Task FetchAsync(Batch batch, string path, CancellationToken stop)
    {
        using var hash = SHA256.Create();
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1))
        await using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write))
            await BatchPieces.CopyAsync(store, batch.Id, BatchPieces.Input, batch.Bytes, hashing, stop);
        if (Convert.ToHexStringLower(hash.Hash ?? []) != batch.Sha256) throw new InvalidDataException($"The input of batch …{batch.Id[^6..]} is not what arrived: the database was changed.");
    }

    /// <summary>Removes what an interrupted attempt left. Nothing of that can be written any more: its lease is not this one.</summary>
    public Task ClearAsync(Batch batch, CancellationToken stop) => BatchPieces.EraseAsync(store, batch.Id, spared: BatchPieces.Input, stop);

    /// <summary>Stores a file as a content of the batch.</summary>
    /// <exception cref="OperationCanceledException">The batch is not this worker's any more.</exception>
    public async Task<StoredContent> StoreAsync(HeldBatch held, string content, string path, CancellationToken stop)
    {
        // The commit that makes the batch done makes its pieces durable, too.
        await using var connection = await store.OpenUnhurriedAsync(stop);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, packer) = (new byte[BatchPieces.Written], new PackedPiece.Packer());
        long at = 0;
        for (int read; (read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop)) > 0; at += read)
        {
            hash.AppendData(buffer, 0, read);
            var packed = packer.Pack(buffer.AsMemory(0, read));
            var (begun, start) = (clock.GetTimestamp(), at);
            // The ledger waits while a piece has the turn: not on a thread that steps back.
            await Task.Run(() => PutAsync(connection, held, content, start, packed, stop), stop);

            // SQLite has one writer: the ledger's turn comes between two pieces.
            await Task.Delay(clock.GetElapsedTime(begun), stop);
        }

        return new StoredContent(Convert.ToHexStringLower(hash.GetHashAndReset()), at);
    }

    private async Task PutAsync(DbConnection connection, HeldBatch held, string content, long start, PackedPiece piece, CancellationToken stop)
    {
        using var turn = await store.TurnAsync(stop);
        await using var transaction = await BatchPieces.BeginAsync(connection, store, stop);
        // In the same transaction as the piece: who cancels the batch waits for it, and erases it then.
        if (await connection.ExecuteAsync(transaction, Hold, stop, ("id", held.Batch.Id), ("lease", held.Batch.Lease), ("until", clock.GetUtcNow() + options.Lease)) == 0)
        {
            held.Lose();
            throw new OperationCanceledException(held.Lost);
        }

        await BatchPieces.WriteAsync(transaction, held.Batch.Id, content, start, piece, stop);
        await transaction.CommitAsync(stop);
    }
}

/// <summary>A content that lies in the database.</summary>
internal sealed record StoredContent(string Sha256, long Bytes);
