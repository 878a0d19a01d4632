using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>What a step of the arithmetic is about.</summary>
internal enum ClockStepKind
{
    Started,
    Restarted,
    Counted,
    NotWorked,
    Blocked,
    Extended,
    Rolled,
    RolledByEntry,
    Told,
    Open,
    Provisional,
    Ended,
}

/// <summary>Consecutive days that are treated alike, or an event between days.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="First">Number of the first counted day; 0 when none is.</param>
/// <param name="Day">What the calendar says of these days; null where it does not matter.</param>
/// <param name="Grounds">The entries that the step rests on.</param>
internal sealed record ClockStep(ClockStepKind Kind, DateOnly From, DateOnly To, int First, int Last, CalendarDay? Day, IReadOnlyList<ClockEntry> Grounds);
