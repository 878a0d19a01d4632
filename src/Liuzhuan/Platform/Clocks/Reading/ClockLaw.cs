using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>May this entry be added to a clock? Pure; refuses what the arithmetic would have to ignore.</summary>
internal static class ClockLaw
{
    private const int LongestText = 500;

    /// <summary>The days entries may name; far enough from the calendar's ends for every limit to fit.</summary>
    public static readonly DateOnly Earliest = WorkingCalendar.First.AddYears(1), Latest = new(2049, 12, 31);

    /// <summary>Null when it may.</summary>
    /// <param name="before">The clock without it.</param>
    public static Refusal? Check(ClockReading before, ClockEntry entry)
    {
        var line = before.Timeline;
        if (entry.Day < Earliest || entry.Day > Latest || entry.Until < entry.Day || entry.Until > Latest) return ClockRefusals.Days;
        if (entry.Author.Length is 0 or > 200 || entry.Approver?.Length > 200 || entry.Note?.Length > LongestText || entry.Provision.Length > LongestText) return ClockRefusals.Texts;
        if (entry.Provision.Length == 0 && entry.Act != ClockAct.Tell) return ClockRefusals.NoProvision;
        if (entry.Act == ClockAct.Start) return line.Start is null ? null : ClockRefusals.Started;
        if (entry.Act == ClockAct.Revoke) return line.Live.Any(live => live.Id == entry.Of && live.Act != ClockAct.Tell) ? null : ClockRefusals.NothingToRevoke;
        if (line.Start is not { } start) return ClockRefusals.NotStarted;
        if (line.Stop is not null) return ClockRefusals.Stopped;
        if (line.CellOf(entry) < line.CellOf(start)) return ClockRefusals.BeforeStart;
        return entry.Act switch
        {
            ClockAct.Resume => IsSuspended(line, entry) ? null : ClockRefusals.NotSuspended,
            ClockAct.Exclude when entry.Until is null => ClockRefusals.NoEnd,
            ClockAct.Extend => Extension(before, entry),
            ClockAct.Tell => entry.Day == before.Due ? null : ClockRefusals.NotThePromise,
            _ => null,
        };
    }

    private static bool IsSuspended(ClockTimeline line, ClockEntry entry) =>
        line.Live.Any(live => live.Act == ClockAct.Suspend && (entry.Of ?? live.Id) == live.Id && line.CellOf(live) <= line.CellOf(entry));

    private static Refusal? Extension(ClockReading before, ClockEntry entry)
    {
        if (before.Rule.Extension is not { } most || entry.By is not { } by) return ClockRefusals.NoExtension;
        if (by.Unit != most.Unit || by.Count < 1 || before.Timeline.Extensions.Sum(one => one.By!.Value.Count) + by.Count > most.Count) return ClockRefusals.TooLong(most);
        if (before.Rule.ExtensionApprover is { } approver && string.IsNullOrWhiteSpace(entry.Approver)) return ClockRefusals.NoApprover(approver);
        // What is over cannot be made longer.
        return before.Due is { } due && entry.Day > due ? ClockRefusals.TooLate : null;
    }
}
