using System.Buffers.Binary;
using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>Reads what <see cref="BitWriter"/> wrote.</summary>
internal struct BitReader
{
    /// <summary>Bytes that must follow the written ones.</summary>
    public const int Padding = 2 * sizeof(ulong);

    private readonly byte[] _bytes;
    private int _at;

    /// <param name="padded">The bytes, with <see cref="Padding"/> behind them.</param>
    public BitReader(byte[] padded) => _bytes = padded;

    /// <param name="bits">0 to 64.</param>
    public ulong Read(int bits)
    {
        if (bits > 56)
        {
            // In two steps: the eight bytes at hand may begin with seven bits that were read before.
            var low = Read(32);
            return low | Read(bits - 32) << 32;
        }

        var value = Peek() & (1UL << bits) - 1;
        _at += bits;
        return value;
    }

    /// <summary>Counts zeros up to a one and passes it; behind <paramref name="most"/> zeros (at most 56) there is no one.</summary>
    public int ReadZeros(int most)
    {
        var zeros = Math.Min(BitOperations.TrailingZeroCount(Peek()), most);
        _at += zeros == most ? most : zeros + 1;
        return zeros;
    }

    public void Skip(int bits) => _at += bits;

    private readonly ulong Peek() => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(_at >> 3)) >> (_at & 7);
}
