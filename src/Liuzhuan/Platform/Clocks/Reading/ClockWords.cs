using System.Globalization;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>Says the steps of a clock's arithmetic in sentences that a citizen can check with a wall calendar.</summary>
internal static class ClockWords
{
    private static readonly string[] Weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    public static Text Day(DateOnly day) => new($"{day:yyyy-MM-dd}（{Weekdays[(int)day.DayOfWeek]}）", $"{day.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture)}");

    /// <summary>One sentence for a step.</summary>
    public static Text Of(ClockStep step, ClockReading reading) => step.Kind switch
    {
        ClockStepKind.Started => Started(step, reading.Rule),
        ClockStepKind.Restarted => Join(step, $"期间中断，重新计算；此前的天数不再计入，当日不计入{Basis(step).Zh}", $"interrupted, the limit begins anew; what was counted before falls away, and this day is not counted{Basis(step).En}"),
        ClockStepKind.Extended => Join(step, $"延长 {step.Grounds[0].By?.Words.Zh}{Basis(step).Zh}", $"extended by {step.Grounds[0].By?.Words.En}{Basis(step).En}"),
        ClockStepKind.Counted => Counted(step),
        ClockStepKind.NotWorked => NotWorked(step),
        ClockStepKind.Blocked => Join(step, $"不计入：{Why(step).Zh}{Basis(step).Zh}", $"not counted: {Why(step).En}{Basis(step).En}"),
        ClockStepKind.Open => Join(step, $"起{Why(step).Zh}，尚未恢复，届满日待恢复后确定{Basis(step).Zh}", $"on: {Why(step).En}, not resumed yet; the end is known once it is{Basis(step).En}"),
        ClockStepKind.Rolled => Rolled(step),
        ClockStepKind.RolledByEntry => new($"顺延至 {Day(step.To).Zh}{Basis(step).Zh}", $"The end moves to {Day(step.To).En}{Basis(step).En}"),
        ClockStepKind.Told => new($"已告知的日期是 {Day(step.To).Zh}，届满日不早于它", $"The day that was told is {Day(step.To).En}; the end is never before it"),
        ClockStepKind.Provisional => new($"{string.Join("、", reading.ProvisionalYears)} 年的放假安排尚未公布，按法定节假日推算，日期为暂定；公布后重算，且不早于已告知的日期", $"The notice of days off for {string.Join(", ", reading.ProvisionalYears)} is not published; the day is provisional, reckoned by the statutory holidays. It is computed again when the notice comes, and never moves before a day that was told"),
        _ => Ended(reading),
    };

    private static Text Started(ClockStep step, ClockRule rule) => rule.Limit.Unit switch
    {
        LimitUnit.Hours => new($"{Day(step.From).Zh} {step.Grounds[0].Time:HH\\:mm} 开始计算（民法典第二百零一条）{Basis(step).Zh}", $"{Day(step.From).En} {step.Grounds[0].Time:HH\\:mm}: counting begins (civil code, article 201){Basis(step).En}"),
        LimitUnit.AtOnce => Join(step, $"收到，应当即时办理{Basis(step).Zh}", $"received, to be done at once{Basis(step).En}"),
        _ => Join(step, $"开始，当日不计入（民法典第二百零一条）{Basis(step).Zh}", $"start; this day is not counted (civil code, article 201){Basis(step).En}"),
    };

    private static Text Counted(ClockStep step)
    {
        var (zh, en) = step.Day is not null ? ("个工作日", "working day") : ("日", "day");
        var number = step.First == step.Last ? new Text($"第 {step.First} {zh}", $"{en} {step.First}") : new Text($"第 {step.First} 至第 {step.Last} {zh}", $"{en}s {step.First} to {step.Last}");
        return step.Day is { Kind: DayKind.MakeUp, Holiday: { } holiday } ? Join(step, $"{holiday.Zh}调休上班，{number.Zh}", $"worked in exchange for {holiday.En}, {number.En}") : Join(step, number.Zh, number.En);
    }

    private static Text NotWorked(ClockStep step)
    {
        var guess = step.Day is { IsProvisional: true, Kind: DayKind.Holiday } ? new Text("（推算）", " (reckoned)") : new Text("", "");
        return step.Day?.Holiday is { } holiday ? Join(step, $"{holiday.Zh}放假{guess.Zh}，不计入", $"{holiday.En}{guess.En}, not counted") : Join(step, "周末，不计入", "weekend, not counted");
    }

    private static Text Rolled(ClockStep step)
    {
        var why = step.Day?.Holiday is { } holiday ? new Text($"是{holiday.Zh}放假日", $"is off for {holiday.En}") : new Text("是周末", "is on a weekend");
        return new($"最后一日 {Day(step.From).Zh}{why.Zh}，顺延至 {Day(step.To).Zh}（民法典第二百零三条）", $"The last day, {Day(step.From).En}, {why.En}; the end moves to {Day(step.To).En} (civil code, article 203)");
    }

    private static Text Ended(ClockReading reading) => reading.Rule.CountsHours && reading.DueAt is { } at
        ? new($"届满：{at.ToOffset(ChinaTime.Offset):yyyy-MM-dd HH:mm}（北京时间）", $"Due: {at.ToOffset(ChinaTime.Offset):yyyy-MM-dd HH:mm} (Beijing time)")
        : new($"届满日：{Day(reading.Due!.Value).Zh}{(reading.IsProvisional ? "，暂定" : "")}", $"Due: {Day(reading.Due.Value).En}{(reading.IsProvisional ? ", provisional" : "")}");

    private static Text Why(ClockStep step)
    {
        var acts = step.Grounds.Select(ground => ground.Act).Distinct().ToList();
        return new(string.Join("、", acts.Select(act => act == ClockAct.Suspend ? "中止" : "依法不计入的期间")), string.Join(" and ", acts.Select(act => act == ClockAct.Suspend ? "suspended" : "time that the law leaves out")));
    }

    private static Text Basis(ClockStep step)
    {
        var provisions = step.Grounds.Select(ground => ground.Provision).Where(provision => provision.Length > 0).Distinct().ToList();
        return provisions.Count == 0 ? new("", "") : new($"（依据：{string.Join("；", provisions)}）", $" (on {string.Join("; ", provisions)})");
    }

    private static Text Join(ClockStep step, string zh, string en)
    {
        var range = step.From == step.To ? Day(step.From) : new Text($"{Day(step.From).Zh}至 {Day(step.To).Zh}", $"{Day(step.From).En} to {Day(step.To).En}");
        return new($"{range.Zh}{(zh.StartsWith('起') ? "" : "：")}{zh}", en.StartsWith("on:", StringComparison.Ordinal) ? $"From {range.En} {en}" : $"{range.En}: {en}");
    }
}
