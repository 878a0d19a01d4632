using System.Globalization;
using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Clocks.Calendars;

/// <summary>
/// The days off that the law itself fixes (data/calendars/cn/statutory.yaml). A year without a notice is reckoned by them until there is one.
/// The lunar days come from the base library's calendar; ICU's, which browsers use, has the first day of 2027 one day late.
/// </summary>
internal sealed class StatutoryHolidays
{
    private static readonly ChineseLunisolarCalendar Moon = new();
    private static readonly Lazy<StatutoryHolidays> FromProgram = new(() => new StatutoryHolidays(ShippedCalendars.Read("statutory.yaml")));

    private readonly List<Version> _versions;

    /// <exception cref="UnfitException">The file does not fit.</exception>
    public StatutoryHolidays(string yaml)
    {
        var root = CalendarText.Root(new StringReader(yaml)) as YamlSequenceNode ?? throw new UnfitException(0, "应是列表", "a list is expected");
        _versions = [.. root.Select(item => Read(CalendarText.Mapping(item, "from", "provision", "verified", "holidays"))).OrderByDescending(version => version.From)];
    }

    /// <summary>The rule that comes with the product.</summary>
    public static StatutoryHolidays Shipped => FromProgram.Value;

    /// <summary>The days off of a year by the law alone, in order; with the weekdays on which those that fall on a weekend are made good.</summary>
    public IReadOnlyList<StatutoryDay> Of(int year)
    {
        var version = _versions.First(version => version.From <= year);
        var days = new SortedDictionary<DateOnly, StatutoryDay>();
        foreach (var (name, written) in version.Holidays)
        {
            foreach (var one in written) days.TryAdd(Date(year, one), new StatutoryDay(Date(year, one), name, version.Provision, IsCertain: one != "qingming" && version.IsVerified));
        }

        foreach (var (name, written) in version.Holidays)
        {
            var own = written.Select(one => Date(year, one)).ToList();
            var next = own.Max();
            for (var owed = own.Count(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday); owed > 0;)
            {
                next = next.AddDays(1);
                if (next.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || !days.TryAdd(next, new StatutoryDay(next, name, version.Provision, IsCertain: false))) continue;
                owed--;
            }
        }

        return [.. days.Values];
    }

    private static DateOnly Date(int year, string written) => written switch
    {
        "eve" => Lunar(year, 1, 1).AddDays(-1),
        "qingming" => Qingming(year),
        _ when written.StartsWith("lunar ", StringComparison.Ordinal) => Lunar(year, Part(written, 6), Part(written, 9)),
        _ => new DateOnly(year, Part(written, 0), Part(written, 3)),
    };

    private static int Part(string written, int at) => int.Parse(written.AsSpan(at, 2), CultureInfo.InvariantCulture);

    private static DateOnly Lunar(int year, int month, int day)
    {
        // The library counts a leap month as a month of its own and shifts those after it.
        var leap = Moon.GetLeapMonth(year);
        return DateOnly.FromDateTime(Moon.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
    }

    // The usual rule of thumb for the 21st century; it stays a guess, and only a notice settles the day.
    private static DateOnly Qingming(int year)
    {
        var inCentury = year % 100;
        return new DateOnly(year, 4, (int)((inCentury * 0.2422) + (year < 2000 ? 5.59 : 4.81)) - (inCentury / 4));
    }

    private static Version Read(YamlMappingNode node) => new(CalendarText.Number(node, "from"), CalendarText.Required(node, "provision"), CalendarText.Flag(node, "verified", false), [.. CalendarText.List(node, "holidays").Select(item =>
    {
        var holiday = CalendarText.Mapping(item, "zh", "en", "days");
        return (new Text(CalendarText.Required(holiday, "zh"), CalendarText.Required(holiday, "en")), CalendarText.Required(holiday, "days").Split(", "));
    })]);

    private sealed record Version(int From, string Provision, bool IsVerified, IReadOnlyList<(Text Name, string[] Days)> Holidays);
}

/// <summary>A day off by law.</summary>
/// <param name="IsCertain">False for what is a guess until a notice settles it.</param>
internal sealed record StatutoryDay(DateOnly Date, Text Holiday, string Provision, bool IsCertain);
