using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.Win32.SafeHandles;

namespace Liuzhuan.Benchmarks.Limits;

/// <summary>Counts commas and line ends, as fast as the processor's widest vectors can.</summary>
internal static unsafe class DelimiterScan
{
    private const int Block = 256 << 10;
    private const nuint Alignment = 64;

    public static ulong Count(SafeFileHandle file, long start, long end)
    {
        var block = (byte*)NativeMemory.AlignedAlloc(Block, Alignment);
        try
        {
            var count = 0ul;
            for (; start < end; start += Block)
            {
                var read = RandomAccess.Read(file, new Span<byte>(block, (int)Math.Min(Block, end - start)), start);
                count += Vector512.IsHardwareAccelerated ? Count512(block, read) : Count256(block, read);
            }

            return count;
        }
        finally
        {
            NativeMemory.AlignedFree(block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Count512(byte* block, int length)
    {
        var (comma, lineEnd, count) = (Vector512.Create((byte)','), Vector512.Create((byte)'\n'), 0ul);
        for (var i = 0; i + Vector512<byte>.Count <= length; i += Vector512<byte>.Count)
        {
            var bytes = Vector512.LoadAligned(block + i);
            count += (ulong)BitOperations.PopCount((Vector512.Equals(bytes, comma) | Vector512.Equals(bytes, lineEnd)).ExtractMostSignificantBits());
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Count256(byte* block, int length)
    {
        var (comma, lineEnd, count) = (Vector256.Create((byte)','), Vector256.Create((byte)'\n'), 0ul);
        for (var i = 0; i + Vector256<byte>.Count <= length; i += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadAligned(block + i);
            count += (ulong)BitOperations.PopCount((Vector256.Equals(bytes, comma) | Vector256.Equals(bytes, lineEnd)).ExtractMostSignificantBits());
        }

        return count;
    }
}
