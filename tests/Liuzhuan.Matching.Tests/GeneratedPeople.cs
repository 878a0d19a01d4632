using System.Text;

namespace Liuzhuan.Matching.Tests;

/// <summary>A small synthetic population in which everything odd is common: shared, replaced and looping numbers, former names, gaps, rare characters.</summary>
internal sealed class GeneratedPeople
{
    private static readonly int[] Prefixes = [220102, 220104, 222401, 110105, 810000];
    private static readonly string[] Surnames = ["王", "罗", "羅", "欧阳", "买买提·", "阿不都•", "李"];
    private static readonly string[] Given = ["伟", "华", "華", "㛃", "𬭩", "娜", "努尔", "艾力", "John"];

    private readonly Random _random;

    public GeneratedPeople(int seed, int count)
    {
        _random = new Random(seed);
        var numbers = Enumerable.Range(0, count).Select(_ => Number()).ToArray();
        for (var i = 0; i < count; i++)
        {
            // Every tenth person shares the number of another.
            var number = _random.Next(10) == 0 ? Pick(numbers) : numbers[i];
            Rows.Add(
            [
                number, _random.Next(30) == 0 ? "" : Name(), Odd("1", "2", "男", "女"), Odd(Date(number), Date(Number())), Odd("01", "汉族", "10", "朝鲜"), Odd("220102", "110105", "222401", "220381", "220184", "220100"),
                Pick(["active", "active", "active", "active", "deceased", "cancelled", "changing"]), "2200000001", "01",
                _random.Next(5) == 0 ? Name() + "|" + Name() : "", "",
            ]);
        }

        // Chains of replaced numbers: short, long, looping and without an end.
        for (var i = 0; i < count / 4; i++) Pick(Rows)[10] = _random.Next(6) == 0 ? Number() : Pick(numbers);
    }

    /// <summary>Rows in the person register's column order.</summary>
    public List<string[]> Rows { get; } = [];

    public void WriteCsv(string path)
    {
        var text = new StringBuilder("id_number,name,sex,birth_date,ethnicity,division,status,household_number,relation_to_head,former_names,superseded_by\n");
        foreach (var row in Rows) text.AppendJoin(',', row).Append('\n');
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>A question: number, name, sex, birth date, ethnicity, division, in the spellings that people use; often about somebody of the register.</summary>
    public string[] Question()
    {
        var row = Pick(Rows);
        var number = _random.Next(8) == 0 ? Number() : row[0];
        var former = row[9].Split('|')[0];
        var name = _random.Next(10) switch
        {
            0 => Name(),
            1 => former,
            2 => "",
            3 => row[1] + "?",
            4 => row[1].Replace('罗', '羅').Replace('華', '华'),
            5 => " " + row[1].Replace("·", "．") + " ",
            _ => row[1],
        };
        return
        [
            Spelling(number), name, Odd(row[2], "1", "F", "女", "未知"), Odd(row[3], row[3].Replace("-", ""), "1990年1月1日", "明天"),
            Odd(row[4], "汉", "10", "火星族"), Odd(row[5], "220102", "延吉市", "朝阳区", "吉林省长春市南关区", "22", "长春市", "吉林省", "北京市", "公主岭市", "四平市"),
        ];
    }

    private string Spelling(string number) => _random.Next(14) switch
    {
        12 => number.Replace('0', 'O'),
        13 => number[..10] + "0230" + number[14..],
        0 => "'" + number,
        1 => string.Concat(number.Select(c => (char)(c - '0' + '０'))).Replace('\uFF38', 'Ｘ'),
        2 => number.ToLowerInvariant(),
        3 => number[..17] + (number[17] == '1' ? '2' : '1'),
        4 => number[..12],
        5 when number[6..8] == "19" => number[..6] + number[8..17],
        6 => "",
        7 => "2.2010219900101E+17",
        8 => number.Insert(6, " "),
        9 => "00" + number[2..],
        _ => number,
    };

    private string Number()
    {
        var digits = $"{Pick(Prefixes)}{new DateOnly(1930, 1, 1).AddDays(_random.Next(80 * 365)):yyyyMMdd}{_random.Next(1000):D3}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[weights.Select((weight, i) => weight * (digits[i] - '0')).Sum() % 11];
    }

    private static string Date(string number) => $"{number[6..10]}-{number[10..12]}-{number[12..14]}";

    private string Name() => Pick(Surnames) + Pick(Given) + (_random.Next(3) == 0 ? Pick(Given) : "") + (_random.Next(40) == 0 ? "很长的名字很长的名字" : "");

    // Mostly one of the values, sometimes nothing.
    private string Odd(params string[] values) => _random.Next(6) == 0 ? "" : values[_random.Next(3) == 0 ? _random.Next(values.Length) : 0];

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
