namespace Liuzhuan.Commands.DemoData;

/// <summary>A small seeded generator (SplitMix64, Steele, Lea and Flood 2014): the same seed gives the same people on every machine.</summary>
internal struct SplitMix(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>An independent generator for the <paramref name="index"/>-th thing of a <paramref name="kind"/>.</summary>
    public static SplitMix For(ulong seed, ulong kind, long index) => new(Mix(Mix(seed + Golden * kind) + Golden * (ulong)index));

    public static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    public ulong Next() => Mix(_state += Golden);

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>True for <paramref name="perMillion"/> of a million draws.</summary>
    public bool Chance(int perMillion) => Below(1_000_000) < perMillion;
}
