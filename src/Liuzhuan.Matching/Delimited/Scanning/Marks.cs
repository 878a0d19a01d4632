using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Liuzhuan.Matching.Delimited.Scanning;

/// <summary>
/// What a scanner writes for each byte it finds: its place in bits 0 to 29, and what it is in the two above, so that nobody who walks the marks has to look at the
/// text again. A line end makes a mark negative.
/// </summary>
internal static class Marks
{
    public const int LineEnd = int.MinValue, Quote = 1 << 30, Places = Quote - 1;

    /// <summary>Where the byte is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Place(int mark) => mark & Places;

    /// <summary>The first quote among marks, or their number when there is none.</summary>
    public static int FirstQuote(ReadOnlySpan<int> marks)
    {
        var i = 0;
        for (; i <= marks.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var kinds = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(marks), (nuint)i) & Vector256.Create(~Places);
            var quotes = Vector256.Equals(kinds, Vector256.Create(Quote)).ExtractMostSignificantBits();
            if (quotes != 0) return i + BitOperations.TrailingZeroCount(quotes);
        }

        for (; i < marks.Length; i++)
        {
            if ((marks[i] & ~Places) == Quote) return i;
        }

        return i;
    }

    /// <summary>Leaves only the places.</summary>
    public static void Strip(Span<int> marks)
    {
        var i = 0;
        for (; i <= marks.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            ref var some = ref MemoryMarshal.GetReference(marks);
            (Vector256.LoadUnsafe(ref some, (nuint)i) & Vector256.Create(Places)).StoreUnsafe(ref some, (nuint)i);
        }

        for (; i < marks.Length; i++) marks[i] = Place(marks[i]);
    }
}
