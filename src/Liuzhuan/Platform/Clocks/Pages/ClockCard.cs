using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>A legal clock as pages show it: what is due when, how far it has got, and the arithmetic behind it. Shown by <c>/Platform/Web/Shell/_Clock.cshtml</c>.</summary>
/// <param name="Id">Names the matter, never a person.</param>
internal sealed record ClockCard(string Id, ClockReading Reading, DateTimeOffset Now)
{
    public static ClockCard Of(KeptClock kept, CalendarSet calendars, DateTimeOffset now) => new(kept.Id, kept.Read(calendars), now);

    /// <summary>Shows the arithmetic at once, not only on demand.</summary>
    public bool IsTold { get; init; }

    /// <summary>Where it is shown by itself.</summary>
    public string Path => "/workbench/clocks/of/" + string.Join('/', Id.Split('/').Select(Uri.EscapeDataString));

    public ClockProgress Progress { get; } = ClockProgress.Of(Reading, Now);

    public ClockState State { get; } = Reading.StateAt(Now);

    /// <summary>Is it time to warn?</summary>
    public bool IsNearlyDue => State == ClockState.Running && Reading.WarnAt is { } warn && Now >= warn;

    /// <summary>For the id of an element; the same for the same clock.</summary>
    public string Anchor => "clock-" + string.Concat(Id.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    public (StatusKind Kind, Text Word) Status => State switch
    {
        ClockState.NotStarted => (StatusKind.Plain, ClockTexts.NotStarted),
        ClockState.Overdue => (StatusKind.Bad, ClockTexts.Overdue),
        ClockState.Suspended => (StatusKind.Plain, ClockTexts.Suspended),
        ClockState.Stopped => Reading.IsInTime switch
        {
            true => (StatusKind.Good, ClockTexts.InTime),
            false => (StatusKind.Warning, ClockTexts.Late),
            null => (StatusKind.Plain, ClockTexts.Stopped),
        },
        _ => IsNearlyDue ? (StatusKind.Warning, ClockTexts.NearlyDue) : (StatusKind.Good, ClockTexts.Running),
    };

    /// <summary>When it is due, with the hour where hours are counted; says so while that is open.</summary>
    public Text Due => Reading.Due is not { } day ? ClockTexts.OpenEnd
        : Reading.Rule.CountsHours && Reading.DueAt is { } at ? new($"{at.ToOffset(ChinaTime.Offset):yyyy-MM-dd HH:mm}", $"{at.ToOffset(ChinaTime.Offset):yyyy-MM-dd HH:mm}")
        : ClockWords.Day(day);

    /// <summary>A number of whatever is counted.</summary>
    public Text Amount(long count) => Progress.Unit switch
    {
        LimitUnit.Hours => new($"{count} 小时", count == 1 ? "1 hour" : $"{count} hours"),
        LimitUnit.WorkingDays => new($"{count} 个工作日", count == 1 ? "1 working day" : $"{count} working days"),
        _ => new($"{count} 日", count == 1 ? "1 day" : $"{count} days"),
    };

    /// <summary>How long it stood still: days of the wall calendar, or hours.</summary>
    public Text Paused => Progress.Unit == LimitUnit.Hours ? Amount(Progress.Paused) : new($"{Progress.Paused} 日", Progress.Paused == 1 ? "1 day" : $"{Progress.Paused} days");

    /// <summary>The arithmetic, a sentence a line.</summary>
    public IEnumerable<Text> Steps => ClockArithmetic.Steps(Reading).Select(step => ClockWords.Of(step, Reading));
}
