using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Sorts the encoded records, gives every key one entry, and writes buckets, cold records and side records in one sweep.</summary>
internal sealed class TableBuild
{
    private const int MaxChain = 8;

    private readonly RegisterSchema _schema;
    private readonly KeyReader _keys;
    private readonly BuildPlan _plan;
    private readonly int _recordBytes;
    private readonly byte[][] _records = new byte[EncodeRows.Partitions][];
    private readonly ulong[][] _sorted = new ulong[EncodeRows.Partitions][];
    private readonly Dictionary<ulong, List<byte[]>> _side = [];
    private readonly List<(ulong Scattered, List<byte[]> Records)> _sideOut = [];
    private readonly int _superseded;

    public TableBuild(RegisterSchema schema, KeyReader keys, BuildPlan plan, EncodeRows[] encoded, int threads, CancellationToken stop)
    {
        (_schema, _keys, _plan) = (schema, keys, plan);
        _recordBytes = EncodeRows.RecordBytes(plan);
        _superseded = schema.IndexOf(FieldRole.SupersededBy);
        foreach (var (scattered, record) in encoded.SelectMany(worker => worker.Side))
            (CollectionsMarshal.GetValueRefOrAddDefault(_side, scattered, out _) ??= []).Add(record);

        var next = -1;
        SnapshotBuilder.Parallel(threads, _ =>
        {
            while (Interlocked.Increment(ref next) is var partition && partition < EncodeRows.Partitions)
            {
                stop.ThrowIfCancellationRequested();
                Gather(partition, encoded);
            }
        });
        Records = _records.Sum(bytes => (long)bytes.Length) / _recordBytes;
    }

    public long Records { get; }

    /// <summary>Writes the side records, buckets and cold records.</summary>
    public void Write(SnapshotWriter writer, SnapshotHeader header, IProgress<BuildProgress>? progress, CancellationToken stop)
    {
        var fill = new BucketFill(writer, _plan.Layout, _plan.KeyBits);
        long keys = 0;
        var record = new byte[_recordBytes];
        for (var partition = 0; partition < EncodeRows.Partitions; partition++)
        {
            stop.ThrowIfCancellationRequested();
            progress?.Report(new BuildProgress("writing", partition / (double)EncodeRows.Partitions));
            var sorted = _sorted[partition];
            for (int from = 0, to; from < sorted.Length; from = to)
            {
                for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; to++)
                {
                }

                Settle(partition, from, to, record);
                fill.Add(sorted[from], BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(8)), record.AsSpan(EncodeRows.PrefixBytes));
                keys++;
            }
        }

        (header[Section.Buckets], header[Section.Cold]) = fill.End();
        header.Keys = keys;
        WriteSide(writer, header);
    }

    // One entry for all records of a key: the only live one, the one that a replaced key points to, or a mark that the side records decide.
    private void Settle(int partition, int from, int to, byte[] entry)
    {
        int live = 0, liveAt = from;
        for (var i = from; i < to; i++)
        {
            if ((Rest(partition, i) & TableLayout.SupersededFlag) != 0) continue;
            live++;
            liveAt = i;
        }

        var scattered = _sorted[partition][from];
        // Two keys of a wide schema may share a hash; then the side records tell them apart.
        var isShared = to - from > 1;
        Record(partition, liveAt).CopyTo(entry);
        var rest = Rest(partition, liveAt);
        if (live > 1 || isShared && _plan.Layout.IsWide) rest = TableLayout.ComplexFlag;
        else if (live == 0) rest = to - from == 1 ? Resolve(scattered, entry) : TableLayout.ComplexFlag;
        // What the side records decide has no fields of its own; which record came first must not show in the file.
        if ((rest & TableLayout.ComplexFlag) != 0) entry.AsSpan(EncodeRows.PrefixBytes).Clear();
        var hasSide = isShared || live == 0 || (rest & TableLayout.SideFlag) != 0;
        if (hasSide)
        {
            rest |= TableLayout.SideFlag;
            KeepSide(scattered, partition, from, to);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(entry.AsSpan(8), rest);
    }

    // Follows a replaced key to the record that answers for it and copies that record's fields.
    private ulong Resolve(ulong scattered, byte[] entry)
    {
        for (var hop = 0; hop < MaxChain; hop++)
        {
            var remaining = (ReadOnlySpan<byte>)_side[scattered][0];
            var successor = StoredRecord.Read(ref remaining, _schema).Values[_superseded];
            if (_keys.Read(successor, out var key, out _) != Reasons.None) return TableLayout.ComplexFlag;
            var target = key;
            if (_plan.Keys is not null && !_plan.Keys.TryScatter(key, out target)) return TableLayout.ComplexFlag;
            if (!Find(target, out var partition, out var from, out var to)) return TableLayout.ComplexFlag;
            if (to - from > 1) return TableLayout.ComplexFlag;
            var rest = Rest(partition, from);
            if ((rest & TableLayout.SupersededFlag) == 0)
            {
                Record(partition, from).CopyTo(entry);
                return rest | TableLayout.SupersededFlag;
            }

            scattered = target;
        }

        return TableLayout.ComplexFlag;
    }

    private void KeepSide(ulong scattered, int partition, int from, int to)
    {
        var records = _side.TryGetValue(scattered, out var known) ? new List<byte[]>(known) : [];
        for (var i = from; i < to; i++)
        {
            if ((Rest(partition, i) & (TableLayout.SupersededFlag | TableLayout.SideFlag)) != 0) continue;
            var bytes = new List<byte>();
            RecordDecoder.Decode(_schema, _plan.Codecs, index => _plan.HeapTexts[index], Rest(partition, i), Padded(partition, i)).Write(bytes);
            records.Add([.. bytes]);
        }

        if (_plan.Layout.IsWide)
        {
            // Wide keys are told apart by their text, which then stands before each record.
            records.Clear();
            for (var i = from; i < to; i++)
            {
                var bytes = new List<byte>();
                var cold = Padded(partition, i);
                StoredRecord.WriteText(bytes, _plan.HeapTexts[(int)_plan.Layout.KeyText.FromCold(cold) - 1]);
                RecordDecoder.Decode(_schema, _plan.Codecs, index => _plan.HeapTexts[index], Rest(partition, i), cold).Write(bytes);
                records.Add([.. bytes]);
            }
        }

        records.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        _sideOut.Add((scattered, records));
    }

    private void WriteSide(SnapshotWriter writer, SnapshotHeader header)
    {
        var keys = new byte[_sideOut.Count * 8];
        var offsets = new byte[(_sideOut.Count + 1) * 8];
        using var text = new MemoryStream();
        for (var i = 0; i < _sideOut.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(keys.AsSpan(i * 8), _sideOut[i].Scattered);
            var count = new List<byte>();
            StoredRecord.WriteLength(count, (uint)_sideOut[i].Records.Count);
            text.Write([.. count]);
            foreach (var record in _sideOut[i].Records) text.Write(record);
            BinaryPrimitives.WriteInt64LittleEndian(offsets.AsSpan((i + 1) * 8), text.Length);
        }

        header[Section.SideKeys] = writer.Write(keys);
        header[Section.SideOffsets] = writer.Write(offsets);
        header[Section.SideRecords] = writer.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private void Gather(int partition, EncodeRows[] encoded)
    {
        var bytes = new byte[encoded.Sum(worker => worker.Buffers[partition].Length)];
        var at = 0;
        foreach (var worker in encoded)
        {
            worker.Buffers[partition].Bytes.CopyTo(bytes.AsSpan(at));
            at += worker.Buffers[partition].Length;
            worker.Buffers[partition].Release();
        }

        var keys = new ulong[bytes.Length / _recordBytes];
        var order = new int[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * _recordBytes));
            order[i] = i;
        }

        Array.Sort(keys, order);
        // Put in order here, where every thread helps, so that the sweep that writes only walks forward.
        var ordered = new byte[bytes.Length];
        for (var i = 0; i < order.Length; i++) bytes.AsSpan(order[i] * _recordBytes, _recordBytes).CopyTo(ordered.AsSpan(i * _recordBytes));
        (_records[partition], _sorted[partition]) = (ordered, keys);
    }

    private bool Find(ulong scattered, out int partition, out int from, out int to)
    {
        partition = (int)(scattered >> (_plan.KeyBits - 8));
        var sorted = _sorted[partition];
        from = Array.BinarySearch(sorted, scattered);
        to = from;
        if (from < 0) return false;
        while (from > 0 && sorted[from - 1] == scattered) from--;
        while (to < sorted.Length && sorted[to] == scattered) to++;
        return true;
    }

    private ReadOnlySpan<byte> Record(int partition, int index) => _records[partition].AsSpan(index * _recordBytes, _recordBytes);

    private ulong Rest(int partition, int index) => BinaryPrimitives.ReadUInt64LittleEndian(Record(partition, index)[8..]);

    // Cold records are read eight bytes at a time, so one at the very end needs room behind it.
    private byte[] Padded(int partition, int index)
    {
        var padded = new byte[_plan.ColdStride + 8];
        Record(partition, index)[EncodeRows.PrefixBytes..].CopyTo(padded);
        return padded;
    }
}
