using System.Globalization;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>A year of the working calendar at a glance, and a due date reckoned day by day. Everything asked stands in the address.</summary>
[Authorize(Policy = Policies.CanSeeClocks)]
internal sealed class CalendarPageModel(DataStore store, CalendarShelf shelf, CurrentActor current, Permissions.Permissions permissions, TimeProvider clock) : PageModel
{
    public static Guide Guide { get; } = new("calendar", CalendarTexts.GuideLook, CalendarTexts.GuideReckon);

    public int Year { get; private set; }

    public WorkingCalendar Calendar { get; private set; } = WorkingCalendar.Shipped;

    public CalendarYear? Published { get; private set; }

    public DateOnly Today { get; } = ChinaTime.DayOf(clock.GetUtcNow());

    public string From { get; private set; } = "";

    public string Rule { get; private set; } = "";

    public string ExcludedFrom { get; private set; } = "";

    public string ExcludedTo { get; private set; } = "";

    public Refusal? Refusal { get; private set; }

    /// <summary>The answer of the calculator; null while nothing was asked.</summary>
    public ClockCard? Card { get; private set; }

    public static IReadOnlyList<ClockRule> Rules => [.. ClockRules.Shipped.All.DistinctBy(rule => rule.Id)];

    public bool MayImport => permissions.Decide(current.Actor, Capabilities.ImportCalendar).IsAllowed;

    public int WorkingDays => Calendar.Count(new DateOnly(Year, 1, 1), new DateOnly(Year, 1, 1).AddYears(1));

    /// <summary>Years that can be shown: those of the calendar that matter to anybody today.</summary>
    public IEnumerable<int> Years => Enumerable.Range(Today.Year - 6, 10);

    public async Task OnGetAsync(string? year, string? from, string? rule, string? exfrom, string? exto, CancellationToken stop)
    {
        Year = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= WorkingCalendar.First.Year && asked < WorkingCalendar.Last.Year ? asked : Today.Year;
        (From, Rule, ExcludedFrom, ExcludedTo) = (from ?? $"{Today:yyyy-MM-dd}", rule ?? "", exfrom ?? "", exto ?? "");
        await using (var connection = await store.OpenAsync(stop)) Calendar = (await shelf.LoadAsync(connection, stop)).For("");
        Published = Calendar.Published(Year);
        if (rule is { Length: > 0 } && !Reckon().Ok(out _, out var refusal)) Refusal = refusal;
    }

    /// <summary>The days of a month in weeks from Monday on; null before the first and after the last.</summary>
    public IEnumerable<CalendarDay?[]> Weeks(int month)
    {
        var first = new DateOnly(Year, month, 1);
        var before = ((int)first.DayOfWeek + 6) % 7;
        var days = Enumerable.Repeat<CalendarDay?>(null, before).Concat(Enumerable.Range(0, DateTime.DaysInMonth(Year, month)).Select(day => Calendar.Day(first.AddDays(day))));
        return days.Chunk(7).Select(week => (CalendarDay?[])[.. week, .. new CalendarDay?[7 - week.Length]]);
    }

    private Result<ClockReading> Reckon()
    {
        if (!Day(From).Ok(out var start, out var refusal)) return refusal;
        if (!ClockRules.Shipped.Find(Rule, start).Ok(out var rule, out refusal)) return refusal;
        var entries = new List<ClockEntry> { Entry(ClockAct.Start, start) };
        if (ExcludedFrom.Length + ExcludedTo.Length > 0)
        {
            if (!Day(ExcludedFrom).Ok(out var first, out refusal) || !Day(ExcludedTo).Ok(out var last, out refusal)) return refusal;
            if (last < first || last.DayNumber - first.DayNumber > 3660) return ClockRefusals.Days;
            entries.Add(Entry(ClockAct.Exclude, first) with { Until = last });
        }

        var reading = ReadClock.Of(rule, entries, Calendar);
        Card = new ClockCard("trial", reading, clock.GetUtcNow()) { IsTold = true };
        return reading;
    }

    private ClockEntry Entry(ClockAct act, DateOnly day) => new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Act = act, Day = day, Provision = "", Author = "calendar" };

    private static Result<DateOnly> Day(string text) =>
        DateOnly.TryParseExact(text, CalendarText.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= ClockLaw.Earliest && day <= ClockLaw.Latest ? day : ClockRefusals.Days;
}
