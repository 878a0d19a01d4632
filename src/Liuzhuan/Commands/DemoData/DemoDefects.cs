namespace Liuzhuan.Commands.DemoData;

/// <summary>One row as an agency wrote it.</summary>
/// <param name="AsNumber">The number stands in its cell as a spreadsheet number, so its last digits are lost.</param>
internal sealed record DemoRow(string Name, string Number, string Sex, string Division, bool AsNumber = false);

/// <summary>Writes people down the way real lists do: mostly right, with every slip that lists are known for.</summary>
internal static class DemoDefects
{
    /// <summary>A row without a slip.</summary>
    public static DemoRow Clean(DemoPerson person) => new(person.Name, person.OldNumber ?? person.Number, person.Male ? "男" : "女", person.Division);

    /// <summary>A row with a slip of the <paramref name="kind"/> (0 to <see cref="Kinds"/> - 1).</summary>
    public static DemoRow With(int kind, DemoPerson person, ref SplitMix random)
    {
        var row = Clean(person);
        return kind switch
        {
            0 => row with { Name = DemoNames.Renamed(person.Name, ref random) },
            1 => row with { Name = person.FormerName.Length > 0 ? person.FormerName : DemoNames.Renamed(person.Name, ref random) },
            2 => row with { Sex = person.Male ? "女" : "男" },
            3 => row with { Number = Missed(row.Number) },
            4 => row with { Number = row.Number[..^1] },
            5 => row with { Number = "" },
            6 => row with { Number = row.Number[..6] + "19990230" + row.Number[14..] },
            7 => row with { Number = row.Number.Replace(row.Number[7], 'O') },
            8 => row with { Name = "" },
            9 => row with { Name = person.Name[..1] + "?" + person.Name[2..] },
            10 => row with { Number = Wide(row.Number) },
            11 => row with { Number = $"{row.Number[..6]} {row.Number[6..14]} {row.Number[14..]}" },
            12 => row with { Number = row.Number.ToLowerInvariant() },
            13 => row with { Name = string.Join("　", person.Name.EnumerateRunes()) },
            14 => row with { Name = person.Name.Replace('·', '•') + " " },
            15 => person.Born.Year < 2000 ? row with { Number = row.Number[..6] + row.Number[8..17] } : row,
            16 => row with { Name = Traditional(person.Name) },
            17 => row with { AsNumber = row.Number[^1] != 'X' },
            18 => row with { Sex = "不详" },
            _ => row with { Name = DemoNames.Draw(ref random) },
        };
    }

    public const int Kinds = 20;

    /// <summary>One digit copied wrongly, so that the check digit no longer fits.</summary>
    public static string Missed(string number) => number[..16] + (char)('0' + (number[16] - '0' + 1) % 10) + number[17];

    private static string Wide(string number) => string.Concat(number.Select(c => (char)(c - '!' + '！')));

    private static string Traditional(string name) => name
        .Replace('刘', '劉').Replace('陈', '陳').Replace('张', '張').Replace('杨', '楊').Replace('赵', '趙').Replace('黄', '黃').Replace('吴', '吳').Replace('国', '國').Replace('华', '華').Replace('丽', '麗').Replace('马', '馬').Replace('孙', '孫');
}
