using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

/// <summary>Puts pseudonyms in order. They are spread evenly, so that one pass over some of their bits nearly sorts them. Not for several threads.</summary>
internal sealed class PseudonymOrder
{
    // About one in each bucket, as long as the counts of all stay in the processor's nearest cache.
    private const int MostBucketBits = 13, MostInBucket = 64;

    private int[] _places = [];
    private Pseudonym[] _sorted = [];

    /// <summary>In order, each once.</summary>
    public static Pseudonym[] SortedDistinct(ReadOnlySpan<Pseudonym> pseudonyms) => new PseudonymOrder().Sorted(pseudonyms, 0).ToArray();

    /// <summary>In order, each once; until the next call.</summary>
    /// <param name="knownBits">So many top bits are the same in all of them.</param>
    public ReadOnlySpan<Pseudonym> Sorted(ReadOnlySpan<Pseudonym> pseudonyms, int knownBits)
    {
        if (_sorted.Length < pseudonyms.Length) _sorted = new Pseudonym[pseudonyms.Length + pseudonyms.Length / 8];
        var sorted = _sorted.AsSpan(0, pseudonyms.Length);
        if (Scatter(pseudonyms, sorted, knownBits) > MostInBucket) sorted.Sort();
        else Insert(sorted);
        return sorted[..Distinct(sorted)];
    }

    // Returns how many the fullest bucket holds.
    private int Scatter(ReadOnlySpan<Pseudonym> from, Span<Pseudonym> to, int knownBits)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)from.Length | 1), 1, MostBucketBits);
        if (_places.Length < 1 << bits) _places = new int[1 << bits];
        var places = _places.AsSpan(0, 1 << bits);
        places.Clear();
        foreach (ref readonly var one in from) places[(int)(one.High << knownBits >> 64 - bits)]++;
        int at = 0, most = 0;
        foreach (ref var place in places)
        {
            most = Math.Max(most, place);
            (place, at) = (at, at + place);
        }

        foreach (ref readonly var one in from) to[places[(int)(one.High << knownBits >> 64 - bits)]++] = one;
        return most;
    }

    // Nobody has to move further than within its bucket.
    private static void Insert(Span<Pseudonym> sorted)
    {
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].CompareTo(sorted[i - 1]) >= 0) continue;
            var one = sorted[i];
            var to = i;
            for (; to > 0 && one.CompareTo(sorted[to - 1]) < 0; to--) sorted[to] = sorted[to - 1];
            sorted[to] = one;
        }
    }

    private static int Distinct(Span<Pseudonym> sorted)
    {
        var count = 0;
        foreach (ref readonly var one in sorted)
        {
            if (count > 0 && one == sorted[count - 1]) continue;
            sorted[count++] = one;
        }

        return count;
    }
}
