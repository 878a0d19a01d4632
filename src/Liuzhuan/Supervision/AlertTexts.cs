using Liuzhuan.Platform.Web;
using Liuzhuan.Supervision.Alerts;

namespace Liuzhuan.Supervision;

/// <summary>The words of the pages about alerts.</summary>
internal static class AlertTexts
{
    public static readonly Text Title = new("查询提醒", "Look-up alerts");
    public static readonly Text Mine = new("涉及我的提醒", "Alerts about me");
    public static readonly Text Lead = new(
        "规则发现某位工作人员的查询超出了业务常情。提醒不是结论：先请本人说明，再作处理。",
        "A rule found that somebody looked up more than the work seems to need. An alert is no verdict: the officer explains first, then you decide.");
    public static readonly Text MineLead = new(
        "系统按公开的规则提醒反常的查询。请写明当时办理的业务；写明了依据的查询不会影响您。",
        "Rules that anybody may read point out unusual look-ups. Say which business they belonged to; whoever had a ground has nothing to fear.");
    public static readonly Text None = new("没有提醒。", "There are no alerts.");
    public static readonly Text NoneFound = new("没有符合筛选条件的提醒。", "No alert fits the filters.");
    public static readonly Text AllStates = new("全部状态", "All states");
    public static readonly Text AllRules = new("全部规则", "All rules");
    public static readonly Text Filter = new("筛选", "Filter");
    public static readonly Text State = new("状态", "State");
    public static readonly Text Rule = new("规则", "Rule");
    public static readonly Text Officer = new("人员", "Officer");
    public static readonly Text Office = new("单位", "Office");
    public static readonly Text Raised = new("提醒时间", "Raised");
    public static readonly Text Counted = new("计入次数", "Counted");
    public static readonly Text Span = new("起止时间", "Between");
    public static readonly Text OutOf = new("{0} 次（同期共查询 {1} 次）", "{0} (out of {1} asked in that time)");
    public static readonly Text Limit = new("{0}内达到 {1} 次", "{1} within {0}");
    public static readonly Text LimitShare = new("{0}内达到 {1} 次，且占同期查询的 {2}% 以上", "{1} within {0}, and at least {2}% of what was asked");
    public static readonly Text Hours = new("{0} 小时", "{0} hours");
    public static readonly Text Days = new("{0} 天", "{0} days");
    public static readonly Text Why = new("为什么提醒", "Why this alert");
    public static readonly Text Looks = new("计入的查询", "The look-ups that counted");
    public static readonly Text LooksGone = new("这些查询的明细已过保存期，账本条目仍在。", "The details of these look-ups are past their time of keeping; the ledger's entries remain.");
    public static readonly Text LooksAbout = new("只列时间、用途和数量，不列被查询的人。", "Times, purposes and numbers only; not whom they were about.");
    public static readonly Text When = new("时间", "When");
    public static readonly Text Purpose = new("用途", "Purpose");
    public static readonly Text Form = new("方式", "How");
    public static readonly Text Counter = new("窗口逐人", "One at the counter");
    public static readonly Text File = new("文件", "File");
    public static readonly Text Asked = new("查询人数", "Asked");
    public static readonly Text Missing = new("查无此号", "Not found");
    public static readonly Text Entry = new("账本条目", "Ledger entry");
    public static readonly Text Explanation = new("本人说明", "The officer's explanation");
    public static readonly Text Erased = new("保存期已过，内容已删除。", "Its time is over and the words are erased.");
    public static readonly Text NotExplained = new("尚未说明。", "Not explained yet.");
    public static readonly Text Explain = new("说明情况", "Explain");
    public static readonly Text ExplainWhy = new("写明办理的业务、当事人是否在场、由谁指派。不要写被查询人的姓名和号码。", "Say which business it was, whether the person was there, who assigned it. Do not write the name or number of the person.");
    public static readonly Text Submit = new("提交说明", "Send");
    public static readonly Text Decision = new("处理结论", "Decision");
    public static readonly Text Decide = new("作出处理", "Decide");
    public static readonly Text Note = new("理由", "Reasons");
    public static readonly Text NoteWhy = new("说明依据了什么；本人会看到。不要写被查询人的姓名和号码。", "What it rests on; the officer will read it. Do not write the name or number of the person.");
    public static readonly Text Close = new("办结", "Close the alert");
    public static readonly Text Decided = new("{0} 由 {1} 办结", "Closed {0} by {1}");
    public static readonly Text Decides = new("由谁处理", "Who decides");
    public static readonly Text NobodyDecides = new("目前没有人：管到本辖区的督察只有您一人，您不能处理自己的提醒。请安全管理员再授权一名督察。", "Nobody as things stand: you are the only supervisor of the area, and nobody decides about themselves. Ask the security administrator to make somebody else supervisor.");
    public static readonly Text Back = new("返回列表", "Back to the list");
    public static readonly Text Saved = new("已提交，并记入账本。", "Sent, and entered in the ledger.");
    public static readonly Text Newer = new("较新的", "Newer");
    public static readonly Text Older = new("较早的", "Older");

    public static readonly Text GuideFirst = new("先看“待处理”：本人已经说明，等您作出结论。", "Look at what was explained first: it waits for your decision.");
    public static readonly Text GuideWords = new("规则和数字都写在提醒里，可以直接说给本人听。", "Rule and figures stand in the alert, ready to be told to the officer.");
    public static readonly Text GuideLedger = new("每次说明和处理都记入账本，事后可以核对。", "Each explanation and decision is an entry of the ledger and can be checked later.");

    public static Text StateName(string state) => state switch
    {
        Alert.Open => new("待说明", "To be explained"),
        Alert.Answered => new("待处理", "To be decided"),
        _ => new("已办结", "Closed"),
    };

    public static Text OutcomeName(string outcome) => outcome switch
    {
        "justified" => new("查询正当", "Justified"),
        "mistake" => new("操作失误，已提醒", "A mistake, pointed out"),
        "unjustified" => new("无正当理由，移送处理", "Without good reason, passed on"),
        _ => new(outcome, outcome),
    };
}
