using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Values;

/// <summary>Reads runs of ASCII digits eight at a time.</summary>
internal static class FastDigits
{
    /// <summary>Digits whose number always fits 63 bits.</summary>
    public const int Longest = 18;

    /// <summary>The number of up to <see cref="Longest"/> digits; false when there are none or more, or anything else among them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        if (digits.Length is 0 or > Longest) return false;
        while (digits.Length >= 8)
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(digits);
            if (!AreDigits(eight)) return false;
            number = number * 100_000_000 + Eight(eight);
            digits = digits[8..];
        }

        foreach (var one in digits)
        {
            if (one is < (byte)'0' or > (byte)'9') return false;
            number = number * 10 + one - '0';
        }

        return true;
    }

    /// <summary>The same for digits behind which eight bytes may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadInText(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        ref var first = ref MemoryMarshal.GetReference(digits);
        var head = digits.Length > 8 ? digits.Length - 8 : digits.Length;
        if (head is 0 or > 8) return TryRead(digits, out number);
        // Zeros in front, in two steps because a shift by 64 is none.
        var eight = Unsafe.ReadUnaligned<ulong>(ref first) << 64 - head * 8 | 0x3030303030303030UL >> 1 >> head * 8 - 1;
        if (!AreDigits(eight)) return false;
        number = Eight(eight);
        if (head == digits.Length) return true;
        eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, head));
        number = number * 100_000_000 + Eight(eight);
        return AreDigits(eight);
    }

    /// <summary>Are these eight bytes all digits?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreDigits(ulong eight) => (eight & 0xF0F0F0F0F0F0F0F0 | (eight + 0x0606060606060606 & 0xF0F0F0F0F0F0F0F0) >> 4) == 0x3333333333333333;

    /// <summary>Four numbers of two digits, in bytes 0, 2, 4 and 6, from eight digits of which the first is the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pairs(ulong eight)
    {
        eight &= 0x0F0F0F0F0F0F0F0F;
        return eight * 10 + (eight >> 8) & 0x00FF00FF00FF00FF;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Eight(ulong eight)
    {
        var pairs = Pairs(eight);
        var fours = pairs * 100 + (pairs >> 16) & 0x0000FFFF0000FFFF;
        return (uint)(fours & 0xFFFF) * 10_000 + (uint)(fours >> 32);
    }
}
