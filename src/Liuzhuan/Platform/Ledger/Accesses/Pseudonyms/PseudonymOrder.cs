using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>Puts pseudonyms in order. They are spread evenly, so that one pass over their top bits nearly sorts them.</summary>
internal static class PseudonymOrder
{
    private const int PerBucketBits = 4, MostBucketBits = 16;

    /// <summary>In order, each once.</summary>
    public static Pseudonym[] SortedDistinct(ReadOnlySpan<Pseudonym> pseudonyms)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)pseudonyms.Length | 1) - PerBucketBits, 1, MostBucketBits);
        var ends = new int[1 << bits];
        foreach (ref readonly var one in pseudonyms) ends[one.High >> 64 - bits]++;
        for (int i = 0, at = 0; i < ends.Length; i++) (ends[i], at) = (at, at + ends[i]);
        var sorted = new Pseudonym[pseudonyms.Length];
        foreach (ref readonly var one in pseudonyms) sorted[ends[one.High >> 64 - bits]++] = one;
        for (int i = 0, from = 0; i < ends.Length; from = ends[i++]) sorted.AsSpan(from, ends[i] - from).Sort();
        var count = 0;
        foreach (var one in sorted)
        {
            if (count == 0 || one != sorted[count - 1]) sorted[count++] = one;
        }

        return count == sorted.Length ? sorted : sorted[..count];
    }
}
