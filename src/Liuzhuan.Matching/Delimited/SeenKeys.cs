using System.Numerics;
using System.Runtime.CompilerServices;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Delimited;

/// <summary>
/// Keys and the rows they were first seen in, for files in which hardly any key repeats: a filter of eight bits for each key tells what is surely new
/// (<see cref="KeyFilter"/>), and what is new is only put down behind the last one, so that two processors who take turns
/// share no more than the filter's lines. What the filter may have seen is looked for: the rows are in groups of 64 stretches, and a table for each group has
/// in each word one bit for each stretch (bit-sliced signatures: C. S. Roberts, Proc. IEEE 67 (1979) 1624), so that three words tell in which
/// stretches a key may be. Takes a fixed number of rows that follow each other; then <see cref="DuplicateIndex"/> takes over.
/// </summary>
internal sealed unsafe class SeenKeys : IDisposable
{
    /// <summary>For fewer rows an index that fits the processor's cache is as good.</summary>
    public const long LeastRows = 64 << 10;

    /// <summary>Rows that may be taken at once.</summary>
    public const int MostAtOnce = 128;

    // 8 bytes for each row, two and a half in the filter, two in the tables, and a fortieth for rows more than foretold: below 16.
    private const int Stretches = 64;

    // A table has sixteen bits for each key. A group of the least size is about a block of the file: its table stays in the cache of who fills it.
    private const int LeastGroupBits = 13, WordsShift = 2, MostGroups = 512;

    // What searching may cost: the words of one table, or sixteen keys that are compared, count as one; for each key there may be four. Beyond that, as in a file
    // of many repeats or a very long one, an index is better.
    private const int KeysAsOne = 16, CostForKey = 4, FreeCost = 1 << 16;

    private readonly ResidentMemory _memory;
    private readonly long _bytes, _room;
    private readonly KeyFilter _filter;
    private readonly ulong* _keys, _tables;
    private readonly int _groupBits, _stretchBits;
    private readonly uint _placeMask;
    private long _rows, _cost;
    private uint _firstRow;

    /// <param name="rows">About how many will come.</param>
    /// <param name="mostGroups">More rows make longer groups, not more of them.</param>
    public SeenKeys(long rows, int mostGroups = MostGroups)
    {
        _room = rows + rows / 40 + MostAtOnce;
        _groupBits = LeastGroupBits;
        while (_room >> _groupBits >= mostGroups) _groupBits++;
        _stretchBits = _groupBits - BitOperations.Log2(Stretches);
        _placeMask = (1u << _groupBits - WordsShift) - 1;
        var filterBytes = KeyFilter.BytesFor(rows);
        var keyBytes = (_room * sizeof(ulong) + 63) & ~63L;
        _bytes = filterBytes + keyBytes + ((_room >> _groupBits) + 1 << _groupBits - WordsShift) * sizeof(ulong);
        _memory = DuplicateMemory.Rent(_bytes);
        _filter = new KeyFilter(_memory.Base, filterBytes);
        _keys = (ulong*)(_memory.Base + filterBytes);
        _tables = (ulong*)(_memory.Base + filterBytes + keyBytes);
    }

    /// <summary>Keys remembered.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of filter, keys and tables.</summary>
    public long AllocatedBytes => _bytes;

    /// <summary>True when <see cref="MostAtOnce"/> rows from this one on may not be taken: there is no room for them, they do not follow the last one, or searching cost too much.</summary>
    public bool IsExhausted(uint row) => _rows + MostAtOnce > _room || _rows > 0 && row != _firstRow + _rows || _cost > FreeCost + Count * CostForKey;

    /// <summary>Asks memory for what is needed to know whether a key is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash) => _filter.Prefetch(hash);

    /// <summary>Says that this is the next row; the first of all may be any.</summary>
    public void Begin(uint row)
    {
        if (_rows == 0) _firstRow = row;
    }

    /// <summary>Takes the next row. False, with the earlier row, when its key was there before. Key 0 stands for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ulong key, ulong hash, out uint first)
    {
        first = 0;
        var at = _rows++;
        if (key == 0) return true;
        if (!_filter.Add(hash) && Search(key, hash, at, out first)) return false;
        _keys[at] = key;
        var table = _tables + (at >> _groupBits << _groupBits - WordsShift);
        var stretch = 1UL << (int)(at >> _stretchBits);
        table[(uint)hash & _placeMask] |= stretch;
        table[(uint)(hash >> 20) & _placeMask] |= stretch;
        table[(uint)(hash >> 40) & _placeMask] |= stretch;
        Count++;
        return true;
    }

    /// <summary>Every key with its row, in order.</summary>
    public void Visit(Action<ulong, uint> visit)
    {
        for (long at = 0; at < _rows; at++)
        {
            if (_keys[at] != 0) visit(_keys[at], (uint)(_firstRow + at));
        }
    }

    /// <summary>Writes out every key once, in order.</summary>
    public void CopyKeys(Span<ulong> keys)
    {
        var next = 0;
        for (long at = 0; at < _rows; at++)
        {
            if (_keys[at] != 0) keys[next++] = _keys[at];
        }
    }

    /// <summary>
    /// The memory in which every key stands once, in order, and these behind them; null where they find no room. It then belongs to the caller, and this is
    /// not to be used any more: a copy of a million numbers costs as much as deciding a fortieth of their rows.
    /// </summary>
    public SeenNumbers? TakeNumbers(ReadOnlySpan<ulong> others)
    {
        if (Count + others.Length > _room) return null;
        var keys = new Span<ulong>(_keys, checked((int)_room));
        CopyKeys(keys);
        others.CopyTo(keys[(int)Count..]);
        return new SeenNumbers(_memory, _bytes, _keys, (int)Count + others.Length);
    }

    /// <summary>Gives the memory back; not to be used any more.</summary>
    public void Dispose() => DuplicateMemory.Return(_memory, _bytes);

    // Among the rows before this one. Rows without a key, or with a repeated one, have put down 0, which no key is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Search(ulong key, ulong hash, long before, out uint row)
    {
        for (long group = 0; group <= before >> _groupBits; group++)
        {
            var table = _tables + (group << _groupBits - WordsShift);
            var stretches = table[(uint)hash & _placeMask] & table[(uint)(hash >> 20) & _placeMask] & table[(uint)(hash >> 40) & _placeMask];
            _cost++;
            for (; stretches != 0; stretches &= stretches - 1)
            {
                var from = (group << _groupBits) + ((long)BitOperations.TrailingZeroCount(stretches) << _stretchBits);
                var found = new ReadOnlySpan<ulong>(_keys + from, (int)Math.Min(1L << _stretchBits, before - from)).IndexOf(key);
                _cost += (1L << _stretchBits) / KeysAsOne;
                if (found < 0) continue;
                row = (uint)(_firstRow + from + found);
                return true;
            }
        }

        row = 0;
        return false;
    }
}
