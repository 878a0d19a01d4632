using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Liuzhuan.Platform.Data;
using Microsoft.Data.Sqlite;

namespace Liuzhuan.Exchange.Batches.Contents;

/// <summary>The contents of batches as pieces in the database: written, read and erased one at a time, so that neither memory nor a transaction grows with the file.</summary>
internal static class BatchPieces
{
    public const string Input = "input", Result = "result", Problems = "problems";

    /// <summary>The longest piece there may be, and the longest that is written: what is written at once, all questions meanwhile wait for.</summary>
    public const int Size = 1 << 20, Written = 256 << 10;

    private const int ErasedAtOnce = 4;

    private const string PutHere = "insert into batch_pieces (batch_id, content, start, bytes, unpacked) values (?, ?, ?, ?, ?)";

    private const string
        Next = "select start, bytes, unpacked from batch_pieces where batch_id = @id and content = @content and start >= @from order by start limit 1",
        Within = "select start, bytes, unpacked from batch_pieces where batch_id = @id and content = @content and start > @before and start < @end order by start",
        Put = "insert into batch_pieces (batch_id, content, start, bytes, unpacked) values (@id, @content, @start, @bytes, @unpacked)",
        EraseSome = "delete from batch_pieces where batch_id = @id and (content, start) in (select content, start from batch_pieces where batch_id = @id and content <> @spared limit @most)";

    /// <summary>A write transaction: on SQLite it waits for its turn at once instead of failing half way.</summary>
    public static ValueTask<DbTransaction> BeginAsync(DbConnection connection, DataStore store, CancellationToken stop) =>
        connection.BeginTransactionAsync(store.IsShared ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, stop);

    /// <summary>Writes one piece.</summary>
    public static async Task WriteAsync(DbTransaction transaction, string id, string content, long start, PackedPiece piece, CancellationToken stop)
    {
        if (Connection(transaction) is not SqliteConnection here)
        {
            await Connection(transaction).ExecuteAsync(transaction, Put, stop, ("id", id), ("content", content), ("start", start), ("bytes", piece.Bytes), ("unpacked", (long?)piece.Unpacked));
            return;
        }

        using var put = SqliteStatement.Of(here, PutHere);
        put.Add(id).Add(content).Add(start).Add(piece.Bytes.Span);
        (piece.Unpacked is { } length ? put.Add(length) : put.AddNull()).Run();
    }

    /// <summary>Copies a whole content.</summary>
    /// <exception cref="InvalidDataException">Pieces are missing.</exception>
    public static async Task CopyAsync(DataStore store, string id, string content, long length, Stream to, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var unpacker = new PackedPiece.Unpacker();
        for (long at = 0; at < length;)
        {
            // Each piece in a statement of its own: a long reader would keep the database from tidying up.
            var found = await connection.ListAsync(null, Next, row => (Start: row.GetInt64(0), Bytes: Bytes(row, unpacker)), stop, ("id", id), ("content", content), ("from", at));
            if (found is not [var piece] || piece.Start != at || piece.Bytes.Length > length - at) throw new InvalidDataException($"The {content} of batch …{id[^6..]} is not whole at byte {at}.");
            await to.WriteAsync(piece.Bytes, stop);
            at += piece.Bytes.Length;
        }
    }

    /// <summary>SHA-256 of a whole content, in lower-case hex.</summary>
    public static async Task<string> DigestAsync(DataStore store, string id, string content, long length, CancellationToken stop)
    {
        using var hash = SHA256.Create();
        await using (var hashing = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)) await CopyAsync(store, id, content, length, hashing, stop);
        return Convert.ToHexStringLower(hash.Hash ?? []);
    }

    /// <summary>Are these bytes the ones stored from <paramref name="start"/> on?</summary>
    public static async Task<bool> EqualsAsync(DataStore store, string id, string content, long start, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var end = start + bytes.Length;
        await using var command = connection.Command(null, Within, ("id", id), ("content", content), ("before", start - Size), ("end", end));
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (at, unpacker) = (start, new PackedPiece.Unpacker());
        while (at < end && await rows.ReadAsync(stop))
        {
            var (from, piece) = (rows.GetInt64(0), Bytes(rows, unpacker));
            if (from + piece.Length <= at) continue;
            if (from > at) return false;
            var there = piece[(int)(at - from)..];
            var length = (int)Math.Min(there.Length, end - at);
            if (!there.Span[..length].SequenceEqual(bytes.Span.Slice((int)(at - start), length))) return false;
            at += length;
        }

        return at == end;
    }

    /// <summary>Removes all pieces of a batch but those of one content, a few at a time, so that nobody waits long for the database.</summary>
    /// <param name="spared">A content to leave; empty for none.</param>
    public static async Task EraseAsync(DataStore store, string id, string spared, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        while (await EraseSomeAsync() > 0)
        {
        }

        async Task<int> EraseSomeAsync()
        {
            using var turn = await store.TurnAsync(stop);
            return await connection.ExecuteAsync(null, EraseSome, stop, ("id", id), ("spared", spared), ("most", ErasedAtOnce));
        }
    }

    private static ReadOnlyMemory<byte> Bytes(DbDataReader row, PackedPiece.Unpacker unpacker) => unpacker.Unpack(row.GetFieldValue<byte[]>(1), row.IsDBNull(2) ? null : row.GetInt64(2));

    private static DbConnection Connection(DbTransaction transaction) => transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
}
