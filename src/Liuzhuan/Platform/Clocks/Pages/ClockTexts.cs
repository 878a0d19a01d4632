using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>The words of clocks on pages.</summary>
internal static class ClockTexts
{
    public static readonly Text NotStarted = new("未开始", "Not started");
    public static readonly Text Running = new("计时中", "Running");
    public static readonly Text NearlyDue = new("即将到期", "Nearly due");
    public static readonly Text Suspended = new("中止", "Suspended");
    public static readonly Text Overdue = new("已逾期", "Overdue");
    public static readonly Text InTime = new("按期办结", "Done in time");
    public static readonly Text Late = new("逾期办结", "Done late");
    public static readonly Text Stopped = new("已办结", "Done");
    public static readonly Text OpenEnd = new("待恢复后确定", "Known once it is resumed");
    public static readonly Text DueOn = new("届满日", "Due");
    public static readonly Text Provisional = new("暂定", "provisional");
    public static readonly Text ProvisionalWhy = new(
        "这一年的放假安排尚未公布，日期按法定节假日推算；公布后重算，已经告知的日期不会提前。",
        "The year's notice of days off is not published: the day is reckoned by the statutory holidays. It is computed again when the notice comes; a day that was told never moves earlier.");
    public static readonly Text LimitOf = new("法定时限", "Limit");
    public static readonly Text Used = new("已用", "Used");
    public static readonly Text UsedOf = new("{0}，共 {1}", "{0} of {1}");
    public static readonly Text Left = new("还剩（含今日）", "Left, today included");
    public static readonly Text PausedFor = new("不计入", "Not counted");
    public static readonly Text Provision = new("依据", "Provision");
    public static readonly Text HowReckoned = new("怎样算出来的：逐日说明", "How it is reckoned, day by day");
}
