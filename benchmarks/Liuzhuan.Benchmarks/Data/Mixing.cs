namespace Liuzhuan.Benchmarks.Data;

/// <summary>Seeded hashing and permutations: every value can be computed from its index alone, so files come out the same whatever the number of threads.</summary>
internal static class Mixing
{
    /// <summary>A hash of a stream name, an index and a seed (the finaliser of SplitMix64).</summary>
    public static ulong Hash(ulong seed, ulong stream, ulong index)
    {
        var x = unchecked(seed * 0x9E3779B97F4A7C15 + stream * 0xD1B54A32D192ED03 + index * 0x8CB92BA72F3D8DD7 + 0x632BE59BD9B4E019);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return x ^ (x >> 31);
    }

    /// <summary>Maps 32 bits of <paramref name="hash"/> evenly to 0 .. <paramref name="bound"/> - 1.</summary>
    public static int Below(ulong hash, int bound) => (int)((hash & 0xFFFFFFFF) * (ulong)bound >> 32);
}

/// <summary>A seeded bijection of 0 .. size - 1: a four-round Feistel network, walked until it falls inside.</summary>
internal readonly struct Permutation
{
    private readonly ulong _seed;
    private readonly int _half;
    private readonly uint _mask;
    private readonly long _size;

    public Permutation(long size, ulong seed)
    {
        var bits = 2;
        while (1L << bits < size) bits += 2;
        (_size, _seed, _half, _mask) = (size, seed, bits / 2, (1u << bits / 2) - 1);
    }

    public long this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _size);
            do index = Step(index);
            while (index >= _size);
            return index;
        }
    }

    private long Step(long index)
    {
        var (left, right) = ((uint)(index >> _half), (uint)index & _mask);
        for (var round = 0u; round < 4; round++)
        {
            var mixed = unchecked((right + (uint)_seed + round * 0x9E3779B9u) * 0x85EBCA6Bu);
            mixed = unchecked((mixed ^ (mixed >> 15) ^ (uint)(_seed >> 32)) * 0xC2B2AE35u);
            (left, right) = (right, (left ^ mixed ^ (mixed >> 13)) & _mask);
        }

        return (long)left << _half | right;
    }
}
