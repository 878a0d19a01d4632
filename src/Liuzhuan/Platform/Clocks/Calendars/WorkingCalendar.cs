using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Calendars;

/// <summary>
/// Which days are worked. Immutable; the answer for a year without a notice is provisional. Counts of working days are summed up once,
/// so that adding any number of them is a search and not a walk.
/// </summary>
internal sealed class WorkingCalendar
{
    /// <summary>The days a calendar covers; beyond them the lunar tables of the base library end.</summary>
    public static readonly DateOnly First = new(1950, 1, 1), Last = new(2099, 12, 31);

    private static readonly Lazy<WorkingCalendar> FromProgram = new(() => new WorkingCalendar(ShippedCalendars.Years, ""));

    // Working days before the day of this index, counted from First; one more entry than there are days.
    private readonly int[] _before = new int[Last.DayNumber - First.DayNumber + 2];
    private readonly Dictionary<DateOnly, (DayKind Kind, Text Holiday)> _special = [];
    private readonly Dictionary<int, CalendarYear> _published;

    /// <param name="years">Of several for the same year and division the last one counts.</param>
    /// <param name="division">The division whose local days are added; empty for none.</param>
    public WorkingCalendar(IEnumerable<CalendarYear> years, string division)
    {
        var all = years.Where(year => division.StartsWith(year.Division, StringComparison.Ordinal)).GroupBy(year => (year.Year, year.Division)).Select(same => same.Last()).OrderBy(year => year.Division.Length).ThenBy(year => year.Year).ToList();
        _published = all.Where(year => year.Division.Length == 0).ToDictionary(year => year.Year);
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', all.Select(year => $"{year.Division}\0{year.Text}")))))[..16];
        for (var year = First.Year; year <= Last.Year; year++)
        {
            if (_published.ContainsKey(year)) continue;
            foreach (var day in StatutoryHolidays.Shipped.Of(year)) _special[day.Date] = (DayKind.Holiday, day.Holiday);
        }

        foreach (var year in all)
        {
            foreach (var (day, name) in year.Off) _special[day] = (DayKind.Holiday, name);
            foreach (var (day, name) in year.Work) _special[day] = (DayKind.MakeUp, name);
        }

        for (var i = 0; i < _before.Length - 1; i++) _before[i + 1] = _before[i] + (KindOf(First.AddDays(i)) is DayKind.Weekday or DayKind.MakeUp ? 1 : 0);
    }

    /// <summary>The whole country, by the years that come with the product.</summary>
    public static WorkingCalendar Shipped => FromProgram.Value;

    /// <summary>Changes with everything the calendar was made of.</summary>
    public string Digest { get; }

    /// <summary>The national notice of a year; null while it is not published.</summary>
    public CalendarYear? Published(int year) => _published.GetValueOrDefault(year);

    /// <summary>The years from one day to another without a notice.</summary>
    public IReadOnlyList<int> ProvisionalYears(DateOnly from, DateOnly to) => [.. Enumerable.Range(from.Year, Math.Max(0, to.Year - from.Year + 1)).Where(year => !_published.ContainsKey(year))];

    /// <exception cref="ArgumentOutOfRangeException">The calendar does not reach there.</exception>
    public CalendarDay Day(DateOnly day)
    {
        Index(day);
        return new CalendarDay(day, KindOf(day), _special.TryGetValue(day, out var special) ? special.Holiday : null, !_published.ContainsKey(day.Year));
    }

    public bool IsWorking(DateOnly day) => _before[Index(day) + 1] > _before[Index(day)];

    /// <summary>Working days from <paramref name="from"/> up to, not including, <paramref name="before"/>; 0 when that is not later.</summary>
    public int Count(DateOnly from, DateOnly before) => before <= from ? 0 : _before[Index(before.AddDays(-1)) + 1] - _before[Index(from)];

    /// <summary>The working day that is the <paramref name="number"/>th from <paramref name="from"/> on, which itself is looked at first.</summary>
    /// <param name="number">From 1.</param>
    public DateOnly Nth(DateOnly from, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var wanted = _before[Index(from)] + number;
        var found = Array.BinarySearch(_before, wanted);
        ArgumentOutOfRangeException.ThrowIfNegative(found, nameof(number));
        // Days that are not worked repeat the count; the first place with it stands right behind the day that was counted.
        while (_before[found - 1] == wanted) found--;
        return First.AddDays(found - 1);
    }

    /// <summary>The day itself when it is worked, else the next one that is.</summary>
    public DateOnly Roll(DateOnly day) => Nth(day, 1);

    private DayKind KindOf(DateOnly day) => _special.TryGetValue(day, out var special) && (special.Kind != DayKind.MakeUp || IsWeekend(day)) ? special.Kind : IsWeekend(day) ? DayKind.Weekend : DayKind.Weekday;

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static int Index(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, Last);
        return day.DayNumber - First.DayNumber;
    }
}
