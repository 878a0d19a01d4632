using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Delimited;

/// <summary>
/// Remembers the first data row of each key, at 16 bytes per row at most (and one megabyte in all). A bucket is one cache line of five keys (8 bytes) and
/// five rows (4 bytes); a full bucket overflows into the next. 64 segments by the top bits of the hash grow on their own and in
/// small steps, so that neither idle room nor the copy while growing is more than a few percent. Buckets are numbered by the high
/// half of hash times count, so that growing walks both tables from front to back. A long file begins in <see cref="SeenKeys"/>, which is
/// several times faster while keys hardly repeat, and moves here when they do.
/// </summary>
public sealed unsafe class DuplicateIndex : IDisposable
{
    private const int SegmentBits = 6, Segments = 1 << SegmentBits;
    private const int Entries = 5, Words = 8, LineBytes = 64;
    private const int RowsAt = Entries * 2;
    private const uint EntryMask = (1 << Entries) - 1;

    // 64 bytes / (5 x 0.84) = 15.2 bytes per row after growing or reserving. Over 0.92 overflows become long.
    private const double FillAfterGrowing = 0.84, MaxFill = 0.92;
    private const int LeastBuckets = 4, Ahead = 32;

    // Up to one megabyte in all, which counts as the constant part, segments double; then they grow by a tenth at a time.
    private const uint DoublingBuckets = 256;

    private readonly Segment[] _segments = new Segment[Segments];
    private readonly List<Repeat> _one = [];
    private SeenKeys? _seen;
    private ResidentMemory? _reserved;
    private long _reservedBytes;

    // The random half of a new identifier. Not from the file: nobody can write a file whose keys all meet in one bucket.
    private readonly ulong _seed = BitConverter.ToUInt64(Guid.CreateVersion7().ToByteArray().AsSpan(8));

    public DuplicateIndex()
    {
        for (var i = 0; i < Segments; i++) _segments[i] = new Segment(LeastBuckets);
    }

    // Reserved memory has its own finaliser, which may have run already.
    ~DuplicateIndex() => FreeSegments();

    /// <summary>Keys remembered.</summary>
    public long Count
    {
        get
        {
            if (_seen is not null) return _seen.Count;
            var count = 0L;
            foreach (ref readonly var segment in _segments.AsSpan()) count += segment.Count;
            return count;
        }
    }

    /// <summary>Bytes of all tables.</summary>
    public long AllocatedBytes => (_seen?.AllocatedBytes ?? 0) + _segments.Sum(s => (long)s.Buckets * LineBytes);

    /// <summary>The first row with this key: <paramref name="row"/> itself when it is new. Keys are never 0.</summary>
    public uint FirstRow(ulong key, uint row)
    {
        ArgumentOutOfRangeException.ThrowIfZero(key);
        ObjectDisposedException.ThrowIf(_segments[0].Lines is null, this);
        if (_seen is null) return Find(key, Hash(key), row);
        _one.Clear();
        FirstRows([key], row, _one);
        return _one is [var repeat] ? repeat.FirstRow : row;
    }

    /// <summary>Makes room at once for about this many rows. Before the first row only.</summary>
    internal void Reserve(long rows)
    {
        if (rows >= SeenKeys.LeastRows && _seen is null && Count == 0) _seen = new SeenKeys(rows);
        else if (_seen is null) ReserveSegments(rows);
    }

    // One piece of memory in large pages, divided among the segments.
    private void ReserveSegments(long rows)
    {
        var share = (double)rows / Segments;
        var buckets = (uint)Math.Ceiling((share + Math.Sqrt(share)) / Entries / FillAfterGrowing);
        if (buckets <= LeastBuckets || _reserved is not null) return;
        var bytes = (long)buckets * LineBytes;
        _reservedBytes = bytes * Segments;
        _reserved = DuplicateMemory.Rent(_reservedBytes);
        for (var i = 0; i < Segments; i++)
        {
            if (_segments[i].Buckets < buckets) Move(ref _segments[i], new Segment(buckets, (ulong*)(_reserved.Base + i * bytes)));
        }
    }

    /// <summary>Calls <see cref="FirstRow"/> for consecutive rows, key 0 left out, and lists those that repeat an earlier row.</summary>
    internal void FirstRows(ReadOnlySpan<ulong> keys, uint firstRow, List<Repeat> repeats)
    {
        ObjectDisposedException.ThrowIf(_segments[0].Lines is null, this);
        var from = _seen is null ? 0 : FindSeen(_seen, keys, firstRow, repeats);
        if (from < keys.Length) FindAll(keys[from..], from, firstRow + (uint)from, repeats);
    }

    // Returns how many keys were looked up before there was need to move.
    private int FindSeen(SeenKeys seen, ReadOnlySpan<ulong> keys, uint firstRow, List<Repeat> repeats)
    {
        Span<ulong> hashes = stackalloc ulong[SeenKeys.MostAtOnce], next = stackalloc ulong[SeenKeys.MostAtOnce];
        var first = keys[..Math.Min(SeenKeys.MostAtOnce, keys.Length)];
        for (var i = 0; i < first.Length; i++) AskSeen(seen, first[i], out next[i]);
        for (var from = 0; from < keys.Length; from += SeenKeys.MostAtOnce)
        {
            if (seen.IsExhausted(firstRow + (uint)from))
            {
                MoveSeen();
                return from;
            }

            var asked = next;
            next = hashes;
            hashes = asked;
            var group = keys.Slice(from, Math.Min(SeenKeys.MostAtOnce, keys.Length - from));
            var ahead = keys.Slice(from + group.Length, Math.Min(SeenKeys.MostAtOnce, keys.Length - from - group.Length));
            seen.Begin(firstRow + (uint)from);
            for (var i = 0; i < group.Length; i++)
            {
                // One by one, between the look-ups: a processor waits for some twenty lines of memory at a time, and who asks for more of them stands still.
                if (i < ahead.Length) AskSeen(seen, ahead[i], out next[i]);
                if (!seen.Take(group[i], asked[i], out var row)) repeats.Add(new Repeat(from + i, row));
            }
        }

        return keys.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AskSeen(SeenKeys seen, ulong key, out ulong hash)
    {
        hash = Hash(key);
        seen.Prefetch(hash);
    }

    private void MoveSeen()
    {
        var seen = _seen!;
        _seen = null;
        ReserveSegments(seen.Count + seen.Count / 4);
        seen.Visit((key, row) => Find(key, Hash(key), row));
        seen.Dispose();
    }

    private void FindAll(ReadOnlySpan<ulong> keys, int index, uint firstRow, List<Repeat> repeats)
    {
        // While one group of keys is looked up, memory brings the lines of the next; asked for all in one go, their address look-ups overlap.
        Span<ulong> hashes = stackalloc ulong[Ahead], next = stackalloc ulong[Ahead];
        Ask(keys[..Math.Min(Ahead, keys.Length)], next);
        for (var from = 0; from < keys.Length; from += Ahead)
        {
            var group = keys.Slice(from, Math.Min(Ahead, keys.Length - from));
            next.CopyTo(hashes);
            Ask(keys.Slice(from + group.Length, Math.Min(Ahead, keys.Length - from - group.Length)), next);
            for (var i = 0; i < group.Length; i++)
            {
                var key = group[i];
                if (key == 0) continue;
                var row = firstRow + (uint)(from + i);
                var first = Find(key, hashes[i], row);
                if (first != row) repeats.Add(new Repeat(index + from + i, first));
            }
        }
    }

    /// <summary>Writes out every key once, in no order; <paramref name="keys"/> has room for <see cref="Count"/>.</summary>
    internal void CopyKeys(Span<ulong> keys)
    {
        ObjectDisposedException.ThrowIf(_segments[0].Lines is null, this);
        if (_seen is not null)
        {
            _seen.CopyKeys(keys);
            return;
        }

        var at = 0;
        foreach (ref readonly var segment in _segments.AsSpan())
        {
            for (var line = segment.Lines; line < segment.Lines + (nuint)segment.Buckets * Words; line += Words)
            {
                for (var e = 0; e < Entries && line[e] != 0; e++) keys[at++] = line[e];
            }
        }
    }

    /// <summary>The memory in which every key stands once, with these behind them; null where there is no such memory. The index is not to be used any more.</summary>
    internal SeenNumbers? TakeNumbers(ReadOnlySpan<ulong> others)
    {
        ObjectDisposedException.ThrowIf(_segments[0].Lines is null, this);
        if (_seen?.TakeNumbers(others) is not { } numbers) return null;
        _seen = null;
        Dispose();
        return numbers;
    }

    private void Ask(ReadOnlySpan<ulong> keys, Span<ulong> hashes)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            hashes[i] = Hash(keys[i]);
            Prefetch(hashes[i]);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Hash(ulong key)
    {
        var high = Math.BigMul(key ^ _seed, 0x9E3779B97F4A7C15, out var low);
        // The second product lets all bits reach the top ones; without it evenly spaced keys meet in few buckets.
        return (high ^ low) * 0xD6E8FEB86659FD93;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(ulong hash)
    {
        if (!Sse.IsSupported) return;
        ref var segment = ref _segments[hash >> 64 - SegmentBits];
        Sse.Prefetch0(segment.Lines + Math.BigMul(hash << SegmentBits, segment.Buckets, out _) * Words);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Find(ulong key, ulong hash, uint row)
    {
        ref var segment = ref _segments[hash >> 64 - SegmentBits];
        var first = segment.FindOrAdd(key, hash, row);
        if (first != row) return first;
        if (++segment.Count > segment.Limit) Enlarge(ref segment);
        return row;
    }

    private void Enlarge(ref Segment segment) =>
        Resize(ref segment, segment.Buckets < DoublingBuckets ? segment.Buckets * 2 : (uint)Math.Ceiling(segment.Count / FillAfterGrowing / Entries));

    private void Resize(ref Segment segment, uint buckets) => Move(ref segment, new Segment(buckets));

    private void Move(ref Segment segment, Segment grown)
    {
        grown.Count = segment.Count;
        for (var line = segment.Lines; line < segment.Lines + (nuint)segment.Buckets * Words; line += Words)
        {
            for (var e = 0; e < Entries && line[e] != 0; e++) grown.FindOrAdd(line[e], Hash(line[e]), ((uint*)line)[RowsAt + e]);
        }

        segment.Free();
        segment = grown;
    }

    private void Free()
    {
        FreeSegments();
        _seen?.Dispose();
        _seen = null;
        if (_reserved is not null) DuplicateMemory.Return(_reserved, _reservedBytes);
        _reserved = null;
    }

    private void FreeSegments()
    {
        foreach (ref var segment in _segments.AsSpan()) segment.Free();
    }

    /// <summary>Memory outside the collected heap: tables outgrown are gone at once, and zeroed pages come from the system untouched.</summary>
    private struct Segment
    {
        private void* _memory;

        /// <summary>A segment in zeroed memory that somebody else gives back.</summary>
        public Segment(uint buckets, ulong* lines)
        {
            Lines = lines;
            Buckets = buckets;
            Limit = (uint)(buckets * (Entries * MaxFill));
        }

        public Segment(uint buckets)
        {
            _memory = NativeMemory.AllocZeroed((nuint)buckets + 1, LineBytes);
            Lines = (ulong*)(((nuint)_memory + LineBytes - 1) & ~(nuint)(LineBytes - 1));
            Buckets = buckets;
            Limit = (uint)(buckets * (Entries * MaxFill));
        }

        public ulong* Lines { get; private set; }

        public uint Buckets { get; }

        public uint Limit { get; }

        public uint Count { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly uint FindOrAdd(ulong key, ulong hash, uint row)
        {
            var bucket = (uint)Math.BigMul(hash << SegmentBits, Buckets, out _);
            while (true)
            {
                var line = Lines + (nuint)bucket * Words;
                var (same, empty) = Compare(line, key);
                if (same != 0) return ((uint*)line)[RowsAt + BitOperations.TrailingZeroCount(same)];
                if (empty != 0)
                {
                    var entry = BitOperations.TrailingZeroCount(empty);
                    line[entry] = key;
                    ((uint*)line)[RowsAt + entry] = row;
                    return row;
                }

                if (++bucket == Buckets) bucket = 0;
            }
        }

        public void Free()
        {
            NativeMemory.Free(_memory);
            _memory = null;
            Lines = null;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (uint Same, uint Empty) Compare(ulong* line, ulong key)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                var keys = Vector512.LoadAligned(line);
                var same = Vector512.Equals(keys, Vector512.Create(key)).ExtractMostSignificantBits();
                var empty = Vector512.Equals(keys, Vector512<ulong>.Zero).ExtractMostSignificantBits();
                return ((uint)same & EntryMask, (uint)empty & EntryMask);
            }

            for (var e = 0; e < Entries; e++)
            {
                if (line[e] == key) return (1u << e, 0);
                if (line[e] == 0) return (0, 1u << e);
            }

            return (0, 0);
        }
    }

    /// <param name="Index">Which of the rows asked about.</param>
    /// <param name="FirstRow">The earlier row with its key.</param>
    internal readonly record struct Repeat(int Index, uint FirstRow);
}
