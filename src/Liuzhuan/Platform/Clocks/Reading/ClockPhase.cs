using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>A stretch of a limit that is counted in one way.</summary>
/// <param name="First">The first cell that may be counted.</param>
/// <param name="Count">How many cells are counted.</param>
/// <param name="WorkingOnly">True when only working days are.</param>
internal readonly record struct ClockPhase(long First, int Count, bool WorkingOnly)
{
    /// <summary>The cell behind the last one counted; null when a suspension without an end comes before.</summary>
    public long? End(IReadOnlyList<ClockBlock> blocks, WorkingCalendar calendar)
    {
        var (at, left) = (First, Count);
        foreach (var block in blocks)
        {
            if (block.To <= at) continue;
            if (block.From > at)
            {
                var between = Between(at, block.From, calendar);
                if (between >= left) break;
                left -= (int)between;
            }

            if (block.To == ClockBlock.Open) return null;
            at = block.To;
        }

        return WorkingOnly ? calendar.Nth(DateOnly.FromDayNumber((int)at), left).DayNumber + 1 : at + left;
    }

    private long Between(long from, long before, WorkingCalendar calendar) =>
        WorkingOnly ? calendar.Count(DateOnly.FromDayNumber((int)from), DateOnly.FromDayNumber((int)before)) : before - from;
}
