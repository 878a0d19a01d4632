using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Platform.Ledger.Checking;

/// <summary>The log in this product's own database, with the columns beside it, which are checked too.</summary>
internal sealed class DatabaseSource(DataStore store) : LogSource
{
    private const string
        Entries = "select position, written_at, leaf, leaf_hash from ledger_entries where position >= 0 and position < @size order by position",
        Behind = "select position from ledger_entries where position >= @size or position < 0 order by position limit 100",
        Roots = "select level, number, root, hashes from ledger_tiles order by level, number",
        Payloads = "select p.position, p.nonce, p.content, e.leaf from ledger_payloads p join ledger_entries e on e.position = p.position where p.erased_at is null order by p.position";

    private readonly LedgerLog _log = new(store);
    private LedgerHead? _head;

    public override async Task<string> CheckpointAsync(CancellationToken stop) => (_head ??= await _log.HeadAsync(stop)).Note;

    public override Task<byte[]?> TileAsync(TilePath path, CancellationToken stop) => _log.HashesAsync(path, stop);

    public override async IAsyncEnumerable<LogPart> PartsAsync(long size, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await using var command = connection.Command(null, Entries, ("size", size));
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (number, leaves) = (0L, NewPart(0));
        while (await rows.ReadAsync(stop))
        {
            var position = rows.GetInt64(0);
            for (; position / TilePath.Full > number; leaves = NewPart(++number)) yield return new LogPart(number, leaves);
            leaves[position % TilePath.Full] = new StoredLeaf(rows.GetFieldValue<byte[]>(2), rows.Instant(1), Hash(rows, 3));
        }

        for (; number * TilePath.Full < size; leaves = NewPart(++number)) yield return new LogPart(number, leaves);

        StoredLeaf?[] NewPart(long part) => new StoredLeaf?[Math.Clamp(size - part * TilePath.Full, 0, TilePath.Full)];
    }

    public override async Task<IReadOnlyList<Finding>> ExtrasAsync(long size, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        // A writer may be at work: what is behind the head that was read first is no damage, unless it is behind the head of now too.
        var head = await LedgerLog.HeadAsync(connection, stop);
        var found = (await connection.ListAsync(null, Behind, row => row.GetInt64(0), stop, ("size", Math.Max(size, head.Size)))).ConvertAll(position => Finding.At(Damage.Added, position));
        if (head.Note.Length > 0 && (!SignedNote.Parse(head.Note).Ok(out var note, out _) || !Checkpoint.Parse(note.Text).Ok(out var checkpoint, out _) || checkpoint.Size != head.Size || checkpoint.Root != head.Root))
            found.Add(new Finding(Damage.Head, head.Size, head.Size));
        await AddAsync(connection, Roots, RootDamage, found, stop);
        await AddAsync(connection, Payloads, PayloadDamage, found, stop);
        return found;
    }

    private static async Task AddAsync(DbConnection connection, string text, Func<DbDataReader, Finding?> damage, List<Finding> found, CancellationToken stop)
    {
        await using var command = connection.Command(null, text);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            if (damage(rows) is { } finding) found.Add(finding);
        }
    }

    private static Finding? RootDamage(DbDataReader row)
    {
        var (path, hashes) = (new TilePath(row.GetInt32(0), row.GetInt64(1), TilePath.Full), row.GetFieldValue<byte[]>(3));
        if (hashes.Length == TilePath.Full * TreeHash.Size && Hash(row, 2) == TreeHash.OfAll(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, TreeHash>(hashes))) return null;
        var height = TilePath.Height * path.Level;
        return new Finding(Damage.Tile, path.First << height, ((path.First + path.Width) << height) - 1, path.ToString());
    }

    private static Finding? PayloadDamage(DbDataReader row)
    {
        if (row.IsDBNull(1) || row.IsDBNull(2)) return Finding.At(Damage.Payload, row.GetInt64(0));
        var digest = Convert.ToHexStringLower(SHA256.HashData([.. row.GetFieldValue<byte[]>(1), .. row.GetFieldValue<byte[]>(2)]));
        return Told(row.GetFieldValue<byte[]>(3)) == digest ? null : Finding.At(Damage.Payload, row.GetInt64(0));
    }

    private static string? Told(byte[] leaf)
    {
        try
        {
            using var parsed = JsonDocument.Parse(leaf);
            return parsed.RootElement.TryGetProperty("payload", out var payload) ? payload.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A leaf that is no JSON is named elsewhere.
            return null;
        }
    }

    private static TreeHash? Hash(DbDataReader row, int column) => row.GetFieldValue<byte[]>(column) is { Length: TreeHash.Size } bytes ? TreeHash.Read(bytes) : default(TreeHash);
}
