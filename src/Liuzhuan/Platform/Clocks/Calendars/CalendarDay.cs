using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Calendars;

/// <summary>Why a day is worked or not.</summary>
internal enum DayKind
{
    /// <summary>Monday to Friday, worked.</summary>
    Weekday,

    /// <summary>Saturday or Sunday, not worked.</summary>
    Weekend,

    /// <summary>Not worked by a notice, or by the law where there is no notice yet.</summary>
    Holiday,

    /// <summary>A Saturday or Sunday that is worked (调休).</summary>
    MakeUp,
}

/// <summary>A day of a calendar.</summary>
/// <param name="Holiday">Which holiday it belongs to; null for ordinary days.</param>
/// <param name="IsProvisional">True when the notice for its year is not known yet.</param>
internal sealed record CalendarDay(DateOnly Date, DayKind Kind, Text? Holiday, bool IsProvisional)
{
    public bool IsWorking => Kind is DayKind.Weekday or DayKind.MakeUp;
}
