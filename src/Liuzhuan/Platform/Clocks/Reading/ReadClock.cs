using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>When is it due? A pure function of rule, entries and calendar; the time of day it is asked does not matter.</summary>
internal static class ReadClock
{
    public static ClockReading Of(ClockRule rule, IEnumerable<ClockEntry> entries, WorkingCalendar calendar)
    {
        var line = new ClockTimeline(rule, entries);
        var reading = new ClockReading { Rule = rule, Timeline = line, Calendar = calendar };
        if ((line.Restart ?? line.Start) is not { } from) return reading;
        long? end = null;
        var phases = new List<ClockPhase>();
        foreach (var make in Phases(rule, line, from))
        {
            var phase = make(end);
            phases.Add(phase);
            end = phase.End(line.Blocks, calendar);
            if (end is null) break;
        }

        return end is { } known ? Ended(reading with { Phases = phases }, known) : reading with { Phases = phases };
    }

    // Where a rule and its extension are counted in different ways, the second begins where the first ends.
    private static IEnumerable<Func<long?, ClockPhase>> Phases(ClockRule rule, ClockTimeline line, ClockEntry from)
    {
        var (own, more) = (rule.Limit, Extended(rule, line));
        var joined = more is { } same && IsCalendar(same.Unit) == IsCalendar(own.Unit) && (own.Unit == LimitUnit.Hours) == (same.Unit == LimitUnit.Hours);
        yield return _ => First(own, joined ? more : null, line, from);
        if (!joined && more is { } other) yield return end => Counted([other], DateOnly.FromDayNumber((int)end!.Value - 1), end.Value);
    }

    private static ClockPhase First(Limit own, Limit? more, ClockTimeline line, ClockEntry from)
    {
        Limit[] limits = more is { } extension ? [own, extension] : [own];
        return own.Unit switch
        {
            // Hours run from the moment itself (civil code article 201), in minutes.
            LimitUnit.Hours => new ClockPhase(line.CellOf(from), limits.Sum(limit => limit.Count) * 60, WorkingOnly: false),
            // At once is within the day it came, or the next one that is worked.
            LimitUnit.AtOnce => new ClockPhase(line.CellOf(from), 1 + limits.Sum(limit => limit.Count), WorkingOnly: true),
            _ => Counted(limits, from.Day, line.CellBehind(from.Day)),
        };
    }

    // Months and years end on the day of the same number, or on the last of the month (civil code article 202); from then on they are days.
    private static ClockPhase Counted(Limit[] limits, DateOnly from, long first)
    {
        if (limits.All(limit => !IsCalendar(limit.Unit))) return new ClockPhase(first, limits.Sum(limit => limit.Count), WorkingOnly: true);
        var months = limits.Sum(limit => limit.Unit switch { LimitUnit.Months => limit.Count, LimitUnit.Years => limit.Count * 12, _ => 0 });
        var days = limits.Sum(limit => limit.Unit == LimitUnit.Days ? limit.Count : 0);
        return new ClockPhase(first, from.AddMonths(months).DayNumber - from.DayNumber + days, WorkingOnly: false);
    }

    private static Limit? Extended(ClockRule rule, ClockTimeline line) =>
        rule.Extension is { } most && line.Extensions.Count > 0 ? most with { Count = (int)Math.Min(most.Count, line.Extensions.Sum(entry => (long)entry.By!.Value.Count)) } : null;

    private static ClockReading Ended(ClockReading reading, long end)
    {
        var (rule, line, calendar) = (reading.Rule, reading.Timeline, reading.Calendar);
        var counted = line.DayOf(end - 1);
        if (rule.Rolls && !rule.CountsHours) end = Math.Max(end, line.CellBehind(calendar.Roll(counted)));
        var rolled = line.DayOf(end - 1);
        foreach (var roll in line.Rolls) end = Math.Max(end, line.CellBehind(calendar.Roll(roll.Day)));
        var computed = line.DayOf(end - 1);
        if (line.Told is { } told) end = Math.Max(end, rule.CountsHours ? line.CellOf(told) : line.CellBehind(told.Day));
        var (first, due) = (reading.From!.Day, line.DayOf(end - 1));
        var isCounted = reading.Phases.Any(phase => phase.WorkingOnly);
        var unpublished = isCounted || line.Rolls.Count > 0 ? calendar.ProvisionalYears(first, due) : rule.Rolls && !rule.CountsHours ? calendar.ProvisionalYears(counted, due) : [];
        return reading with { Counted = counted, RolledTo = rolled, Computed = computed, Due = due, DueAt = line.InstantOf(end), ProvisionalYears = unpublished };
    }

    private static bool IsCalendar(LimitUnit unit) => unit is LimitUnit.Days or LimitUnit.Months or LimitUnit.Years;
}
