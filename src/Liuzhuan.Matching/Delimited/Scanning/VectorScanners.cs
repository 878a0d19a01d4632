using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>64 bytes at a step in one vector.</summary>
internal sealed class Vector512Scanner : IStructuralScanner
{
    public string Name => "vector512";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> positions)
    {
        BitMasks.CheckRoom(text, positions);
        ref var source = ref MemoryMarshal.GetReference(text);
        ref var target = ref MemoryMarshal.GetReference(positions);
        var (a, b, c) = (Vector512.Create(needles.First), Vector512.Create(needles.Second), Vector512.Create(needles.Third));
        int i = 0, count = 0;
        for (; i <= text.Length - 64; i += 64)
        {
            var v = Vector512.LoadUnsafe(ref source, (nuint)i);
            var mask = (Vector512.Equals(v, a) | Vector512.Equals(v, b) | Vector512.Equals(v, c)).ExtractMostSignificantBits();
            count = BitMasks.Write(mask, offset + i, ref target, count);
        }

        return ScalarScanner.ScanTail(text, i, offset, needles, positions, count);
    }
}

/// <summary>64 bytes at a step in two vectors.</summary>
internal sealed class Vector256Scanner : IStructuralScanner
{
    public string Name => "vector256";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> positions)
    {
        BitMasks.CheckRoom(text, positions);
        ref var source = ref MemoryMarshal.GetReference(text);
        ref var target = ref MemoryMarshal.GetReference(positions);
        var (a, b, c) = (Vector256.Create(needles.First), Vector256.Create(needles.Second), Vector256.Create(needles.Third));
        int i = 0, count = 0;
        for (; i <= text.Length - 64; i += 64)
        {
            var low = Vector256.LoadUnsafe(ref source, (nuint)i);
            var high = Vector256.LoadUnsafe(ref source, (nuint)i + 32);
            var mask = (ulong)(Vector256.Equals(low, a) | Vector256.Equals(low, b) | Vector256.Equals(low, c)).ExtractMostSignificantBits()
                | (ulong)(Vector256.Equals(high, a) | Vector256.Equals(high, b) | Vector256.Equals(high, c)).ExtractMostSignificantBits() << 32;
            count = BitMasks.Write(mask, offset + i, ref target, count);
        }

        return ScalarScanner.ScanTail(text, i, offset, needles, positions, count);
    }
}

/// <summary>64 bytes at a step in four vectors.</summary>
internal sealed class Vector128Scanner : IStructuralScanner
{
    public string Name => "vector128";

    public int Scan(ReadOnlySpan<byte> text, int offset, Needles needles, Span<int> positions)
    {
        BitMasks.CheckRoom(text, positions);
        ref var source = ref MemoryMarshal.GetReference(text);
        ref var target = ref MemoryMarshal.GetReference(positions);
        var (a, b, c) = (Vector128.Create(needles.First), Vector128.Create(needles.Second), Vector128.Create(needles.Third));
        int i = 0, count = 0;
        for (; i <= text.Length - 64; i += 64)
        {
            var mask = 0UL;
            for (var part = 0; part < 4; part++)
            {
                var v = Vector128.LoadUnsafe(ref source, (nuint)(i + part * 16));
                mask |= (ulong)(Vector128.Equals(v, a) | Vector128.Equals(v, b) | Vector128.Equals(v, c)).ExtractMostSignificantBits() << part * 16;
            }

            count = BitMasks.Write(mask, offset + i, ref target, count);
        }

        return ScalarScanner.ScanTail(text, i, offset, needles, positions, count);
    }
}

/// <summary>Turns a mask of 64 bytes into positions.</summary>
internal static class BitMasks
{
    public static void CheckRoom(ReadOnlySpan<byte> text, Span<int> positions)
    {
        if (positions.Length < text.Length + IStructuralScanner.Slack) throw new ArgumentException("Too little room for positions.", nameof(positions));
    }

    // Eight at a time without asking whether they are there: the count is what decides. A mask of personal data holds about five.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ulong mask, int offset, ref int positions, int count)
    {
        if (mask == 0) return count;
        var found = BitOperations.PopCount(mask);
        ref var target = ref Unsafe.Add(ref positions, count);
        while (true)
        {
            for (var k = 0; k < 8; k++)
            {
                Unsafe.Add(ref target, k) = offset + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }

            if (mask == 0) return count + found;
            target = ref Unsafe.Add(ref target, 8);
        }
    }
}
