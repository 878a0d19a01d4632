using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>The words of clocks on pages.</summary>
internal static class ClockTexts
{
    public static readonly Text Title = new("法定时限", "Legal clocks");
    public static readonly Text Lead = new("先到期的排在前面；每个时限都能看到怎样算出来。", "What ends first stands first; each clock shows how it is reckoned.");
    public static readonly Text Empty = new("没有正在计时的事项。", "No matter has a clock that runs.");
    public static readonly Text NotOver = new("未办结", "Not over");
    public static readonly Text State = new("状态", "State");
    public static readonly Text HeldBy = new("承办：", "Held by");
    public static readonly Text Entries = new("计时记录", "Entries");
    public static readonly Text EntriesWhy = new("记录只增不改，记错的用“撤销”更正；每条都在账本里。", "Entries are only ever added; a wrong one is revoked. Each is in the ledger.");
    public static readonly Text ApprovedBy = new("{0} 批准", "approved by {0}");
    public static readonly Text GuideOrder = new("已逾期和即将到期的在最前面，用颜色、形状和文字标出。", "What is overdue or nearly due stands first, told by colour, shape and word.");
    public static readonly Text GuideWhy = new("点“逐日说明”看每一天为什么计入或不计入。", "Open the arithmetic to see why each day counts or does not.");
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

    /// <summary>An act in a word.</summary>
    public static Text Of(ClockAct act) => act switch
    {
        ClockAct.Start => new("开始", "start"),
        ClockAct.Suspend => new("中止", "suspend"),
        ClockAct.Resume => new("恢复", "resume"),
        ClockAct.Interrupt => new("中断重计", "begin anew"),
        ClockAct.Extend => new("延长", "extend"),
        ClockAct.Exclude => new("不计入", "leave out"),
        ClockAct.Roll => new("顺延至", "move to"),
        ClockAct.Tell => new("告知", "tell"),
        ClockAct.Stop => new("办结", "stop"),
        _ => new("撤销", "revoke"),
    };
}
