using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>What a clock says. The numbers are stored.</summary>
internal enum ClockState
{
    /// <summary>Nothing has begun, or what began it was revoked.</summary>
    NotStarted = 0,
    Running = 1,
    Suspended = 2,
    Overdue = 3,
    Stopped = 4,
}

/// <summary>The end of a clock, and how it came about.</summary>
internal sealed record ClockReading
{
    public required ClockRule Rule { get; init; }

    public required ClockTimeline Timeline { get; init; }

    public required WorkingCalendar Calendar { get; init; }

    /// <summary>How the limit is counted; empty before the start.</summary>
    public IReadOnlyList<ClockPhase> Phases { get; init; } = [];

    /// <summary>The entry counting begins with: the start or the last interruption.</summary>
    public ClockEntry? From => Timeline.Restart ?? Timeline.Start;

    /// <summary>The last day that was counted.</summary>
    public DateOnly? Counted { get; init; }

    /// <summary>That day moved off days that are not worked.</summary>
    public DateOnly? RolledTo { get; init; }

    /// <summary>The end by the law as it is now, whatever was told before.</summary>
    public DateOnly? Computed { get; init; }

    /// <summary>The last day on which it is in time; null before the start and during a suspension without an end.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The instant from which on it is overdue: the end of that day in China (civil code article 203), or the end of the hours.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The years it depends on whose notice is not published; with any, the end is provisional.</summary>
    public IReadOnlyList<int> ProvisionalYears { get; init; } = [];

    public bool IsProvisional => ProvisionalYears.Count > 0;

    /// <summary>The state at an instant.</summary>
    public ClockState StateAt(DateTimeOffset now) =>
        From is null ? ClockState.NotStarted
        : Timeline.Stop is not null ? ClockState.Stopped
        : DueAt is { } due && now >= due ? ClockState.Overdue
        : IsSuspendedAt(now) ? ClockState.Suspended
        : ClockState.Running;

    /// <summary>Was it done in time? Null while it is not over, or where no end was known.</summary>
    public bool? IsInTime => Timeline.Stop is { } stop && Due is { } due ? Rule.CountsHours ? ChinaTime.StartOf(stop.Day) + stop.Time.ToTimeSpan() <= DueAt : stop.Day <= due : null;

    /// <summary>When to warn that it is nearly due; null when there is nothing left to warn of.</summary>
    public DateTimeOffset? WarnAt
    {
        get
        {
            if (Due is not { } due || DueAt is not { } dueAt || From is not { } from || Rule.WarnBefore == 0) return null;
            var begun = ChinaTime.StartOf(from.Day) + (Rule.CountsHours ? from.Time.ToTimeSpan() : TimeSpan.FromDays(1));
            var warn = Rule.CountsHours ? dueAt.AddHours(-Rule.WarnBefore) : ChinaTime.StartOf(WorkingDayBefore(due, Rule.WarnBefore));
            return warn >= begun ? warn : null;
        }
    }

    private bool IsSuspendedAt(DateTimeOffset now)
    {
        var cell = Timeline.CellOf(ChinaTime.DayOf(now), ChinaTime.TimeOf(now));
        return Timeline.Blocks.Any(block => block.At(cell).Any(entry => entry.Act == ClockAct.Suspend));
    }

    private DateOnly WorkingDayBefore(DateOnly day, int count)
    {
        for (; count > 0 && day > WorkingCalendar.First; day = day.AddDays(-1))
        {
            if (Calendar.IsWorking(day.AddDays(-1))) count--;
        }

        return day;
    }
}
