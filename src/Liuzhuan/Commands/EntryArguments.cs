using System.CommandLine;
using System.Globalization;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Commands;

/// <summary>The options that make an entry of a clock.</summary>
internal sealed class EntryArguments
{
    private readonly Session _session;
    private readonly Option<string?> _day, _until, _time, _by, _of, _provision, _approver, _note;

    public EntryArguments(Session session, Command command)
    {
        _session = session;
        _day = session.Option<string?>("--day", "从哪一天起（默认今天，北京时间）", "The day from which it is meant (default: today in China)", value: CalendarText.DayForm);
        _time = session.Option<string?>("--time", "时刻，时限以小时计时使用（默认 00:00）", "Time of that day, for a limit in hours (default 00:00)", value: ClockActs.TimeForm);
        _until = session.Option<string?>("--until", "不计入的最后一日", "The last day that is not counted", value: CalendarText.DayForm);
        _by = session.Option<string?>("--by", "延长多少，如 10wd", "By how much it is extended, for example 10wd", value: "LIMIT");
        _of = session.Option<string?>("--of", "所恢复或撤销的记录编号", "Id of the entry that is resumed or revoked", value: "ENTRY-ID");
        _provision = session.Option<string?>("--provision", "依据的法律条款", "The provision it rests on", value: "TEXT");
        _approver = session.Option<string?>("--approver", "批准人", "Who approved it", value: "TEXT");
        _note = session.Option<string?>("--note", "备注，不写个人信息", "A note, without personal data", value: "TEXT");
        foreach (var option in new[] { _day, _time, _until, _by, _of, _provision, _approver, _note }) command.Options.Add(option);
    }

    public Result<ClockEntry> Read(ParseResult parsed, ClockAct act)
    {
        var now = _session.Terminal.Clock.GetUtcNow();
        if (!Day(parsed.GetValue(_day), out var day) || !Day(parsed.GetValue(_until), out var until)) return ClockRefusals.Days;
        if (!TimeOnly.TryParseExact(parsed.GetValue(_time) ?? "00:00", ClockActs.TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return NoTime;
        Guid? of = null;
        if (parsed.GetValue(_of) is { } other)
        {
            if (!Guid.TryParse(other, out var id)) return ClockRefusals.NothingToRevoke;
            of = id;
        }

        Limit? by = null;
        if (parsed.GetValue(_by) is { } length)
        {
            if (!Limit.Parse(length).Ok(out var limit, out var refusal)) return refusal;
            by = limit;
        }

        return new ClockEntry
        {
            Id = Guid.CreateVersion7(now), Act = act, Day = day ?? ChinaTime.DayOf(now), Time = time, Until = until, By = by, Of = of,
            Provision = parsed.GetValue(_provision) ?? "", Author = OpenedData.Actor, Approver = parsed.GetValue(_approver), Note = parsed.GetValue(_note),
        };
    }

    private static bool Day(string? text, out DateOnly? day)
    {
        day = null;
        if (text is null) return true;
        if (!DateOnly.TryParseExact(text, CalendarText.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        day = read;
        return true;
    }

    private static readonly Refusal NoTime = new("clocks.time", "--time 应为 HH:mm 形式的时刻，如 09:30。", "--time must be a time of day like 09:30.");
}
