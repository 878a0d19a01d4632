using System.Globalization;

namespace Liuzhuan.Tests.Platform.Clocks.Calendars;

/// <summary>Working days as a clerk finds them: looks every day up in a plain list, one after the other. Knows nothing of the product's calendar.</summary>
internal static class SlowCalendar
{
    // Written down once more from the notices, as months and days.
    private static readonly Dictionary<int, (string Off, string Work)> Notices = new()
    {
        [2024] = ("0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007", "0204 0218 0407 0428 0511 0914 0929 1012"),
        [2025] = ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
        [2026] = ("0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007", "0104 0214 0228 0509 0920 1010"),
    };

    private static readonly HashSet<DateOnly> Off = [.. Notices.SelectMany(notice => Days(notice.Key, notice.Value.Off))], Work = [.. Notices.SelectMany(notice => Days(notice.Key, notice.Value.Work))];

    /// <summary>The years it knows.</summary>
    public static readonly DateOnly First = new(2024, 1, 1), Last = new(2026, 12, 31);

    public static bool IsWorking(DateOnly day)
    {
        Assert.InRange(day, First, Last);
        return Work.Contains(day) || (!Off.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
    }

    /// <summary>The day on which a limit of working days ends; the start is not counted.</summary>
    public static DateOnly Due(DateOnly start, int workingDays, Func<DateOnly, bool>? isLeftOut = null)
    {
        var day = start;
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (isLeftOut?.Invoke(day) != true && IsWorking(day)) left--;
        }

        return day;
    }

    private static IEnumerable<DateOnly> Days(int year, string written)
    {
        foreach (var part in written.Split(' '))
        {
            var ends = part.Split('-').Select(text => DateOnly.ParseExact($"{year}{text}", "yyyyMMdd", CultureInfo.InvariantCulture)).ToList();
            for (var day = ends[0]; day <= ends[^1]; day = day.AddDays(1)) yield return day;
        }
    }
}
