using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// The changes since a snapshot: for every changed key all its records as they are now. Kept in a file beside the snapshot to which whole frames are appended,
/// so a changes file is applied wholly or not at all.
/// </summary>
internal sealed class Overlay
{
    private const int FilterBits = 1 << 16;

    // Null where nothing was changed: a short command then does without the library it comes from.
    private readonly FrozenDictionary<string, StoredRecord[]>? _records;
    private readonly ulong[] _filter = new ulong[FilterBits / 64];

    private Overlay(Dictionary<string, StoredRecord[]> records, DateTimeOffset asOf, byte[] hash, KeyReader? keys)
    {
        (AsOf, Hash) = (asOf, hash);
        if (records.Count == 0) return;
        _records = Frozen(records);
        foreach (var text in records.Keys)
        {
            var bit = Bit(keys!.KeyOf(text));
            _filter[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    public static Overlay Empty { get; } = new([], DateTimeOffset.MinValue, [], null);

    /// <summary>Number of changed keys.</summary>
    public int Count => _records?.Count ?? 0;

    public DateTimeOffset AsOf { get; }

    public byte[] Hash { get; }

    public IEnumerable<KeyValuePair<string, StoredRecord[]>> All => _records ?? Enumerable.Empty<KeyValuePair<string, StoredRecord[]>>();

    /// <summary>False when the key was certainly not changed.</summary>
    public bool MayContain(ulong key)
    {
        var bit = Bit(key);
        return (_filter[bit >> 6] >> (bit & 63) & 1) != 0;
    }

    public bool TryGet(string keyText, out StoredRecord[] records)
    {
        records = [];
        return _records is not null && _records.TryGetValue(keyText, out records!);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FrozenDictionary<string, StoredRecord[]> Frozen(Dictionary<string, StoredRecord[]> records) => records.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the overlay of a snapshot. One that was already merged into it is empty.</summary>
    /// <exception cref="RegisterException">register_overlay, as for <see cref="OverlayFile.Read"/>.</exception>
    public static Overlay Load(Snapshot snapshot)
    {
        if (OverlayFile.Read(snapshot.Path, snapshot.Digest, snapshot.Header.MergedFrom) is not { } file) return Empty;
        var records = new Dictionary<string, StoredRecord[]>(StringComparer.Ordinal);
        var asOf = DateTimeOffset.MinValue;
        foreach (var payload in file.Payloads) ReadFrame(payload.Span, snapshot.Schema, records, ref asOf);
        return new Overlay(records, asOf, file.Hash, snapshot.KeyReader);
    }

    /// <summary>Appends one frame and makes it durable. The caller holds the register's lock.</summary>
    public static void Append(Snapshot snapshot, IReadOnlyDictionary<string, StoredRecord[]> changed, DateTimeOffset asOf)
    {
        var payload = new List<byte>();
        payload.AddRange(BitConverter.GetBytes(asOf.UtcTicks));
        StoredRecord.WriteLength(payload, (uint)changed.Count);
        foreach (var (key, records) in changed.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            StoredRecord.WriteText(payload, key);
            StoredRecord.WriteLength(payload, (uint)records.Length);
            foreach (var record in records) record.Write(payload);
        }

        var known = OverlayFile.Read(snapshot.Path, snapshot.Digest, snapshot.Header.MergedFrom);
        OverlayFile.Append(snapshot.Path, snapshot.Digest, known, CollectionsMarshal.AsSpan(payload));
    }

    /// <summary>SHA-256 over a snapshot's digest and its overlay's hash: stands for both together.</summary>
    public static byte[] Combined(ReadOnlySpan<byte> snapshotDigest, ReadOnlySpan<byte> overlayHash) => SHA256.HashData([.. snapshotDigest, .. overlayHash]);

    private static void ReadFrame(ReadOnlySpan<byte> payload, RegisterSchema schema, Dictionary<string, StoredRecord[]> records, ref DateTimeOffset asOf)
    {
        asOf = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(payload), TimeSpan.Zero);
        payload = payload[8..];
        for (var keys = StoredRecord.ReadLength(ref payload); keys > 0; keys--)
        {
            var key = StoredRecord.ReadText(ref payload);
            var all = new StoredRecord[StoredRecord.ReadLength(ref payload)];
            for (var i = 0; i < all.Length; i++) all[i] = StoredRecord.Read(ref payload, schema);
            records[key] = all;
        }
    }

    private static int Bit(ulong key) => (int)(key * 0x9E3779B97F4A7C15 >> 48);
}
