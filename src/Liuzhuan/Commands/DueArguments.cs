using System.CommandLine;
using System.Globalization;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Commands;

/// <summary>The options of <c>calendar due</c>: a clock that nobody keeps.</summary>
internal sealed class DueArguments
{
    private readonly Session _session;
    private readonly Option<string> _from, _time;
    private readonly Option<string?> _limit, _rule, _extend, _told, _interrupt, _rollTo;
    private readonly Option<string[]> _suspend, _exclude;
    private readonly Option<bool> _noRoll;

    public DueArguments(Session session, Command command)
    {
        _session = session;
        _from = session.Option<string>("--from", "收到或受理之日", "Day of receipt or acceptance", required: true, value: CalendarText.DayForm);
        _time = session.Option<string>("--time", "收到的时刻，时限以小时计时使用（默认 00:00）", "Time of receipt, for a limit in hours (default 00:00)", value: "HH:mm");
        _time.DefaultValueFactory = _ => "00:00";
        _limit = session.Option<string?>("--limit", "时限：5wd、60cd、3mo、1y、24h 或 at-once", "The limit: 5wd, 60cd, 3mo, 1y, 24h or at-once", value: "LIMIT");
        _rule = session.Option<string?>("--rule", "以规则代替 --limit，如 permit-decide", "A rule in place of --limit, for example permit-decide", value: "RULE");
        _suspend = session.Option<string[]>("--suspend", "中止期间，首尾都不计入；可重复", "Suspended days, both ends included; repeatable", value: "A..B");
        _exclude = session.Option<string[]>("--exclude", "依法不计入的期间，如专家评审；可重复", "Days that the law leaves out, such as an expert review; repeatable", value: "A..B");
        _interrupt = session.Option<string?>("--interrupt", "中断之日，时限从次日重新计算", "Day of an interruption; the limit begins anew on the next", value: CalendarText.DayForm);
        _extend = session.Option<string?>("--extend", "延长，写法同 --limit", "Extension, written like --limit", value: "LIMIT");
        _rollTo = session.Option<string?>("--roll-to", "因停办等顺延至某日", "Day the end moves to, for offices that were closed", value: CalendarText.DayForm);
        _told = session.Option<string?>("--told", "已经告知的到期日；结果不早于它", "The day that was told; the result is never before it", value: CalendarText.DayForm);
        _noRoll = session.Option<bool>("--no-roll", "最后一日遇休息日也不顺延", "Do not move a last day that is not worked");
        foreach (var option in new Option[] { _from, _time, _limit, _rule, _suspend, _exclude, _interrupt, _extend, _rollTo, _told, _noRoll }) command.Options.Add(option);
    }

    public Result<(ClockRule Rule, IReadOnlyList<ClockEntry> Entries)> Read(ParseResult parsed)
    {
        var entries = new List<ClockEntry>();
        if (!Day(parsed.GetValue(_from)!).Ok(out var start, out var refusal)) return refusal;
        if (!TimeOnly.TryParseExact(parsed.GetValue(_time), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return NoTime;
        if (!Rule(parsed, start).Ok(out var rule, out refusal)) return refusal;
        entries.Add(Entry(ClockAct.Start, start) with { Time = time });
        foreach (var (option, act) in new[] { (_suspend, ClockAct.Suspend), (_exclude, ClockAct.Exclude) })
        {
            foreach (var text in parsed.GetValue(option) ?? [])
            {
                if (!Range(text).Ok(out var range, out refusal)) return refusal;
                entries.Add(Entry(act, range.From) with { Until = range.To });
            }
        }

        foreach (var (option, act) in new[] { (_interrupt, ClockAct.Interrupt), (_rollTo, ClockAct.Roll), (_told, ClockAct.Tell) })
        {
            if (parsed.GetValue(option) is not { } text) continue;
            if (!Day(text).Ok(out var day, out refusal)) return refusal;
            entries.Add(Entry(act, day));
        }

        if (rule.Extension is { } by && parsed.GetValue(_extend) is not null) entries.Add(Entry(ClockAct.Extend, start) with { By = by });
        return (rule, entries);
    }

    private Result<ClockRule> Rule(ParseResult parsed, DateOnly start)
    {
        var (given, named) = (parsed.GetValue(_limit), parsed.GetValue(_rule));
        if (given is null == named is null) return LimitOrRule;
        Limit? extension = null;
        if (parsed.GetValue(_extend) is { } text)
        {
            if (!Limit.Parse(text).Ok(out var by, out var refused)) return refused;
            extension = by;
        }

        if (named is not null)
        {
            if (!ClockRules.Shipped.Find(named, start).Ok(out var known, out var refused)) return refused;
            if (extension is { } more && (known.Extension is not { } most || more.Unit != most.Unit)) return ClockRefusals.NoExtension;
            if (extension is { } asked && known.Extension is { } cap && asked.Count > cap.Count) return ClockRefusals.TooLong(cap);
            return known with { Extension = extension, Rolls = known.Rolls && !parsed.GetValue(_noRoll) };
        }

        if (!Limit.Parse(given!).Ok(out var limit, out var refusal)) return refusal;
        // Hours and days cannot be added without knowing where the day ends.
        if (extension is { } other && (other.Unit == LimitUnit.AtOnce || other.Unit == LimitUnit.Hours != (limit.Unit == LimitUnit.Hours))) return ClockRefusals.NoExtension;
        return new ClockRule { Id = "due", Name = new Text("试算", "trial"), Limit = limit, Provision = "", Extension = extension, Rolls = !parsed.GetValue(_noRoll) };
    }

    private ClockEntry Entry(ClockAct act, DateOnly day) => new() { Id = Guid.CreateVersion7(_session.Terminal.Clock.GetUtcNow()), Act = act, Day = day, Provision = "", Author = "calendar" };

    private static Result<(DateOnly From, DateOnly To)> Range(string text)
    {
        if (text.Split("..") is not [var first, var second]) return NoRange(text);
        if (!Day(first).Ok(out var from, out var refusal) || !Day(second).Ok(out var to, out refusal)) return refusal;
        return to < from ? NoRange(text) : (from, to);
    }

    private static Result<DateOnly> Day(string text) =>
        DateOnly.TryParseExact(text, CalendarText.DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= ClockLaw.Earliest && day <= ClockLaw.Latest
            ? day
            : new Refusal("calendar.day", $"“{text}”不是可用的日期：请写成 2026-02-13 的形式，在 {ClockLaw.Earliest:yyyy} 至 {ClockLaw.Latest:yyyy} 年之间。", $"\"{text}\" is no day that can be used: write it like 2026-02-13, from {ClockLaw.Earliest:yyyy} to {ClockLaw.Latest:yyyy}.");

    private static Refusal NoRange(string text) => new("calendar.range", $"“{text}”不是一段日期：请写成 2026-02-16..2026-02-20，前一个不晚于后一个。", $"\"{text}\" is no range of days: write 2026-02-16..2026-02-20, the first not after the second.");

    private static readonly Refusal NoTime = new("calendar.time", "--time 应为 HH:mm 形式的时刻，如 09:30。", "--time must be a time of day like 09:30.");

    private static readonly Refusal LimitOrRule = new("calendar.limit-or-rule", "请用 --limit 或 --rule 给出恰好一个时限。", "Give exactly one limit, with --limit or --rule.");
}
