using System.Buffers;
using System.Buffers.Binary;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Sorts the encoded records, gives every key one entry, and writes buckets, cold records and side records. Partitions are sorted and filled side by
/// side: once each is sorted, the place of its first entry follows from how far the partitions before it reach.
/// </summary>
internal sealed class TableBuild
{
    private const int MaxChain = 8;

    private readonly RegisterSchema _schema;
    private readonly KeyReader _keys;
    private readonly BuildPlan _plan;
    private readonly RecordStore _records;
    private readonly int _recordBytes, _superseded;
    private readonly SideRecords _side;
    private readonly Sorted[] _partitions = new Sorted[RecordStore.Partitions];

    public TableBuild(RegisterSchema schema, KeyReader keys, BuildPlan plan, RecordStore records, SideRecords side, int threads, CancellationToken stop)
    {
        (_schema, _keys, _plan, _records, _side, _recordBytes) = (schema, keys, plan, records, side, records.RecordBytes);
        _superseded = schema.IndexOf(FieldRole.SupersededBy);

        var next = -1;
        SnapshotBuilder.Parallel(threads, _ =>
        {
            var sort = new RecordSort(plan.KeyBits, _recordBytes);
            var fill = new BucketFill(plan.Layout, plan.KeyBits);
            while (Interlocked.Increment(ref next) is var partition && partition < RecordStore.Partitions)
            {
                stop.ThrowIfCancellationRequested();
                var sorted = sort.Sort(records, partition);
                records.Store(partition, sorted);
                _partitions[partition] = Measure(sorted, fill);
            }
        });
        for (int partition = 1; partition < RecordStore.Partitions; partition++) _partitions[partition].From = _partitions[partition - 1].End;
    }

    /// <summary>Writes the side records, buckets and cold records.</summary>
    public void Write(SnapshotWriter writer, SnapshotHeader header, int threads, IProgress<BuildProgress>? progress, CancellationToken stop)
    {
        var table = new TableWriter(writer, _plan.Layout, _partitions.Sum(partition => (long)partition.Sides));
        var next = -1;
        SnapshotBuilder.Parallel(threads, _ =>
        {
            try
            {
                var fill = new BucketFill(_plan.Layout, _plan.KeyBits);
                var room = Array.Empty<byte>();
                while (Interlocked.Increment(ref next) is var partition && partition < RecordStore.Partitions)
                {
                    stop.ThrowIfCancellationRequested();
                    progress?.Report(new BuildProgress("writing", partition / (double)RecordStore.Partitions));
                    var side = Fill(partition, fill, ref room);
                    if (!table.Write(partition, _partitions[partition].Keys == 0 ? null : fill, _partitions[partition].From, side)) return;
                }
            }
            catch
            {
                table.Fail();
                throw;
            }
        });
        table.End(header);
        header.Keys = _partitions.Sum(partition => (long)partition.Keys);
    }

    private Sorted Measure(ReadOnlySpan<byte> sorted, BucketFill fill)
    {
        var (keys, sides, hasSide) = (0, 0, false);
        long reach = 0;
        ulong last = 0;
        for (var at = 0; at < sorted.Length; at += _recordBytes)
        {
            var scattered = BinaryPrimitives.ReadUInt64LittleEndian(sorted[at..]);
            var isNew = at == 0 || scattered != last;
            // A shared key has side records whatever its records say.
            var needsSide = !isNew || (RestOf(sorted[at..]) & (TableLayout.SupersededFlag | TableLayout.SideFlag)) != 0;
            if (needsSide && (isNew || !hasSide)) sides++;
            hasSide = needsSide;
            if (!isNew) continue;
            last = scattered;
            keys++;
            reach = BucketFill.Reach(reach, fill.HomeOf(scattered));
        }

        return new Sorted { Keys = keys, Reach = reach, Sides = sides };
    }

    // Gives back what one entry cannot say.
    private SideOutput Fill(int partition, BucketFill fill, ref byte[] room)
    {
        var side = new SideOutput();
        ref var place = ref _partitions[partition];
        if (place.Keys == 0) return side;
        var count = _records.CountOf(partition);
        if (room.Length < count * _recordBytes) room = new byte[count * _recordBytes];
        _records.Load(partition, room);
        ReadOnlySpan<byte> sorted = room.AsSpan(0, count * _recordBytes);
        fill.Begin(ScatteredOf(sorted), place.From, place.End);
        var entry = new byte[_recordBytes];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            var scattered = ScatteredOf(sorted[from..]);
            for (to = from + _recordBytes; to < sorted.Length && ScatteredOf(sorted[to..]) == scattered; to += _recordBytes)
            {
            }

            var records = sorted[from..to];
            var rest = RestOf(records);
            if (records.Length > _recordBytes || (rest & (TableLayout.SupersededFlag | TableLayout.SideFlag)) != 0)
            {
                Settle(scattered, records, entry, side);
                records = entry;
                rest = RestOf(entry);
            }

            fill.Add(scattered, rest, records[RecordStore.PrefixBytes.._recordBytes]);
        }

        return side;
    }

    // One entry for all records of a key: the only live one, the one that a replaced key points to, or a mark that the side records decide.
    private void Settle(ulong scattered, ReadOnlySpan<byte> records, Span<byte> entry, SideOutput output)
    {
        int live = 0, liveAt = 0;
        for (var at = 0; at < records.Length; at += _recordBytes)
        {
            if ((RestOf(records[at..]) & TableLayout.SupersededFlag) != 0) continue;
            live++;
            liveAt = at;
        }

        // Two keys of a wide schema may share a hash; then the side records tell them apart.
        var isShared = records.Length > _recordBytes;
        records.Slice(liveAt, _recordBytes).CopyTo(entry);
        var rest = RestOf(entry);
        if (live > 1 || isShared && _plan.Layout.IsWide) rest = TableLayout.ComplexFlag;
        else if (live == 0) rest = isShared ? TableLayout.ComplexFlag : Resolve(scattered, entry);
        // What the side records decide has no fields of its own; which record came first must not show in the file.
        if ((rest & TableLayout.ComplexFlag) != 0) entry[RecordStore.PrefixBytes..].Clear();
        var hasSide = isShared || live == 0 || (rest & TableLayout.SideFlag) != 0;
        if (hasSide)
        {
            rest |= TableLayout.SideFlag;
            WriteSide(scattered, records, output);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], rest);
    }

    // Follows a replaced key to the record that answers for it and copies that record's fields. A record that is changing is not followed:
    // the copy would lose its status, so the side records decide.
    private ulong Resolve(ulong scattered, Span<byte> entry)
    {
        if (IsChanging(RestOf(entry))) return TableLayout.ComplexFlag;
        for (var hop = 0; hop < MaxChain; hop++)
        {
            _side.Find(scattered, out var number);
            var remaining = _side.Record(number);
            var successor = StoredRecord.Read(ref remaining, _schema).Values[_superseded];
            if (_keys.Read(successor, out var key, out _) != Reasons.None) return TableLayout.ComplexFlag;
            var target = key;
            if (_plan.Keys is not null && !_plan.Keys.TryScatter(key, out target)) return TableLayout.ComplexFlag;
            if (!FindOnly(target, out var record)) return TableLayout.ComplexFlag;
            var rest = RestOf(record);
            if ((rest & TableLayout.SupersededFlag) == 0)
            {
                record.CopyTo(entry);
                return rest | TableLayout.SupersededFlag;
            }

            if (IsChanging(rest)) return TableLayout.ComplexFlag;
            scattered = target;
        }

        return TableLayout.ComplexFlag;
    }

    private static bool IsChanging(ulong rest) => (RecordStatus)(rest >> TableLayout.StatusShift) == RecordStatus.Changing;

    private void WriteSide(ulong scattered, ReadOnlySpan<byte> records, SideOutput output)
    {
        output.Keys.Add(scattered);
        output.Starts.Add(output.Text.WrittenCount);
        StoredRecord.WriteLength(output.Text, (uint)(records.Length / _recordBytes));
        if (!_plan.Layout.IsWide && records.Length == _recordBytes && _side.Find(scattered, out var number) == 1) output.Text.Write(_side.Record(number));
        else SideOf(scattered, records).ForEach(record => output.Text.Write(record));
    }

    // The records of one key as text, sorted.
    private List<byte[]> SideOf(ulong scattered, ReadOnlySpan<byte> records)
    {
        var side = new List<byte[]>();
        var first = 0;
        var known = _plan.Layout.IsWide ? 0 : _side.Find(scattered, out first);
        for (var i = 0; i < known; i++) side.Add(_side.Record(first + i).ToArray());
        var cold = new byte[_plan.ColdStride + 8];
        for (var at = 0; at < records.Length; at += _recordBytes)
        {
            var rest = RestOf(records[at..]);
            if (!_plan.Layout.IsWide && (rest & (TableLayout.SupersededFlag | TableLayout.SideFlag)) != 0) continue;
            // Cold records are read eight bytes at a time, so one needs room behind it.
            records.Slice(at + RecordStore.PrefixBytes, _plan.ColdStride).CopyTo(cold);
            var bytes = new List<byte>();
            // Wide keys are told apart by their text, which then stands before each record.
            if (_plan.Layout.IsWide) StoredRecord.WriteText(bytes, _plan.HeapTexts[(int)_plan.Layout.KeyText.FromCold(cold) - 1]);
            RecordDecoder.Decode(_schema, _plan.Codecs, index => _plan.HeapTexts[index], rest, cold).Write(bytes);
            side.Add([.. bytes]);
        }

        side.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        return side;
    }

    // The only record of a scattered key; false when there is none or more than one.
    private bool FindOnly(ulong scattered, out ReadOnlySpan<byte> record)
    {
        var partition = (int)(scattered >> (_plan.KeyBits - RecordStore.PartitionBits));
        int low = 0, high = _records.CountOf(partition);
        // Scattered keys lie evenly, so a key is where its share of the partition's range says, give or take a few.
        var shift = _plan.KeyBits - RecordStore.PartitionBits;
        var guess = (int)((UInt128)(scattered & (1UL << shift) - 1) * (uint)high >> shift);
        var spread = 2 * (int)Math.Sqrt(high) + 1;
        if (guess + spread < high && ScatteredOf(_records.Record(partition, guess + spread)) > scattered) high = guess + spread;
        if (guess - spread > 0 && ScatteredOf(_records.Record(partition, guess - spread)) < scattered) low = guess - spread;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ScatteredOf(_records.Record(partition, middle)) < scattered) low = middle + 1;
            else high = middle;
        }

        record = default;
        if (!Has(partition, low, scattered) || Has(partition, low + 1, scattered)) return false;
        record = _records.Record(partition, low);
        return true;
    }

    private bool Has(int partition, int index, ulong scattered) => index < _records.CountOf(partition) && ScatteredOf(_records.Record(partition, index)) == scattered;

    private static ulong ScatteredOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record);

    private static ulong RestOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record[8..]);

    /// <summary>What is known of a partition once it is sorted.</summary>
    private struct Sorted
    {
        /// <summary>Distinct keys.</summary>
        public int Keys;

        /// <summary>The slot behind its last entry, were there no partition before it.</summary>
        public long Reach;

        /// <summary>The slot behind the last entry of the partition before.</summary>
        public long From;

        /// <summary>Keys with side records.</summary>
        public int Sides;

        /// <summary>The slot behind its last entry. Those before push its entries on, or do not reach them.</summary>
        public readonly long End => Keys == 0 ? From : Math.Max(From + Keys, Reach);
    }
}
