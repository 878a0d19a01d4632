using System.Numerics;
using System.Runtime.CompilerServices;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>
/// Many pseudonyms, divided by their top bits as they come, into partitions that are small enough to be put in order within the processor's cache. Several
/// threads may add, each to a part of its own; when all have, several may read.
/// </summary>
internal sealed class PseudonymPartitions : IDisposable
{
    private const int InPartitionBits = 12, PieceBits = 8, PieceLength = 1 << PieceBits;

    private readonly int _bits;
    private readonly Part[] _parts;

    /// <param name="counts">How many will be added at most, by part.</param>
    public PseudonymPartitions(params ReadOnlySpan<int> counts)
    {
        var all = 0L;
        foreach (var count in counts) all += count;
        _bits = Math.Max(0, BitOperations.Log2((ulong)all | 1) - InPartitionBits);
        _parts = new Part[counts.Length];
        for (var i = 0; i < _parts.Length; i++) _parts[i] = new Part(counts[i], _bits);
    }

    /// <summary>How many partitions there are, each below the next.</summary>
    public int Count => 1 << _bits;

    public void Add(int part, ReadOnlySpan<Pseudonym> pseudonyms) => _parts[part].Add(pseudonyms, _bits);

    /// <summary>What is in one partition: in order, each once; until the order is asked again.</summary>
    public ReadOnlySpan<Pseudonym> Sorted(int partition, PseudonymOrder order, ref Pseudonym[] gathered)
    {
        var count = 0;
        foreach (var part in _parts) count = part.Gather(partition, count, ref gathered);
        return order.Sorted(gathered.AsSpan(0, count), _bits);
    }

    /// <summary>Gives the memory back; also when nothing refers to it any more.</summary>
    public void Dispose()
    {
        foreach (var part in _parts) part.Dispose();
    }

    // Room in pieces, of which each partition takes one after the other. Outside the collected heap: an array of such a size sets the collector going.
    private sealed class Part : IDisposable
    {
        private readonly ResidentMemory _room;

        // Of each partition, where its next one goes: at the end of a piece, or at 0, it has none to go to. Of each piece, which one its partition had before.
        private readonly int[] _next, _before;
        private int _taken;

        public Part(int count, int bits)
        {
            // In each partition the last piece may be nearly empty.
            var pieces = (count >> PieceBits) + (1 << bits) + 1;
            _room = new ResidentMemory(((long)pieces << PieceBits) * Unsafe.SizeOf<Pseudonym>(), isCounted: false);
            (_next, _before) = (new int[1 << bits], new int[pieces]);
        }

        public void Add(ReadOnlySpan<Pseudonym> pseudonyms, int bits)
        {
            var room = _room.Span<Pseudonym>();
            var next = _next;
            foreach (ref readonly var one in pseudonyms)
            {
                // Twice, because a shift by all 64 bits is none.
                var partition = one.High >> 1 >> 63 - bits;
                var at = next[partition];
                if ((at & PieceLength - 1) == 0) at = Take(at);
                room[at] = one;
                next[partition] = at + 1;
            }
        }

        /// <summary>Writes what is in a partition behind what was gathered already, and returns where it ends.</summary>
        public int Gather(int partition, int count, ref Pseudonym[] gathered)
        {
            var next = _next[partition];
            if (next == 0) return count;
            var room = _room.Span<Pseudonym>();
            var piece = next - 1 >> PieceBits;
            for (var end = next; piece >= 0; piece = _before[piece], end = piece + 1 << PieceBits)
            {
                var some = room[(piece << PieceBits)..end];
                if (gathered.Length < count + some.Length) Array.Resize(ref gathered, Math.Max(count + some.Length, gathered.Length * 2));
                some.CopyTo(gathered.AsSpan(count));
                count += some.Length;
            }

            return count;
        }

        public void Dispose() => _room.Dispose();

        private int Take(int end)
        {
            _before[_taken] = (end >> PieceBits) - 1;
            return _taken++ << PieceBits;
        }
    }
}
