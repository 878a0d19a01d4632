using System.Numerics;
using System.Runtime.CompilerServices;

namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>Turns masks of 64 bytes into marks.</summary>
internal static class MaskWriter
{
    public static void CheckRoom(ReadOnlySpan<byte> text, Span<int> marks)
    {
        if (marks.Length < text.Length + IStructuralScanner.Slack) throw new ArgumentException("Too little room for marks.", nameof(marks));
    }

    /// <param name="all">What was found.</param>
    /// <param name="ends">Which of it are line ends.</param>
    /// <param name="quotes">Which of it are quotes.</param>
    /// <param name="offset">Place of the first of the 64 bytes.</param>
    /// <returns>The <paramref name="count"/> of marks before and those that are new.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ulong all, ulong ends, ulong quotes, int offset, ref int marks, int count)
    {
        if (all == 0) return count;
        ref var target = ref Unsafe.Add(ref marks, count);
        var mask = all;
        // Eight at a time without asking whether they are there: the count is what decides. Of personal data 64 bytes hold about five.
        for (ref var eight = ref target; mask != 0; eight = ref Unsafe.Add(ref eight, 8))
        {
            for (var k = 0; k < 8; k++)
            {
                Unsafe.Add(ref eight, k) = offset + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }

        for (; ends != 0; ends &= ends - 1) Unsafe.Add(ref target, Rank(all, ends)) |= Marks.LineEnd;
        for (; quotes != 0; quotes &= quotes - 1) Unsafe.Add(ref target, Rank(all, quotes)) |= Marks.Quote;
        return count + BitOperations.PopCount(all);
    }

    // How many of all stand before the first of some.
    private static int Rank(ulong all, ulong some) => BitOperations.PopCount(all & (some & ~some + 1) - 1);
}
