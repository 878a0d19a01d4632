using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Liuzhuan.Matching.Values;

/// <content>Four numbers at once, each in a quarter of a vector.</content>
internal sealed unsafe partial class FastCitizenNumber
{
    private const int SixDigitsAt = 27, DayAt = 10;

    /// <summary>The processor has the instructions of <see cref="TryPackFour"/>.</summary>
    public bool HasFour => _vector && Avx512BW.IsSupported;

    /// <summary>
    /// The packed numbers of four times eighteen bytes, where <see cref="HasFour"/>: the six digits in <paramref name="sixDigits"/>, day and sequence in <paramref name="rest"/>.
    /// False when one of the four is left to another reader; then any of them may be.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPackFour(byte* a, byte* b, byte* c, byte* d, out Vector128<uint> sixDigits, out Vector128<uint> rest)
    {
        var text = Vector512.Create(Vector256.Create(Vector128.Load(a), Vector128.Load(b)), Vector256.Create(Vector128.Load(c), Vector128.Load(d)));
        var digits = text - Vector512.Create((byte)'0');
        var tails = Vector128.Create((uint)*(ushort*)(a + 16), *(ushort*)(b + 16), *(ushort*)(c + 16), *(ushort*)(d + 16));
        var last = (tails & Vector128.Create(0xFFu)) - Vector128.Create((uint)'0');

        // ISO 7064 MOD 11-2, as in TryPackVector: sums of sixteen digits, one from each of four vectors, then the seventeenth.
        var products = Avx512BW.MultiplyAddAdjacent(digits, Weights);
        var sums = AcrossFour(Avx512BW.MultiplyAddAdjacent(products, Vector512<short>.One)).AsUInt32();
        var halves = sums.GetLower() + sums.GetUpper();
        var sum = halves.GetLower() + halves.GetUpper() + last + last;
        var remainder = sum - (sum * Vector128.Create(5958u) >> 16) * Vector128.Create(11u);
        var check = Vector128.Shuffle(CheckCharacters, remainder.AsByte()).AsUInt32() & Vector128.Create(0xFFu);

        // (aabb) (ccyy) (yymm) (ddss) of all four.
        var pairs = Avx512BW.MultiplyAddAdjacent(digits, Tens);
        var fours = AcrossFour(Avx512BW.MultiplyAddAdjacent(pairs, Hundreds)).AsUInt32();
        Vector128<uint> aabb = fours.GetLower().GetLower(), ccyy = fours.GetLower().GetUpper(), yymm = fours.GetUpper().GetLower(), ddss = fours.GetUpper().GetUpper();
        Vector128<uint> hundred = Vector128.Create(100u), cc = Hundredth(ccyy), yy = Hundredth(yymm), dd = Hundredth(ddss);
        sixDigits = aabb * hundred + cc;
        var year = (ccyy - cc * hundred) * hundred + yy - Vector128.Create((uint)FirstYear);
        var month = yymm - yy * hundred;
        var day = dd - Vector128<uint>.One;
        var entries = MonthsOf((year << 4 | month) & Vector128.Create(Years * 16u - 1));
        var days = (entries >> 5) + day;
        rest = days << DayAt | (ddss - dd * hundred) * Vector128.Create(10u) + last;

        var wrong = Vector128.GreaterThan(last, Vector128.Create(9u)) | ~Vector128.Equals(check, tails >> 8)
            | Vector128.GreaterThan(year, Vector128.Create(Years - 1u)) | Vector128.GreaterThan(month, Vector128.Create(12u))
            | Vector128.GreaterThanOrEqual(day, entries & Vector128.Create(31u)) | Vector128.GreaterThan(days, Vector128.Create(_lastDay));
        return !Vector512.GreaterThanAny(digits, Vector512.Create((byte)9)) && wrong == Vector128<uint>.Zero;
    }

    // Written out four times: a constant of the processor's, which one put together of parts would not be.
    private static Vector512<sbyte> Weights
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            (sbyte)7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4,
            7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4,
            7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4,
            7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4);
    }

    private static Vector512<sbyte> Tens
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create((short)0x010A).AsSByte();
    }

    private static Vector512<short> Hundreds
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(0x00010064).AsInt16();
    }

    private static Vector128<byte> CheckCharacters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.Create("10X98765432\0\0\0\0\0"u8);
    }

    // The first of each quarter, then the second of each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> AcrossFour(Vector512<int> quarters) =>
        Avx512F.PermuteVar16x32(quarters, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));

    // Below 10000.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Hundredth(Vector128<uint> value) => value * Vector128.Create(5243u) >> 19;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<uint> MonthsOf(Vector128<uint> places) =>
        Avx2.GatherVector128((uint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_months)), places.AsInt32(), sizeof(uint));
}
