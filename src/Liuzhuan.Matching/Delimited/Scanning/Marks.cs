using System.Numerics;
using System.Runtime.CompilerServices;

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
        // Those with this bit and without the sign.
        var found = marks.IndexOfAnyInRange(Quote, int.MaxValue);
        return found < 0 ? marks.Length : found;
    }

    /// <summary>Leaves only the places.</summary>
    public static void Strip(Span<int> marks)
    {
        var i = 0;
        for (; i <= marks.Length - Vector<int>.Count; i += Vector<int>.Count) (new Vector<int>(marks[i..]) & new Vector<int>(Places)).CopyTo(marks[i..]);
        for (; i < marks.Length; i++) marks[i] = Place(marks[i]);
    }
}
