using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>Puts pseudonyms in order. They are spread evenly, so that one pass over their top bits nearly sorts them.</summary>
internal static class PseudonymOrder
{
    private const int PerBucketBits = 2, MostBucketBits = 18;

    /// <summary>In order, each once.</summary>
    public static Pseudonym[] SortedDistinct(ReadOnlySpan<Pseudonym> pseudonyms)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)pseudonyms.Length | 1) - PerBucketBits, 1, MostBucketBits);
        var ends = new int[1 << bits];
        foreach (ref readonly var one in pseudonyms) ends[one.High >> 64 - bits]++;
        for (int i = 0, at = 0; i < ends.Length; i++) (ends[i], at) = (at, at + ends[i]);
        var sorted = new Pseudonym[pseudonyms.Length];
        foreach (ref readonly var one in pseudonyms) sorted[ends[one.High >> 64 - bits]++] = one;
        for (int i = 0, from = 0; i < ends.Length; from = ends[i++]) Insert(sorted.AsSpan(from, ends[i] - from));
        var count = 0;
        foreach (var one in sorted)
        {
            if (count == 0 || one != sorted[count - 1]) sorted[count++] = one;
        }

        return count == sorted.Length ? sorted : sorted[..count];
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
