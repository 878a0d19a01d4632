using System.Numerics;
using System.Runtime.CompilerServices;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Second pass: encodes each row of a draft into a record of fixed size, sorted roughly into partitions. One per thread.</summary>
internal sealed class EncodeRows(BuildPlan plan, RecordStore.Writer records)
{
    private readonly int _partitionShift = plan.KeyBits - RecordStore.PartitionBits;

    // Words of a cold record; a field may reach into one more.
    private readonly int _coldWords = (plan.ColdStride + 7) / 8;
    private readonly ulong[][] _cold = [.. Enumerable.Range(0, plan.ColdStride / 8 + 2).Select(_ => Array.Empty<ulong>())];
    private ulong[] _scattered = [], _rests = [], _values = [];

    /// <summary>Encodes all blocks of a slab.</summary>
    public void Take(Draft.Slab slab, DraftTranslation translation)
    {
        var blocks = new DraftBlocks(slab);
        while (blocks.Next(out var rows)) Take(rows, ref blocks, translation);
    }

    private void Take(int rows, ref DraftBlocks blocks, DraftTranslation translation)
    {
        Room(rows);
        var scattered = _scattered.AsSpan(0, rows);
        var rests = _rests.AsSpan(0, rows);
        var values = _values.AsSpan(0, rows);
        foreach (var words in _cold) words.AsSpan(0, rows).Clear();
        blocks.Column(scattered);
        if (plan.Keys is { } keys) Scatter(keys, scattered);
        blocks.Column(values);
        rests.Clear();
        Put(rests, values, ScanRows.FlagShift);
        foreach (var (field, layout) in translation.Columns)
        {
            blocks.Column(values);
            field.Translate(values);
            if (layout.IsHot) Put(rests, values, layout.Shift);
            else PutCold(values, layout.ColdBit);
        }

        Finish(scattered, rests);
    }

    private static void Scatter(KeySpace keys, Span<ulong> values)
    {
        foreach (ref var key in values)
        {
            if (!keys.TryScatter(key, out key)) throw new InvalidOperationException("A key of the second pass was not seen in the first.");
        }
    }

    private void PutCold(ReadOnlySpan<ulong> values, int bit)
    {
        Put(_cold[bit >> 6], values, bit & 63);
        if ((bit & 63) != 0) PutHigh(_cold[(bit >> 6) + 1], values, -bit & 63);
    }

    private static void Put(Span<ulong> words, ReadOnlySpan<ulong> values, int shift)
    {
        var row = 0;
        for (; row <= values.Length - Vector<ulong>.Count; row += Vector<ulong>.Count)
            (new Vector<ulong>(words[row..]) | Vector.ShiftLeft(new Vector<ulong>(values[row..]), shift)).CopyTo(words[row..]);
        for (; row < values.Length; row++) words[row] |= values[row] << shift;
    }

    private static void PutHigh(Span<ulong> words, ReadOnlySpan<ulong> values, int shift)
    {
        for (var row = 0; row < values.Length; row++) words[row] |= values[row] >> shift;
    }

    private void Finish(ReadOnlySpan<ulong> scattered, ReadOnlySpan<ulong> rests)
    {
        for (var row = 0; row < scattered.Length; row++)
        {
            ref var record = ref records.Next((int)(scattered[row] >> _partitionShift));
            Unsafe.WriteUnaligned(ref record, scattered[row]);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref record, sizeof(ulong)), rests[row]);
            for (var word = 0; word < _coldWords; word++)
            {
                record = ref Unsafe.Add(ref record, sizeof(ulong));
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref record, sizeof(ulong)), _cold[word][row]);
            }
        }
    }

    private void Room(int rows)
    {
        if (_values.Length >= rows) return;
        (_values, _scattered, _rests) = (new ulong[rows * 2], new ulong[rows * 2], new ulong[rows * 2]);
        for (var word = 0; word < _cold.Length; word++) _cold[word] = new ulong[rows * 2];
    }
}

/// <summary>What turns the draft of one thread into stored values: for each of its columns behind key and flags the translation and the place in the record.</summary>
internal sealed class DraftTranslation
{
    public DraftTranslation(BuildPlan plan, ScanRows rows)
    {
        if (rows.KeyTexts is { } texts) Columns.Add((new FieldTranslation(new FieldCodec(plan.Layout.KeyText, FieldComparers.Get("none"), [], plan.Names), texts, plan.Heap), plan.Layout.KeyText));
        foreach (var field in rows.Learned) Columns.Add((new FieldTranslation(plan.Codecs[field.Index], field.Values, plan.Heap), plan.Layout.Fields[field.Index]));
    }

    public List<(FieldTranslation Field, FieldLayout Layout)> Columns { get; } = [];
}
