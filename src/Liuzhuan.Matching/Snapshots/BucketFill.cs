using System.Buffers.Binary;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Lays entries, which come sorted by scattered key, into buckets one after another: each as near to its home bucket as the ones before allow.
/// That is Robin Hood order, so the greatest displacement is as small as it can be.
/// A bucket is 64 bytes: four of head (six displacements of four bits, count, overflow mark), six tags of two, six words of eight.
/// </summary>
internal sealed class BucketFill
{
    public const int CountShift = 24, OverflowBit = 27;

    private const int Window = 32;

    private readonly TableLayout _layout;
    private readonly int _keyBits;
    private readonly SnapshotWriter.SectionWriter _buckets, _cold;
    private readonly byte[] _window = new byte[Window * TableLayout.BucketBytes];
    private readonly byte[] _empty;
    private long _flushed, _slot, _coldSlots;

    public BucketFill(SnapshotWriter writer, TableLayout layout, int keyBits)
    {
        (_layout, _keyBits) = (layout, keyBits);
        _empty = new byte[layout.ColdStride];
        _buckets = writer.Begin((layout.Buckets + TableLayout.SpareBuckets) * TableLayout.BucketBytes);
        // Eight bytes more, because cold fields are read with 64-bit loads.
        _cold = writer.Begin(layout.ColdStride == 0 ? 0 : layout.Slots * layout.ColdStride + 8);
    }

    public void Add(ulong scattered, ulong rest, ReadOnlySpan<byte> cold)
    {
        var home = _layout.Home(scattered, _keyBits);
        _slot = Math.Max(_slot, home * TableLayout.EntriesPerBucket);
        var bucket = _slot / TableLayout.EntriesPerBucket;
        var entry = (int)(_slot % TableLayout.EntriesPerBucket);
        var displacement = bucket - home;
        if (displacement > TableLayout.MaxDisplacement)
            throw new InvalidOperationException($"A record lies {displacement} buckets from its home; the scattering of keys is not even enough.");

        FlushUpTo(bucket - TableLayout.MaxDisplacement - 1);
        for (var passed = home; passed < bucket; passed++) Head(passed) |= 1u << OverflowBit;
        var line = Line(bucket);
        ref var head = ref Head(bucket);
        head = (head & ~(7u << CountShift)) | (uint)(entry + 1) << CountShift | (uint)displacement << (entry * 4);
        BinaryPrimitives.WriteUInt16LittleEndian(line[(4 + entry * 2)..], (ushort)scattered);
        if (_layout.TagHighBits > 0) rest |= (scattered >> 16 << _layout.TagHighShift) & _layout.TagHighMask;
        BinaryPrimitives.WriteUInt64LittleEndian(line[(16 + entry * 8)..], rest);
        AddCold(cold);
        _slot++;
    }

    public (SectionEntry Buckets, SectionEntry Cold) End()
    {
        FlushUpTo(_layout.Buckets + TableLayout.SpareBuckets - 1);
        if (_layout.ColdStride > 0)
        {
            for (; _coldSlots < _layout.Slots; _coldSlots++) _cold.Add(_empty);
            _cold.Add(new byte[8]);
        }

        return (_buckets.End(), _cold.End());
    }

    private void AddCold(ReadOnlySpan<byte> cold)
    {
        if (_layout.ColdStride == 0) return;
        for (; _coldSlots < _slot; _coldSlots++) _cold.Add(_empty);
        _cold.Add(cold);
        _coldSlots++;
    }

    private void FlushUpTo(long bucket)
    {
        for (; _flushed <= bucket; _flushed++)
        {
            var line = Line(_flushed);
            _buckets.Add(line);
            line.Clear();
        }
    }

    private Span<byte> Line(long bucket) => _window.AsSpan((int)(bucket % Window) * TableLayout.BucketBytes, TableLayout.BucketBytes);

    private ref uint Head(long bucket) => ref System.Runtime.InteropServices.MemoryMarshal.AsRef<uint>(Line(bucket));
}
