using System.Buffers;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Writes the buckets, cold records and side records of partitions, which any thread may bring, in the order of their numbers.</summary>
internal sealed class TableWriter(SnapshotWriter writer, TableLayout layout, long sideKeys)
{
    // The next partition's first entry may overflow from a home bucket so far back.
    private const int OpenBuckets = TableLayout.MaxDisplacement + 1;

    private static readonly byte[] Zeros = new byte[1 << 16];

    private readonly SnapshotWriter.SectionWriter _buckets = writer.Begin((layout.Buckets + TableLayout.SpareBuckets) * TableLayout.BucketBytes, inLargePages: true);

    // Eight bytes more, because cold fields are read with 64-bit loads.
    private readonly SnapshotWriter.SectionWriter _cold = writer.Begin(layout.ColdStride == 0 ? 0 : layout.Slots * layout.ColdStride + 8);
    private readonly SnapshotWriter.SectionWriter _sideKeys = writer.Begin(sideKeys * sizeof(ulong));

    // One more than there are keys: where each begins, and the end.
    private readonly SnapshotWriter.SectionWriter _sideOffsets = writer.Begin((sideKeys + 1) * sizeof(long));
    private readonly SnapshotWriter.SectionWriter _sideRecords = writer.BeginLast();
    private readonly Turns _bucketTurns = new(), _coldTurns = new(), _sideTurns = new();
    private readonly byte[] _open = new byte[OpenBuckets * TableLayout.BucketBytes];
    private long _nextBucket, _nextSlot;
    private int _openCount;

    /// <summary>Waits for the partitions before and writes this one; false when another thread has failed.</summary>
    /// <param name="partition">Each number once, from 0.</param>
    /// <param name="fill">The partition's entries, or null when it has none.</param>
    /// <param name="slot">The slot of the first cold record.</param>
    /// <param name="side">The partition's side records.</param>
    public bool Write(int partition, BucketFill? fill, long slot, SideOutput side)
    {
        if (!_bucketTurns.Enter(partition)) return false;
        if (fill is not null) WriteBuckets(fill.FirstBucket, fill.Lines);
        _bucketTurns.Leave();
        if (!_coldTurns.Enter(partition)) return false;
        if (fill is not null) WriteCold(slot, fill.Cold);
        _coldTurns.Leave();
        if (!_sideTurns.Enter(partition)) return false;
        WriteSide(side);
        _sideTurns.Leave();
        return true;
    }

    /// <summary>Lets threads that wait for a partition that will never come go home.</summary>
    public void Fail()
    {
        _bucketTurns.Fail();
        _coldTurns.Fail();
        _sideTurns.Fail();
    }

    /// <summary>Ends all sections and enters them into the header.</summary>
    public void End(SnapshotHeader header)
    {
        WriteOpen(_openCount);
        Fill(_buckets, (layout.Buckets + TableLayout.SpareBuckets - _nextBucket) * TableLayout.BucketBytes);
        if (layout.ColdStride > 0) Fill(_cold, (layout.Slots - _nextSlot) * layout.ColdStride + 8);
        _sideOffsets.Add(MemoryMarshal.AsBytes<long>([_sideRecords.Length]));
        (header[Section.Buckets], header[Section.Cold]) = (_buckets.End(), _cold.End());
        (header[Section.SideKeys], header[Section.SideOffsets], header[Section.SideRecords]) = (_sideKeys.End(), _sideOffsets.End(), _sideRecords.End());
    }

    private void WriteBuckets(long first, Span<byte> lines)
    {
        var before = (int)Math.Min(_openCount, first - _nextBucket);
        WriteOpen(before);
        Fill(_buckets, (first - _nextBucket) * TableLayout.BucketBytes);
        _nextBucket = first;
        for (var i = 0; i < _openCount; i++) BucketFill.Join(LineOf(_open, i), LineOf(lines, i));
        _openCount = Math.Min(OpenBuckets, lines.Length / TableLayout.BucketBytes);
        var open = lines[^(_openCount * TableLayout.BucketBytes)..];
        open.CopyTo(_open);
        lines = lines[..^open.Length];
        _buckets.Add(lines);
        _nextBucket += lines.Length / TableLayout.BucketBytes;
    }

    // Writes the first of the open buckets: nothing will be added to them any more.
    private void WriteOpen(int count)
    {
        _buckets.Add(_open.AsSpan(0, count * TableLayout.BucketBytes));
        _open.AsSpan(count * TableLayout.BucketBytes).CopyTo(_open);
        _openCount -= count;
        _nextBucket += count;
    }

    private void WriteCold(long slot, ReadOnlySpan<byte> cold)
    {
        if (layout.ColdStride == 0) return;
        Fill(_cold, (slot - _nextSlot) * layout.ColdStride);
        _cold.Add(cold);
        _nextSlot = slot + cold.Length / layout.ColdStride;
    }

    private void WriteSide(SideOutput side)
    {
        _sideKeys.Add(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(side.Keys)));
        foreach (ref var start in CollectionsMarshal.AsSpan(side.Starts)) start += _sideRecords.Length;
        _sideOffsets.Add(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(side.Starts)));
        _sideRecords.Add(side.Text.WrittenSpan);
    }

    private static Span<byte> LineOf(Span<byte> lines, int index) => lines.Slice(index * TableLayout.BucketBytes, TableLayout.BucketBytes);

    private static void Fill(SnapshotWriter.SectionWriter section, long zeros)
    {
        for (; zeros > 0; zeros -= Math.Min(zeros, Zeros.Length)) section.Add(Zeros.AsSpan(0, (int)Math.Min(zeros, Zeros.Length)));
    }

    /// <summary>Lets threads pass one at a time, in the order of their numbers, which count up from 0.</summary>
    private sealed class Turns
    {
        private readonly object _gate = new();
        private int _next;
        private bool _hasFailed;

        public bool Enter(int number)
        {
            lock (_gate)
            {
                while (_next != number && !_hasFailed) Monitor.Wait(_gate);
                return !_hasFailed;
            }
        }

        public void Leave()
        {
            lock (_gate)
            {
                _next++;
                Monitor.PulseAll(_gate);
            }
        }

        public void Fail()
        {
            lock (_gate)
            {
                _hasFailed = true;
                Monitor.PulseAll(_gate);
            }
        }
    }
}

/// <summary>The side records of a partition: keys, where the records of each start, text.</summary>
internal sealed class SideOutput
{
    public readonly List<ulong> Keys = [];
    public readonly List<long> Starts = [];
    public readonly ArrayBufferWriter<byte> Text = new();
}
