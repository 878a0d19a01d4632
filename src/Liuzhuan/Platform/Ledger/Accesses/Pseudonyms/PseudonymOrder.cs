using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>Puts pseudonyms in order. They are spread evenly, so that one pass over their top bits nearly sorts them.</summary>
internal static class PseudonymOrder
{
    private const int PerBucketBits = 2, MostBucketBits = 18;

    /// <summary>In order, each once.</summary>
    public static Pseudonym[] SortedDistinct(ReadOnlySpan<Pseudonym> pseudonyms) => SortedRanges(pseudonyms.ToArray(), 1)[0].ToArray();

    /// <summary>In order, each once, as ranges that follow one another and are worked on side by side.</summary>
    public static ReadOnlyMemory<Pseudonym>[] SortedRanges(Pseudonym[] pseudonyms, int ranges)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)pseudonyms.Length | 1) - PerBucketBits, 1, MostBucketBits);
        // Of each part, how many go into each bucket; then where the next one goes; at last where its last one went.
        var places = new int[ranges][];
        SideBySide.Run(ranges, part => places[part] = Count(Part(part), bits));
        for (int bucket = 0, at = 0; bucket < 1 << bits; bucket++)
        {
            foreach (var part in places) (part[bucket], at) = (at, at + part[bucket]);
        }

        var sorted = GC.AllocateUninitializedArray<Pseudonym>(pseudonyms.Length);
        SideBySide.Run(ranges, part => Scatter(Part(part), places[part], sorted, bits));
        var done = new ReadOnlyMemory<Pseudonym>[ranges];
        SideBySide.Run(ranges, range => done[range] = Settle(sorted, places[^1], SideBySide.Start(1 << bits, range, ranges), SideBySide.Start(1 << bits, range + 1, ranges)));
        return done;

        ReadOnlySpan<Pseudonym> Part(int part) => pseudonyms.AsSpan(SideBySide.Start(pseudonyms.Length, part, ranges)..SideBySide.Start(pseudonyms.Length, part + 1, ranges));
    }

    private static int[] Count(ReadOnlySpan<Pseudonym> part, int bits)
    {
        var counts = new int[1 << bits];
        foreach (ref readonly var one in part) counts[one.High >> 64 - bits]++;
        return counts;
    }

    private static void Scatter(ReadOnlySpan<Pseudonym> part, int[] places, Pseudonym[] sorted, int bits)
    {
        foreach (ref readonly var one in part) sorted[places[one.High >> 64 - bits]++] = one;
    }

    // Sorts within some buckets and moves together what is left of them. The last part's places say where buckets end.
    private static ReadOnlyMemory<Pseudonym> Settle(Pseudonym[] sorted, int[] ends, int bucket, int endBucket)
    {
        var start = bucket == 0 ? 0 : ends[bucket - 1];
        var count = start;
        for (var from = start; bucket < endBucket; from = ends[bucket++])
        {
            Insert(sorted.AsSpan(from, ends[bucket] - from));
            for (var i = from; i < ends[bucket]; i++)
            {
                if (count == start || sorted[i] != sorted[count - 1]) sorted[count++] = sorted[i];
            }
        }

        return sorted.AsMemory(start, count - start);
    }

    // A handful each: less work than to begin any cleverer way. Were they uneven all the same, it is left to one that stays quick.
    private static void Insert(Span<Pseudonym> few)
    {
        if (few.Length > 64)
        {
            few.Sort();
            return;
        }

        for (var i = 1; i < few.Length; i++)
        {
            var one = few[i];
            var to = i;
            for (; to > 0 && one.CompareTo(few[to - 1]) < 0; to--) few[to] = few[to - 1];
            few[to] = one;
        }
    }
}
