using System.Globalization;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Directories;

/// <summary>Reads the files of divisions: the list of one year, and the history where a source gives one.</summary>
internal static class DivisionFiles
{
    private const string List = "divisions/list.csv", History = "divisions/history.csv";

    // The list is that of the National Bureau of Statistics of 2023; what it marks as abolished ended between the lists of 2020 and 2023. Since when its divisions are in force it does not say.
    private static readonly DivisionEdge Listed = Edge("..2023"), Abolished = Edge("2020..2023"), BeforeList = Edge("..2020");

    /// <summary>All divisions, by code, of one code the oldest first. A province that has a history has it whole, so its part of the list is not taken.</summary>
    public static IReadOnlyList<Division> Shipped()
    {
        var history = Rows(History).Select(Dated).ToList();
        var told = history.Where(one => one.Level == DivisionLevel.Province).Select(one => one.Code[..2]).ToHashSet();
        var listed = Rows(List).Where(row => !told.Contains(row[0][..2]) || row[4] == "statistical").Select(Undated);
        return [.. history.Concat(listed).OrderBy(one => one.Code, StringComparer.Ordinal)];
    }

    /// <summary>A day (1992-06-06), a year (1983: some day of it), a span of years (2020..2023), or no earlier limit (..1980).</summary>
    public static DivisionEdge Edge(string text)
    {
        if (DateOnly.TryParseExact(text, CalendarText.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return new DivisionEdge(day, day);
        var ends = text.Split("..");
        return new DivisionEdge(ends[0].Length == 0 ? null : new DateOnly(Year(ends[0]), 1, 1), new DateOnly(Year(ends[^1]), 12, 31));
    }

    private static int Year(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static Division Dated(string[] row) => new(row[0], row[1], LevelOf(row[2]), row[3], Edge(row[4]), row[5].Length == 0 ? null : Edge(row[5]), row[6], IsStatistical: false);

    private static Division Undated(string[] row) => row[4] switch
    {
        "official" or "statistical" => new(row[0], row[1], LevelOf(row[2]), row[3], Listed, null, "", row[4] == "statistical"),
        "abolished" => new(row[0], row[1], LevelOf(row[2]), row[3], BeforeList, Abolished, "", IsStatistical: false),
        _ => throw new InvalidOperationException($"{List} has a status that is not known."),
    };

    private static DivisionLevel LevelOf(string text) => Enum.Parse<DivisionLevel>(text, ignoreCase: true);

    private static IEnumerable<string[]> Rows(string name)
    {
        using var stream = typeof(DivisionFiles).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"Resource {name} is missing.");
        using var reader = new StreamReader(stream);
        var isHeading = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (!isHeading) yield return line.Split(',');
            isHeading = false;
        }
    }
}
