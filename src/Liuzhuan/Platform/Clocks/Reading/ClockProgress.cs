using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>How far a clock has got: what is used of its limit, what is left, how long it stood still. In working days, days or hours, as the limit counts.</summary>
/// <param name="Unit"><see cref="LimitUnit.WorkingDays"/>, <see cref="LimitUnit.Days"/> or <see cref="LimitUnit.Hours"/>.</param>
/// <param name="Used">Counted before today; up to its last day, once it is over.</param>
/// <param name="Left">From today to the end, both included; null while a suspension leaves the end open.</param>
/// <param name="Paused">Days (or hours) since the start that the law leaves out.</param>
internal sealed record ClockProgress(LimitUnit Unit, long Used, long Whole, long? Left, long Paused)
{
    private const int MinutesOfHour = 60;

    public static ClockProgress Of(ClockReading reading, DateTimeOffset now)
    {
        var (line, hours) = (reading.Timeline, reading.Rule.CountsHours);
        var unit = hours ? LimitUnit.Hours : reading.Phases is [{ WorkingOnly: true }, ..] ? LimitUnit.WorkingDays : LimitUnit.Days;
        var at = line.Stop is { } stop ? hours ? line.CellOf(stop) : line.CellBehind(stop.Day) : line.CellOf(ChinaTime.DayOf(now), ChinaTime.TimeOf(now));
        var used = reading.Phases.Sum(phase => Math.Min(phase.Count, Counted(phase, at, reading)));
        var whole = reading.Phases.Sum(phase => (long)phase.Count);
        var paused = reading.Phases is [var first, ..] ? line.Blocks.Sum(block => Math.Max(0, Math.Min(block.To, at) - Math.Max(block.From, first.First))) : 0;
        long? left = line.Stop is not null || reading.Due is not { } due || reading.DueAt is not { } end ? null
            : hours ? Math.Max(0, (long)Math.Ceiling((end - now).TotalHours))
            : Until(Later(ChinaTime.DayOf(now), line.DayOf(reading.Phases[0].First)), due, unit, reading.Calendar);
        return hours ? new(unit, used / MinutesOfHour, whole / MinutesOfHour, left, paused / MinutesOfHour) : new(unit, used, whole, left, paused);
    }

    // On the day of the start, which is not counted, nothing of the limit is gone.
    private static DateOnly Later(DateOnly today, DateOnly first) => today > first ? today : first;

    private static long Until(DateOnly today, DateOnly due, LimitUnit unit, WorkingCalendar calendar) =>
        due < today ? 0 : unit == LimitUnit.WorkingDays ? calendar.Count(today, due.AddDays(1)) : due.DayNumber - today.DayNumber + 1;

    private static long Counted(ClockPhase phase, long before, ClockReading reading) =>
        Between(phase, phase.First, before, reading.Calendar)
        - reading.Timeline.Blocks.Sum(block => Between(phase, Math.Max(block.From, phase.First), Math.Min(block.To, before), reading.Calendar));

    private static long Between(ClockPhase phase, long from, long before, WorkingCalendar calendar) =>
        before <= from ? 0 : phase.WorkingOnly ? calendar.Count(DateOnly.FromDayNumber((int)from), DateOnly.FromDayNumber((int)before)) : before - from;
}
