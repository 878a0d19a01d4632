using System.Runtime.CompilerServices;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Result cells ready to copy, and how many rows got them, by answer. A file has few different answers; should it have many, the table starts afresh. One per thread.</summary>
internal sealed class SuffixTable(BatchContext context)
{
    // Small enough that a batch need not have fresh memory mapped for it.
    private const int SlotBits = 10, Slots = 1 << SlotBits, MaxEntries = Slots / 2;
    private readonly ResultCells _cells = new(context.Form, context.Delimiter, context.Job.Layout);
    private readonly Entry[] _entries = new Entry[Slots];
    private int _count;

    /// <summary>Counts of all rows rendered so far, once <see cref="Settle"/> was called.</summary>
    public BatchSummary Summary { get; } = new();

    /// <summary>The suffix of an answer; counts one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Suffix Count(AnswerCore answer)
    {
        ref var entry = ref _entries[Slot(answer.Bits)];
        if (entry.Suffix.Bytes is null || entry.Bits != answer.Bits) entry = ref Find(answer);
        entry.Rows++;
        return entry.Suffix;
    }

    /// <summary>The suffix of a row that repeats an earlier one.</summary>
    public Suffix Describe(AnswerCore answer, DuplicateOf first) => Suffix.Of(_cells.Encode(context.Job.Phrases.Describe(answer, first)));

    public Suffix Headings() => Suffix.Of(_cells.Encode(context.Job.Phrases.Headings));

    /// <summary>Moves the counts into <see cref="Summary"/>.</summary>
    public void Settle()
    {
        foreach (var entry in _entries.AsSpan())
        {
            if (entry.Rows > 0) Summary.Add(new AnswerCore(entry.Bits), entry.Rows);
        }

        Array.Clear(_entries);
        _count = 0;
    }

    private static int Slot(ulong bits) => (int)(bits * 0x9E3779B97F4A7C15 >> 64 - SlotBits);

    private ref Entry Find(AnswerCore answer)
    {
        var slot = Slot(answer.Bits);
        while (_entries[slot].Suffix.Bytes is not null)
        {
            if (_entries[slot].Bits == answer.Bits) return ref _entries[slot];
            slot = (slot + 1) % Slots;
        }

        if (_count == MaxEntries)
        {
            Settle();
            slot = Slot(answer.Bits);
        }

        _count++;
        _entries[slot] = new Entry { Bits = answer.Bits, Suffix = Suffix.Of(_cells.Encode(context.Job.Phrases.Describe(answer, null))) };
        return ref _entries[slot];
    }

    private struct Entry
    {
        public ulong Bits;
        public Suffix Suffix;
        public long Rows;
    }
}

/// <summary>Result cells of a row, with room behind them for a copy in whole pieces.</summary>
internal readonly record struct Suffix(byte[] Bytes, int Length)
{
    public static Suffix Of(byte[] cells) => new([.. cells, .. new byte[BlockRenderer.Piece]], cells.Length);
}
