using System.Numerics;

namespace Liuzhuan.Commands.DemoData;

/// <summary>A seeded one-to-one mapping of 0 … count-1 onto itself (Feistel network with cycle walking): numbers and picks that never repeat, without remembering any.</summary>
internal sealed class Shuffle
{
    private const int Rounds = 4;

    private readonly ulong _count, _mask;
    private readonly int _half;
    private readonly ulong[] _keys;

    public Shuffle(ulong count, ulong seed)
    {
        _count = count;
        _half = (BitOperations.Log2(Math.Max(count - 1, 1)) + 2) / 2;
        _mask = (1UL << _half) - 1;
        _keys = [.. Enumerable.Range(0, Rounds).Select(round => SplitMix.Mix(seed + (ulong)round + 1))];
    }

    public ulong At(ulong index)
    {
        do
        {
            var (left, right) = (index >> _half, index & _mask);
            foreach (var key in _keys) (left, right) = (right, left ^ SplitMix.Mix(right + key) & _mask);
            index = left << _half | right;
        }
        while (index >= _count);
        return index;
    }
}
