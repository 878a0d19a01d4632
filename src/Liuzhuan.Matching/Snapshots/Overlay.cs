using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// The changes since a snapshot: for every changed key all its records as they are now. Kept in a file beside the snapshot to which whole frames are appended;
/// a frame cut off by a crash is as if it had never been, so a changes file is applied wholly or not at all.
/// </summary>
internal sealed class Overlay
{
    public const string Suffix = ".overlay";

    private const int HeaderBytes = 48, FrameHeadBytes = 12, FilterBits = 1 << 16;

    private readonly FrozenDictionary<string, StoredRecord[]> _records;
    private readonly ulong[] _filter = new ulong[FilterBits / 64];

    private Overlay(Dictionary<string, StoredRecord[]> records, DateTimeOffset asOf, long length, byte[] hash, KeyReader? keys)
    {
        _records = records.ToFrozenDictionary(StringComparer.Ordinal);
        (AsOf, Length, Hash) = (asOf, length, hash);
        foreach (var text in records.Keys)
        {
            var bit = Bit(keys!.KeyOf(text));
            _filter[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    public static Overlay Empty { get; } = new([], DateTimeOffset.MinValue, 0, [], null);

    private static ReadOnlySpan<byte> Magic => "LZOVL\0\r\n"u8;

    // In the place of an instant: no changes are from before the first one.
    private static ReadOnlySpan<byte> EndMark => [255, 255, 255, 255, 255, 255, 255, 255];

    /// <summary>Number of changed keys.</summary>
    public int Count => _records.Count;

    public DateTimeOffset AsOf { get; }

    /// <summary>Bytes of whole frames; what follows was never finished.</summary>
    public long Length { get; }

    public byte[] Hash { get; }

    public IEnumerable<KeyValuePair<string, StoredRecord[]>> All => _records;

    /// <summary>False when the key was certainly not changed.</summary>
    public bool MayContain(ulong key)
    {
        var bit = Bit(key);
        return (_filter[bit >> 6] >> (bit & 63) & 1) != 0;
    }

    public bool TryGet(string keyText, out StoredRecord[] records) => _records.TryGetValue(keyText, out records!);

    /// <summary>Reads the overlay of a snapshot. One that was already merged into it is empty.</summary>
    /// <exception cref="RegisterException">register_overlay: it belongs to another snapshot, or is no overlay.</exception>
    public static Overlay Load(Snapshot snapshot)
    {
        var path = snapshot.Path + Suffix;
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return Empty;
        }

        if (bytes.Length < HeaderBytes) return Empty;
        if (!bytes.AsSpan().StartsWith(Magic))
            throw new RegisterException("register_overlay", $"{path} is not an overlay of changes. Move it away, or build the register again.");
        var records = new Dictionary<string, StoredRecord[]>(StringComparer.Ordinal);
        var asOf = DateTimeOffset.MinValue;
        var at = HeaderBytes;
        while (TryFrame(bytes, at, out var payload))
        {
            if (IsEnd(payload))
            {
                if (payload[EndMark.Length..].SequenceEqual(Convert.FromHexString(snapshot.Digest))) return Empty;
                break;
            }

            at += FrameHeadBytes + payload.Length;
            ReadFrame(payload, snapshot.Schema, records, ref asOf);
        }

        var hash = SHA256.HashData(bytes.AsSpan(0, at));
        if (!Belongs(bytes, snapshot))
        {
            if (Combined(bytes.AsSpan(16, 32), hash).AsSpan().SequenceEqual(snapshot.Header.MergedFrom)) return Empty;
            throw new RegisterException("register_overlay", $"{path} holds changes to another snapshot than {snapshot.Path}. If the register was built anew from a complete file, delete the overlay; otherwise put the right snapshot back.");
        }

        return new Overlay(records, asOf, at, hash, snapshot.KeyReader);
    }

    /// <summary>Appends one frame and makes it durable.</summary>
    public static void Append(Snapshot snapshot, Overlay known, IReadOnlyDictionary<string, StoredRecord[]> changed, DateTimeOffset asOf)
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

        var path = snapshot.Path + Suffix;
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        if (known.Length == 0)
        {
            file.SetLength(0);
            var header = new byte[HeaderBytes];
            Magic.CopyTo(header);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), 1);
            Convert.FromHexString(snapshot.Digest).CopyTo(header, 16);
            file.Write(header);
        }

        file.SetLength(Math.Max(known.Length, HeaderBytes));
        file.Position = file.Length;
        file.Write(Frame(CollectionsMarshal.AsSpan(payload)));
        file.Flush(flushToDisk: true);
        DurableFile.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>
    /// Says at the end of an overlay file that a snapshot about to be put in place replaces its changes too: once that is there the changes are over, until then the mark means nothing.
    /// False when there are no changes.
    /// </summary>
    public static bool Supersede(string path, string digest)
    {
        if (!File.Exists(path)) return false;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderBytes || !bytes.AsSpan().StartsWith(Magic)) return false;
        var at = HeaderBytes;
        while (TryFrame(bytes, at, out var payload) && !IsEnd(payload)) at += FrameHeadBytes + payload.Length;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        file.SetLength(at);
        file.Position = at;
        file.Write(Frame([.. EndMark, .. Convert.FromHexString(digest)]));
        file.Flush(flushToDisk: true);
        return true;
    }

    /// <summary>SHA-256 over a snapshot's digest and its overlay's hash: stands for both together.</summary>
    public static byte[] Combined(ReadOnlySpan<byte> snapshotDigest, ReadOnlySpan<byte> overlayHash) => SHA256.HashData([.. snapshotDigest, .. overlayHash]);

    private static bool Belongs(byte[] bytes, Snapshot snapshot) => bytes.AsSpan(16, 32).SequenceEqual(Convert.FromHexString(snapshot.Digest));

    private static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeadBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(FrameHeadBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(4), Checksum.Of(payload));
        return frame;
    }

    private static bool IsEnd(ReadOnlySpan<byte> payload) => payload.StartsWith(EndMark);

    private static bool TryFrame(byte[] bytes, int at, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (at + FrameHeadBytes > bytes.Length) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        if (length < 8 || length > bytes.Length - at - FrameHeadBytes) return false;
        payload = bytes.AsSpan(at + FrameHeadBytes, length);
        return Checksum.Of(payload) == BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at + 4));
    }

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
