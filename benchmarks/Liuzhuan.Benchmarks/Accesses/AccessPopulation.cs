namespace Liuzhuan.Benchmarks.Accesses;

/// <summary>The people of a province, and batches of them drawn at random.</summary>
internal static class AccessPopulation
{
    public const int People = 27_000_000;

    /// <summary>The packed number of a person: prefixes of the province's districts, days of a century, sequences.</summary>
    public static ulong Number(int person)
    {
        var (prefix, rest) = ((ulong)(person % 60), (ulong)(person / 60));
        return 220_100 + prefix << 27 | 40_000 + rest % 36_500 << 10 | rest / 36_500 * 7 % 1000;
    }

    /// <summary>Different people in no order.</summary>
    public static ulong[] Batch(int seed, int count)
    {
        var random = new Random(seed);
        var chosen = new HashSet<int>(count);
        while (chosen.Count < count) chosen.Add(random.Next(People));
        return [.. chosen.Select(Number)];
    }
}
