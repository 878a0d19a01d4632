using System.Text;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Commands.DemoData;

/// <summary>Writes the request files: a school's spreadsheet, an employer's list in GB18030, and a roster of 100,000 rows.</summary>
internal static class DemoRequests
{
    public const string School = "school.xlsx", Employer = "employer_gb18030.csv", Roster = "roster_100k.csv";

    private const ulong SchoolKind = 3, EmployerKind = 4, RosterKind = 5;
    private const int SchoolRows = 900, EmployerRows = 880, RosterRows = 100_000;
    private const int SlipPercent = 14;

    // Shares among people who are in the register, so that the roster has the mix of docs/matching.md.
    private const int MismatchPerMillion = 38_600, UnknownPerMillion = 30_500, InvalidPerMillion = 10_200;

    private static readonly DateTimeOffset PackageTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Posts = ["工人", "会计", "保安", "司机", "文员"];

    public static void WriteAll(DemoPeople people, string directory)
    {
        WriteFile(Path.Combine(directory, School), stream => WriteSchool(people, stream));
        WriteFile(Path.Combine(directory, Employer), stream => WriteEmployer(people, stream));
        WriteFile(Path.Combine(directory, Roster), stream => WriteRoster(people, stream));
    }

    private static void WriteFile(string path, Action<Stream> write)
    {
        using var stream = File.Create(path);
        write(stream);
    }

    private static void WriteSchool(DemoPeople people, Stream output)
    {
        using var book = new XlsxWriter(output, [new SheetInfo("新生名单", SheetState.Visible)], 0, date1904: false, PackageTime);
        using (var sheet = book.BeginSheet([new ColumnWidth(0, 0, 8), new ColumnWidth(1, 1, 16), new ColumnWidth(2, 2, 24), new ColumnWidth(3, 3, 8)]))
        {
            var line = 0;
            Row(["某中学2026级新生名单（演示数据）"]);
            Row(["序号", "姓名*", "身份证号码", "性别"]);
            foreach (var (number, row) in Mixed(people, SchoolKind, SchoolRows))
            {
                sheet.BeginRow(++line);
                sheet.Cell(0, new SheetCell(0, CellKind.Number, $"{number}", $"{number}"));
                sheet.Text(1, row.Name);
                if (row.AsNumber) sheet.Cell(2, new SheetCell(2, CellKind.Number, row.Number, row.Number[..15] + "000"));
                else sheet.Text(2, row.Number);
                sheet.Text(3, row.Sex);
                sheet.EndRow();
            }

            Row(["合计", $"{SchoolRows}人"]);

            void Row(string[] cells)
            {
                sheet.BeginRow(++line);
                for (var i = 0; i < cells.Length; i++) sheet.Text(i, cells[i]);
                sheet.EndRow();
            }
        }

        book.Finish();
    }

    private static void WriteEmployer(DemoPeople people, Stream output)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var text = new StreamWriter(output, Encoding.GetEncoding("GB18030"), leaveOpen: true) { NewLine = "\r\n" };
        text.WriteLine("拟录用人员名单（演示数据）,,");
        text.WriteLine("填报单位：某市某公司,,");
        text.WriteLine("姓名,公民身份号码,岗位");
        foreach (var (number, row) in Mixed(people, EmployerKind, EmployerRows))
        {
            text.WriteLine($"{row.Name},{(row.AsNumber ? row.Number[..15] + "000" : row.Number)},{Posts[number % Posts.Length]}");
        }
    }

    private static void WriteRoster(DemoPeople people, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("序号,姓名,公民身份号码,户籍区划");
        var picks = new Shuffle((ulong)people.Count, people.Seed + RosterKind);
        for (var i = 0; i < RosterRows; i++)
        {
            var random = SplitMix.For(people.Seed, RosterKind, i);
            var person = people[(long)picks.At((ulong)(i % people.Count))];
            var row = RosterRow(people, person, i, ref random);
            text.WriteLine($"{i + 1},{row.Name},{row.Number},{row.Division}");
        }
    }

    private static DemoRow RosterRow(DemoPeople people, DemoPerson person, int index, ref SplitMix random)
    {
        var row = DemoDefects.Clean(person);
        if (person.OldNumber is not null || person.Status != "active") return row;
        return random.Below(1_000_000) switch
        {
            < MismatchPerMillion => random.Below(10) == 0
                ? row with { Division = person.Division == DemoPlaces.Jilin[0] ? DemoPlaces.Jilin[1] : DemoPlaces.Jilin[0] }
                : row with { Name = person.FormerName.Length > 0 ? person.FormerName : DemoNames.Renamed(person.Name, ref random) },
            < MismatchPerMillion + UnknownPerMillion => row with { Number = people.UnusedNumber(1_000_000 + index) },
            < MismatchPerMillion + UnknownPerMillion + InvalidPerMillion => row with { Number = random.Below(3) == 0 ? row.Number[..^1] : DemoDefects.Missed(row.Number) },
            _ => row,
        };
    }

    private static IEnumerable<(int Number, DemoRow Row)> Mixed(DemoPeople people, ulong kind, int rows)
    {
        var picks = new Shuffle((ulong)people.Count, people.Seed + kind);
        for (var i = 0; i < rows; i++)
        {
            var random = SplitMix.For(people.Seed, kind, i);
            // Now and then somebody stands on the list twice.
            var pick = i > 0 && random.Chance(5_000) ? i - 1 : i;
            var person = people[(long)picks.At((ulong)(pick % people.Count))];
            var row = random.Below(100) < SlipPercent ? DemoDefects.With(random.Below(DemoDefects.Kinds), person, ref random) : DemoDefects.Clean(person);
            yield return (i + 1, random.Chance(8_000) ? row with { Number = people.UnusedNumber(2_000_000 + i) } : row);
        }
    }
}
