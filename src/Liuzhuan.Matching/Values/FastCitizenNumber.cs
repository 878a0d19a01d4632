using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Liuzhuan.Matching.Values;

/// <summary>
/// Packs a clean 18-character citizen number straight from bytes: eighteen characters, a real day up to the as-of, the right check character.
/// Anything else is left to <see cref="CitizenNumber.Read"/>, which knows why. The province is not looked at: who finds no record asks the slow reader.
/// </summary>
internal sealed unsafe partial class FastCitizenNumber
{
    /// <summary>Characters of a number.</summary>
    public const int Length = 18;

    private const int FirstYear = 1800, Years = 256;

    // Per year and month: days since 1800-01-01 of its first day, and its length in the low five bits; 0 for months 0 and 13-15.
    private readonly uint[] _months = GC.AllocateArray<uint>(Years * 16, pinned: true);
    private readonly uint _lastDay;
    private readonly bool _vector;

    /// <param name="asOf">The last day a number may name.</param>
    /// <param name="vector">Use vector instructions where the processor has them; the answers are the same.</param>
    public FastCitizenNumber(DateOnly asOf, bool vector = true)
    {
        var first = new DateOnly(FirstYear, 1, 1).DayNumber;
        for (var year = 0; year < Years; year++)
        {
            for (var month = 1; month <= 12; month++)
            {
                var start = new DateOnly(FirstYear + year, month, 1).DayNumber - first;
                _months[year * 16 + month] = (uint)start << 5 | (uint)DateTime.DaysInMonth(FirstYear + year, month);
            }
        }

        _lastDay = (uint)Math.Max(0, asOf.DayNumber - first);
        _vector = vector && Ssse3.IsSupported && Environment.GetEnvironmentVariable("LIUZHUAN_SCANNER") != "scalar";
    }

    /// <summary>The processor has the instructions of <see cref="TryPackVector"/>.</summary>
    public bool IsVector => _vector;

    /// <summary>The packed number (as <see cref="CitizenNumber.Packed"/>), or false when the slow reader must look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPack(ReadOnlySpan<byte> cell, out ulong packed)
    {
        packed = 0;
        if (cell.Length != Length) return false;
        ref var first = ref MemoryMarshal.GetReference(cell);
        return _vector ? TryPackVector(ref first, out packed) : TryPackScalar(cell, out packed);
    }

    /// <summary>The same for eighteen bytes, where <see cref="IsVector"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPackVector(ref byte first, out ulong packed)
    {
        packed = 0;
        var digits = Vector128.LoadUnsafe(ref first) - Vector128.Create((byte)'0');
        var tail = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref first, 16));
        var last = (uint)(tail & 0xFF) - '0';
        if (Vector128.GreaterThanAny(digits, Vector128.Create((byte)9)) || last > 9) return false;

        // ISO 7064 MOD 11-2: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4, then 2; the check character makes the sum 1 modulo 11.
        var products = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((sbyte)7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4));
        var pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((sbyte)10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
        var sum = (uint)Vector128.Sum(products) + last * 2;
        if ("10X98765432"u8[(int)(sum % 11)] != (byte)(tail >> 8)) return false;

        // Pairs to fours: (aabb) (ccyy) (yymm) (ddss) of prefix aabbcc, year yyyy, month mm, day dd, sequence ss + last.
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create((short)100, 1, 100, 1, 100, 1, 100, 1));
        uint first4 = (uint)fours[0], second4 = (uint)fours[1], third4 = (uint)fours[2], fourth4 = (uint)fours[3];
        var prefix = first4 * 100 + second4 / 100;
        var year = second4 % 100 * 100 + third4 / 100 - FirstYear;
        var month = third4 % 100;
        var day = fourth4 / 100 - 1;
        var sequence = fourth4 % 100 * 10 + last;
        return TryCombine(prefix, year, month, day, sequence, out packed);
    }

    private bool TryPackScalar(ReadOnlySpan<byte> cell, out ulong packed)
    {
        packed = 0;
        ReadOnlySpan<byte> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        uint sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var digit = (uint)(cell[i] - '0');
            if (digit > 9) return false;
            sum += digit * weights[i];
        }

        if ("10X98765432"u8[(int)(sum % 11)] != cell[17]) return false;
        return TryCombine(Number(cell[..6]), Number(cell[6..10]) - FirstYear, Number(cell[10..12]), Number(cell[12..14]) - 1, Number(cell[14..17]), out packed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryCombine(uint prefix, uint year, uint month, uint day, uint sequence, out ulong packed)
    {
        packed = 0;
        if (year >= Years || month > 12) return false;
        var entry = _months[year * 16 + month];
        var days = (entry >> 5) + day;
        if (day >= (entry & 31) || days > _lastDay) return false;
        packed = (ulong)prefix << 27 | days << 10 | sequence;
        return true;
    }

    private static uint Number(ReadOnlySpan<byte> digits)
    {
        uint number = 0;
        foreach (var digit in digits) number = number * 10 + (uint)(digit - '0');
        return number;
    }
}
