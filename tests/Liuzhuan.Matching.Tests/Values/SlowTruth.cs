using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Liuzhuan.Matching.Tests.Values;

/// <summary>The rules of numbers written the slow and obvious way, and generators of numbers.</summary>
internal static class SlowTruth
{
    public static readonly DateOnly AsOf = new(2026, 6, 30);

    public static KeyContext Context => new(AsOf, NumberRules.Default);

    /// <summary>ISO 7064 MOD 11-2 as the standard defines it, digit by digit.</summary>
    public static char CheckDigit(string seventeen)
    {
        var product = 0;
        foreach (var digit in seventeen) product = (product + (digit - '0')) * 2 % 11;
        var check = (12 - product) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }

    public static string Number(string division, DateOnly birth, int sequence)
    {
        var seventeen = $"{division}{birth:yyyyMMdd}{sequence:000}";
        return seventeen + CheckDigit(seventeen);
    }

    /// <summary>The verdict on 18 characters that are digits or a final X.</summary>
    public static Reasons Judge(string text, DateOnly asOf)
    {
        var checks = CheckDigit(text[..17]) == text[17];
        if (!checks && text.EndsWith("000", StringComparison.Ordinal)) return Reasons.NumberDamagedBySpreadsheet;
        var isDay = DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth);
        if (!isDay || birth < new DateOnly(1800, 1, 1) || birth > asOf) return Reasons.NumberDate;
        string[] provinces =
        [
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
            "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
        ];
        if (text[0] != '9' && !provinces.Contains(text[..2])) return Reasons.NumberDivision;
        return checks ? Reasons.None : Reasons.NumberCheckDigit;
    }

    public static Arbitrary<string> ValidNumbers => (
        from division in Gen.Elements("110105", "220102", "222401", "321002", "659001", "810000", "830000", "911124", "220181")
        from day in Gen.Choose(0, AsOf.DayNumber - new DateOnly(1800, 1, 1).DayNumber)
        from sequence in Gen.Choose(0, 999)
        select Number(division, new DateOnly(1800, 1, 1).AddDays(day), sequence)).ToArbitrary();

    /// <summary>Numbers that are nearly right: any digits, dates around the limits of months and years, right and wrong check digits.</summary>
    public static Arbitrary<string> NearNumbers => (
        from division in Gen.OneOf(Gen.Elements("220102", "110105", "999999", "000000"), Digits(6))
        from year in Gen.OneOf(Gen.Choose(1795, 2030).Select(year => year.ToString("0000")), Digits(4))
        from month in Gen.OneOf(Gen.Choose(0, 13), Gen.Choose(0, 13), Gen.Choose(14, 99)).Select(month => month.ToString("00"))
        from day in Gen.Elements("00", "01", "15", "28", "29", "30", "31", "32")
        from sequence in Gen.OneOf(Gen.Elements("000", "900", "996", "999"), Digits(3))
        from wrong in Gen.Elements(false, false, true)
        from last in Gen.Elements([.. "0123456789X"])
        let seventeen = division + year + month + day + sequence
        select seventeen + (wrong ? last : CheckDigit(seventeen))).ToArbitrary();

    private static Gen<string> Digits(int count) => Gen.Choose('0', '9').Select(c => (char)c).ArrayOf(count).Select(c => new string(c));
}
