using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Maps packed keys, reversibly, onto the integers below 2^<see cref="Bits"/> in a scattered order, as small as the keys present allow.
/// A bucket number and the low bits of the scattered value together are the key, so that no key is stored and no false match is possible.
/// </summary>
internal sealed class KeySpace
{
    /// <summary>The high part of a packed key (for citizen numbers: six digits) is replaced by its rank among those present.</summary>
    public const int LowBits = 27;

    private const ulong LowMask = (1UL << LowBits) - 1;

    private readonly uint[] _highs;
    private readonly int[] _rankPlusOne;
    private readonly ulong _lowMin;
    private readonly ulong _lowRange;
    private readonly ulong _mask;
    private readonly int _half;
    private readonly ulong _inverse1, _inverse2;
    private const ulong Multiplier1 = 0x9E3779B97F4A7C15, Multiplier2 = 0xD6E8FEB86659FD93;

    public KeySpace(uint[] sortedHighs, ulong lowMin, ulong lowMax)
    {
        _highs = sortedHighs;
        (_lowMin, _lowRange) = (lowMin, lowMax - lowMin + 1);
        _rankPlusOne = new int[_highs.Length == 0 ? 1 : _highs[^1] + 1];
        for (var i = 0; i < _highs.Length; i++) _rankPlusOne[_highs[i]] = i + 1;
        var space = Math.Max(2, (ulong)_highs.Length * _lowRange);
        Bits = Math.Max(8, 64 - BitOperations.LeadingZeroCount(space - 1));
        _mask = (1UL << Bits) - 1;
        _half = Bits / 2 + 1;
        (_inverse1, _inverse2) = (Inverse(Multiplier1), Inverse(Multiplier2));
    }

    /// <summary>Scattered values are below 2^Bits; at most 48.</summary>
    public int Bits { get; }

    /// <summary>Does any key of the register have this key's high part?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool KnowsHigh(ulong packed)
    {
        return RankPlusOne(packed) != 0;
    }

    /// <summary>One more than the rank of this key's high part among those of the register, or 0 when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RankPlusOne(ulong packed)
    {
        var (high, ranks) = (packed >> LowBits, _rankPlusOne);
        return high < (ulong)ranks.Length ? Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ranks), (nint)high) : 0;
    }

    /// <summary>The same as <see cref="TryScatter(ulong, out ulong)"/> for whoever knows the rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryScatter(ulong packed, int rankPlusOne, out ulong scattered)
    {
        var low = (packed & LowMask) - _lowMin;
        scattered = Scatter((ulong)(rankPlusOne - 1) * _lowRange + low);
        return low < _lowRange;
    }

    /// <summary>The scattered value of a packed key; false when no key in the register can have it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryScatter(ulong packed, out ulong scattered)
    {
        scattered = 0;
        var rank = RankPlusOne(packed);
        return rank != 0 && TryScatter(packed, rank, out scattered);
    }

    /// <summary>The same for four keys, in two parts; false when one of them is not so, and then any may be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryScatterFour(Vector128<uint> highs, Vector128<uint> lows, out Vector256<ulong> scattered)
    {
        scattered = default;
        if (Vector128.GreaterThanOrEqualAny(highs, Vector128.Create((uint)_rankPlusOne.Length))) return false;
        var ranks = Vector128.Create(_rankPlusOne[highs[0]], _rankPlusOne[highs[1]], _rankPlusOne[highs[2]], _rankPlusOne[highs[3]]).AsUInt32();
        var offsets = lows - Vector128.Create((uint)_lowMin);
        if (Vector128.EqualsAny(ranks, Vector128<uint>.Zero) || Vector128.GreaterThanOrEqualAny(offsets, Vector128.Create((uint)_lowRange))) return false;
        var x = Wide(ranks - Vector128<uint>.One) * Vector256.Create(_lowRange) + Wide(offsets);
        var mask = Vector256.Create(_mask);
        x ^= x >> _half;
        x = x * Vector256.Create(Multiplier1) & mask;
        x ^= x >> _half;
        x = x * Vector256.Create(Multiplier2) & mask;
        scattered = x ^ x >> _half;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Wide(Vector128<uint> four) => Vector256.WidenLower(four.ToVector256Unsafe());

    /// <summary>The packed key of a scattered value.</summary>
    public ulong Gather(ulong scattered)
    {
        var x = scattered;
        x = Unshift(x);
        x = x * _inverse2 & _mask;
        x = Unshift(x);
        x = x * _inverse1 & _mask;
        x = Unshift(x);
        return (ulong)_highs[x / _lowRange] << LowBits | _lowMin + x % _lowRange;
    }

    /// <summary>A bijection of the integers below 2^Bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Scatter(ulong x)
    {
        x ^= x >> _half;
        x = x * Multiplier1 & _mask;
        x ^= x >> _half;
        x = x * Multiplier2 & _mask;
        return x ^ x >> _half;
    }

    // x ^= x >> h undoes itself, because 2h is at least Bits.
    private ulong Unshift(ulong x) => x ^ x >> _half;

    private static ulong Inverse(ulong odd)
    {
        var inverse = odd;
        for (var i = 0; i < 6; i++) inverse *= 2 - odd * inverse;
        return inverse;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[20 + _highs.Length * 4];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, _lowMin);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), _lowRange);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), _highs.Length);
        for (var i = 0; i < _highs.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20 + i * 4), _highs[i]);
        return bytes;
    }

    public static KeySpace FromBytes(ReadOnlySpan<byte> bytes)
    {
        var lowMin = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var lowRange = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        var highs = new uint[BinaryPrimitives.ReadInt32LittleEndian(bytes[16..])];
        for (var i = 0; i < highs.Length; i++) highs[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(20 + i * 4)..]);
        return new KeySpace(highs, lowMin, lowMin + lowRange - 1);
    }
}
