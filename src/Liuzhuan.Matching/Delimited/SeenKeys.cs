using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Delimited;

/// <summary>
/// Keys and the rows they were first seen in, for files in which hardly any key repeats: a filter of three bits for each key tells what is surely new
/// (B. H. Bloom, CACM 13 (1970) 422, all three in one word), and what is new is only put down, by the top bits of its hash, in one of
/// some thousand lists. Only what the filter may have seen is looked for in its list. Takes a fixed number of rows; then <see cref="DuplicateIndex"/> takes over.
/// </summary>
internal sealed unsafe class SeenKeys : IDisposable
{
    /// <summary>For fewer rows an index that fits the processor's cache is as good.</summary>
    public const long LeastRows = 64 << 10;

    // A chunk is nine cache lines: keys, then rows. 12 bytes for each row, three in the filter, and a fortieth for rows more than foretold and chunks begun: below 16.
    private const int ChunkKeys = 48, ChunkBytes = ChunkKeys * 12, RowsAt = ChunkKeys * 2;
    private const int RowsToList = 2048, MostListBits = 12, BytesForRow = 3;

    // Long lists are slow to search, so that a file of many repeats is better served by an index.
    private const int MostAtOnce = 32, FreeSearches = 256, RowsToSearch = 32;

    private readonly ResidentMemory _memory;
    private readonly long _bytes;
    private readonly ulong* _filter;
    private readonly ulong _words;
    private readonly byte* _chunks;
    private readonly int _listShift;
    private readonly uint _mostChunks;
    private readonly List[] _lists;
    private readonly uint[] _before;
    private uint _begun;
    private long _searches;

    public SeenKeys(long rows)
    {
        var room = rows + rows / 40;
        var listBits = Math.Clamp((int)long.Log2(rows / RowsToList), 1, MostListBits);
        (_listShift, _lists) = (64 - listBits, new List[1 << listBits]);
        _words = (ulong)(rows * BytesForRow / sizeof(ulong) + 1);
        _mostChunks = (uint)(room / ChunkKeys + _lists.Length + MostAtOnce);
        _before = new uint[_mostChunks];
        var filterBytes = ((long)_words * sizeof(ulong) + 63) & ~63L;
        _bytes = filterBytes + (long)_mostChunks * ChunkBytes;
        _memory = DuplicateMemory.Rent(_bytes);
        _filter = (ulong*)_memory.Base;
        _chunks = _memory.Base + filterBytes;
        for (var i = 0; i < _lists.Length; i++) _lists[i] = new List { Chunk = Begin(0) };
    }

    /// <summary>Keys remembered.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of filter and lists.</summary>
    public long AllocatedBytes => _bytes;

    /// <summary>True when no further 32 rows may be asked about: there is no room for them, or too much was searched for.</summary>
    public bool IsExhausted => _begun + MostAtOnce >= _mostChunks || _searches > FreeSearches + Count / RowsToSearch;

    /// <summary>Asks memory for what is needed to know whether a key is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_filter + Math.BigMul(hash, _words, out _));
    }

    /// <summary>The first row with this key: <paramref name="row"/> itself when it is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint FirstRow(ulong key, ulong hash, uint row)
    {
        ref var word = ref _filter[Math.BigMul(hash, _words, out var low)];
        var bits = 1UL << (int)(low >> 58) | 1UL << (int)(low >> 52) | 1UL << (int)(low >> 46);
        if ((word & bits) == bits && Search(key, hash, out var first)) return first;
        word |= bits;
        ref var list = ref _lists[hash >> _listShift];
        if (list.Count == ChunkKeys) (list.Chunk, list.Count) = (Begin(list.Chunk), 0);
        var chunk = Chunk(list.Chunk);
        chunk[list.Count] = key;
        ((uint*)chunk)[RowsAt + list.Count] = row;
        list.Count++;
        Count++;
        return row;
    }

    /// <summary>Every key with its row, list by list.</summary>
    public void Visit(Action<ulong, uint> visit)
    {
        foreach (var list in _lists)
        {
            for (var (at, count) = (list.Chunk, list.Count); at != 0; (at, count) = (_before[at], ChunkKeys))
            {
                var chunk = Chunk(at);
                for (var i = 0; i < count; i++) visit(chunk[i], ((uint*)chunk)[RowsAt + i]);
            }
        }
    }

    /// <summary>Writes out every key once, in no order.</summary>
    public void CopyKeys(Span<ulong> keys)
    {
        foreach (var list in _lists)
        {
            for (var (at, count) = (list.Chunk, list.Count); at != 0; (at, count) = (_before[at], ChunkKeys))
            {
                new ReadOnlySpan<ulong>(Chunk(at), count).CopyTo(keys);
                keys = keys[count..];
            }
        }
    }

    /// <summary>Gives the memory back; not to be used any more.</summary>
    public void Dispose() => DuplicateMemory.Return(_memory, _bytes);

    // Chunk 0 stands for none.
    private uint Begin(uint before)
    {
        _before[++_begun] = before;
        return _begun;
    }

    private ulong* Chunk(uint number) => (ulong*)(_chunks + (nuint)(number - 1) * ChunkBytes);

    // What lies behind the keys of the newest chunk may be anything: the count decides.
    private bool Search(ulong key, ulong hash, out uint row)
    {
        _searches++;
        ref var list = ref _lists[hash >> _listShift];
        var wanted = Vector512.Create(key);
        for (var (at, count) = (list.Chunk, list.Count); at != 0; (at, count) = (_before[at], ChunkKeys))
        {
            var chunk = Chunk(at);
            for (var i = 0; i < count; i += Vector512<ulong>.Count)
            {
                var same = Vector512.Equals(Vector512.Load(chunk + i), wanted).ExtractMostSignificantBits();
                if (same == 0) continue;
                var found = i + BitOperations.TrailingZeroCount(same);
                if (found >= count) break;
                row = ((uint*)chunk)[RowsAt + found];
                return true;
            }
        }

        row = 0;
        return false;
    }

    private struct List
    {
        public uint Chunk;
        public int Count;
    }
}
