using System.Text;

namespace Liuzhuan.Benchmarks.Data;

/// <summary>What stands behind one row of the register.</summary>
internal enum RecordState : byte
{
    Active,
    Deceased,
    Cancelled,

    /// <summary>The number was replaced; the row points to <see cref="People.Successor"/>.</summary>
    Superseded,
}

/// <summary>A synthetic population: every attribute of record <c>i</c> follows from the seed and <c>i</c>.</summary>
internal sealed class People(long count, ulong seed)
{
    private const int Days = 36_500;
    private const int Sequences = 1000;
    private const ulong NameStream = 1, StateStream = 2, MoveStream = 3, FormerStream = 4, OtherStream = 5;

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly DateOnly FirstDay = new(1926, 1, 1);
    private static readonly byte[] DayText = Calendar();

    private readonly Permutation[] _numbers = [.. Divisions.Codes.Select((_, c) => new Permutation((long)Days * Sequences, Mixing.Hash(seed, 99, (ulong)c)))];

    public const int NumberLength = 18;

    /// <summary>Number of records in the register.</summary>
    public long Count => count;

    public ulong Seed => seed;

    /// <summary>Writes the number of record <paramref name="i"/>. All numbers differ.</summary>
    public void WriteNumber(long i, Span<byte> target)
    {
        var (turn, place) = Math.DivRem(i, Divisions.Turn);
        var county = Divisions.OfPlace[place];
        WriteNumber(county, turn * Divisions.PerTurn[county] + Divisions.RankOfPlace[place], target);
    }

    /// <summary>Writes a valid number that no record has; different for each <paramref name="k"/>.</summary>
    public void WriteFreeNumber(long k, Span<byte> target)
    {
        var county = Divisions.OfPlace[k % Divisions.Turn];
        var taken = (count / Divisions.Turn + 1) * Divisions.PerTurn[county];
        WriteNumber(county, taken + k, target);
    }

    public RecordState State(long i) => Mixing.Below(Mixing.Hash(seed, StateStream, (ulong)i), 10_000) switch
    {
        < 85 => RecordState.Deceased,
        < 115 => RecordState.Cancelled,
        < 158 => RecordState.Superseded,
        _ => RecordState.Active,
    };

    /// <summary>The record that answers for record <paramref name="i"/>: the next one that was not itself replaced, or itself.</summary>
    public long Successor(long i)
    {
        while (State(i) == RecordState.Superseded) i = (i + 1) % count;
        return i;
    }

    public int WriteName(long i, Span<byte> target) => Names.Write(Mixing.Hash(seed, NameStream, (ulong)i), target);

    /// <summary>Writes the earlier name of the 2.5 % who have one; 0 for the others.</summary>
    public int WriteFormerName(long i, Span<byte> target)
    {
        var hash = Mixing.Hash(seed, FormerStream, (ulong)i);
        return hash % 40 == 0 ? Names.Write(Mixing.Hash(seed, NameStream, hash), target) : 0;
    }

    /// <summary>Four in five live where they were first registered, the others in another county of Jilin.</summary>
    public int Division(long i)
    {
        var hash = Mixing.Hash(seed, MoveStream, (ulong)i);
        return hash % 5 == 0 ? Divisions.Codes[Mixing.Below(hash >> 32, Divisions.Jilin)] : Divisions.Codes[Divisions.OfPlace[i % Divisions.Turn]];
    }

    /// <summary>A division other than <paramref name="division"/>.</summary>
    public static int OtherDivision(int division, ulong hash)
    {
        var other = Divisions.Codes[Mixing.Below(hash, Divisions.Jilin)];
        return other != division ? other : Divisions.Codes[Divisions.Jilin];
    }

    /// <summary>Hash for the columns that no question asks about.</summary>
    public ulong Other(long i) => Mixing.Hash(seed, OtherStream, (ulong)i);

    /// <summary>Sets the check character (GB 11643: ISO 7064 MOD 11-2) of 17 digits.</summary>
    public static void SetCheck(Span<byte> number)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++) sum += (number[i] - '0') * Weights[i];
        number[17] = "10X98765432"u8[sum % 11];
    }

    private void WriteNumber(int county, long ordinal, Span<byte> target)
    {
        var (day, sequence) = Math.DivRem(_numbers[county][ordinal], Sequences);
        WriteDigits(Divisions.Codes[county], target[..6]);
        DayText.AsSpan((int)day * 8, 8).CopyTo(target[6..]);
        WriteDigits((int)sequence, target.Slice(14, 3));
        SetCheck(target);
    }

    public static void WriteDigits(long value, Span<byte> target)
    {
        for (var i = target.Length - 1; i >= 0; i--) (value, target[i]) = (value / 10, (byte)('0' + value % 10));
    }

    private static byte[] Calendar() => [.. Enumerable.Range(0, Days).SelectMany(d => Encoding.ASCII.GetBytes(FirstDay.AddDays(d).ToString("yyyyMMdd")))];
}
