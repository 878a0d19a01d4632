using System.Buffers.Binary;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Lays the entries of one partition, which come sorted by scattered key, into buckets: each as near to its home bucket as the ones before allow.
/// That is Robin Hood order, so the greatest displacement is as small as it can be. One per thread; it keeps its room.
/// A bucket is 64 bytes: four of head (six displacements of four bits, count, overflow mark), six tags of two, six words of eight.
/// </summary>
internal sealed class BucketFill(TableLayout layout, int keyBits)
{
    public const int CountShift = 24, OverflowBit = 27;

    private readonly int _tagHighBits = layout.TagHighBits, _tagHighShift = layout.TagHighShift, _stride = layout.ColdStride;
    private readonly ulong _tagHighMask = layout.TagHighMask;
    private readonly long _buckets = layout.Buckets;
    private byte[] _lines = [], _cold = [];
    private long _slot, _firstSlot;

    /// <summary>The first bucket that the entries since <see cref="Begin"/> touch.</summary>
    public long FirstBucket { get; private set; }

    /// <summary>The buckets touched, in their final form but for what the neighbouring partitions add to them.</summary>
    public Span<byte> Lines => _lines.AsSpan(0, (int)((_slot - 1) / TableLayout.EntriesPerBucket - FirstBucket + 1) * TableLayout.BucketBytes);

    /// <summary>The cold records from the first slot given to the last one filled.</summary>
    public ReadOnlySpan<byte> Cold => _cold.AsSpan(0, (int)(_slot - _firstSlot) * _stride);

    /// <summary>The slot behind the entry of a key with this home bucket, when <paramref name="slot"/> is the first free one.</summary>
    public static long Reach(long slot, long home) => Math.Max(slot, home * TableLayout.EntriesPerBucket) + 1;

    /// <summary>Home bucket of a scattered key.</summary>
    public long HomeOf(ulong scattered) => (long)Math.BigMul(scattered << (64 - keyBits), (ulong)_buckets, out _);

    /// <summary>Starts a partition whose first key is <paramref name="scattered"/> and whose entries lie in the slots from <paramref name="from"/> to before <paramref name="end"/>.</summary>
    public void Begin(ulong scattered, long from, long end)
    {
        FirstBucket = HomeOf(scattered);
        (_slot, _firstSlot) = (from, from);
        Clear(ref _lines, ((end - 1) / TableLayout.EntriesPerBucket - FirstBucket + 1) * TableLayout.BucketBytes);
        Clear(ref _cold, (end - from) * _stride);
    }

    public void Add(ulong scattered, ulong rest, ReadOnlySpan<byte> cold)
    {
        var home = HomeOf(scattered);
        _slot = Math.Max(_slot, home * TableLayout.EntriesPerBucket);
        var bucket = _slot / TableLayout.EntriesPerBucket;
        var entry = (int)(_slot - bucket * TableLayout.EntriesPerBucket);
        var displacement = bucket - home;
        if (displacement > TableLayout.MaxDisplacement)
            throw new InvalidOperationException($"A record lies {displacement} buckets from its home; the scattering of keys is not even enough.");

        for (var passed = home; passed < bucket; passed++) SetHead(passed, HeadOf(Line(passed)) | 1u << OverflowBit);
        var line = Line(bucket);
        SetHead(bucket, (HeadOf(line) & ~(7u << CountShift)) | (uint)(entry + 1) << CountShift | (uint)displacement << (entry * 4));
        BinaryPrimitives.WriteUInt16LittleEndian(line[(4 + entry * 2)..], (ushort)scattered);
        if (_tagHighBits > 0) rest |= (scattered >> 16 << _tagHighShift) & _tagHighMask;
        BinaryPrimitives.WriteUInt64LittleEndian(line[(16 + entry * 8)..], rest);
        cold.CopyTo(_cold.AsSpan((int)(_slot - _firstSlot) * _stride));
        _slot++;
    }

    /// <summary>Joins what two partitions put into one bucket, the entries of <paramref name="earlier"/> standing before those of <paramref name="line"/>.</summary>
    public static void Join(ReadOnlySpan<byte> earlier, Span<byte> line)
    {
        var (one, other) = (HeadOf(earlier), HeadOf(line));
        const uint count = 7u << CountShift;
        for (var i = 0; i < line.Length; i++) line[i] |= earlier[i];
        BinaryPrimitives.WriteUInt32LittleEndian(line, (one | other) & ~count | Math.Max(one & count, other & count));
    }

    private static uint HeadOf(ReadOnlySpan<byte> line) => BinaryPrimitives.ReadUInt32LittleEndian(line);

    private void SetHead(long bucket, uint head) => BinaryPrimitives.WriteUInt32LittleEndian(Line(bucket), head);

    private Span<byte> Line(long bucket) => _lines.AsSpan((int)(bucket - FirstBucket) * TableLayout.BucketBytes, TableLayout.BucketBytes);

    private static void Clear(ref byte[] room, long length)
    {
        if (room.Length < length) room = new byte[length];
        else room.AsSpan(0, (int)length).Clear();
    }
}
