using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Objections;

/// <summary>The words of the hall's pages about who asked, and of objections.</summary>
internal static class ObjectionTexts
{
    public static readonly Text Accesses = new("谁查过我", "Who asked about me");
    public static readonly Text Lead = new(
        "每一次对您的核验都先记入账本，您在这里都能看到：谁、什么时候、为什么、依据哪一条。觉得不对的，可以提出异议，单位必须在法定期限内答复。",
        "Every verification about you is logged first, and you see it here: who, when, why, and on which article. If one looks wrong, object: the body must answer within the legal time.");
    public static readonly Text GuideRead = new("最近的在最上面。您自己看这份记录也会记一笔，显示为“您本人”；代办人看了，也会注明。", "The newest come first. Your own looks at this list are logged as well and shown as \"yourself\"; those of a proxy say so.");
    public static readonly Text GuideObject = new("点“详情和异议”可以看凭证，或者告诉单位哪里不对。", "Under \"Details and objection\" there is the proof, and a way to tell the body what is wrong.");
    public static readonly Text GuideClock = new("提出异议后十个工作日内答复，页面上有日期和算法。", "An objection is answered within ten working days; the page shows the day and how it is reckoned.");
    public static readonly Text None = new("还没有人查过您。有单位核验您的信息时，这里会多出一条。", "Nobody has asked about you yet. When a body verifies something about you, it appears here.");
    public static readonly Text NoneButYou = new("除了您自己，没有人查过您。", "Nobody but yourself has asked about you.");
    public static readonly Text Who = new("谁", "Who");
    public static readonly Text When = new("时间", "When");
    public static readonly Text What = new("查了什么", "What was asked");
    public static readonly Text Why = new("用途", "Purpose");
    public static readonly Text Article = new("依据", "Article");
    public static readonly Text Place = new("账本", "Ledger");
    public static readonly Text Entry = new("第 {0} 条", "entry {0}");
    public static readonly Text Yourself = new("您本人", "Yourself");
    public static readonly Text YourselfAtWindow = new("您本人（在窗口）", "Yourself, at a window");
    public static readonly Text ProxyAtWindow = new("代办人（窗口协助）", "A proxy, at a window");
    public static readonly Text HelpedLooks = new("您在窗口由工作人员协助查看了这份记录", "You looked at this list at a window, helped by an officer");
    public static readonly Text OwnLooks = new("您本人查看了这份记录", "You looked at this list");
    public static readonly Text Details = new("详情和异议", "Details and objection");
    public static readonly Text Older = new("更早的记录", "Older ones");
    public static readonly Text Newest = new("回到最新", "Back to the newest");
    public static readonly Text Demonstration = new("演示查询（不涉及真实的人）", "A demonstration (of made-up people)");
    public static readonly Text Operator = new("本系统的运行单位", "Whoever runs this system");
    public static readonly Text TheList = new("查询记录", "the list of accesses");
    public static readonly Text WholeRegister = new("人口登记信息", "the population register");

    public static readonly Text OneAccess = new("一次查询", "One access");
    public static readonly Text Receipt = new("下载凭证", "Download the proof");
    public static readonly Text ReceiptWhy = new(
        "凭证证明这一条在账本里、没有被改过。把它粘贴到“存证账本”页面，任何人都能核对。",
        "The proof shows that the entry is in the ledger, unchanged. Paste it on the ledger's page; anybody can check it.");
    public static readonly Text Object = new("提出异议", "Object");
    public static readonly Text ObjectLead = new("哪里不对？请选一个原因，再按“提出异议”。", "What is wrong? Choose a reason, then press \"Object\".");
    public static readonly Text Reason = new("原因", "Reason");
    public static readonly Text Words = new("补充说明（可以不写，至多 500 字）", "In your words (optional, at most 500 characters)");
    public static readonly Text WordsHint = new("不用写身份号码和姓名，单位能从账本找到这次查询。", "Leave out your number and name: the body finds the access in the ledger.");
    public static readonly Text NotTaken = new("异议没有收下", "The objection was not taken");
    public static readonly Text OwnAccessNote = new("这是您自己看记录留下的，不需要提出异议。", "This is your own look at the list; there is nothing to object to.");
    public static readonly Text Objected = new("已提异议", "Objected");
    public static readonly Text SeeObjection = new("查看异议进展", "See how the objection stands");

    public static readonly Text Mine = new("我的异议", "My objections");
    public static readonly Text MineLead = new("您提出过的异议，最新的在上面。", "The objections you raised, newest first.");
    public static readonly Text MineNone = new("您没有提出过异议。要提出异议，请先在“谁查过我”里选一条记录。", "You have raised no objection. To raise one, choose an access in \"Who asked about me\".");
    public static readonly Text One = new("异议 …{0}", "Objection …{0}");
    public static readonly Text Open = new("等待答复", "Waiting for an answer");
    public static readonly Text Answered = new("已答复", "Answered");
    public static readonly Text Raised = new("您提出异议，单位收到", "You objected, and the body received it");
    public static readonly Text RaisedByOther = new("提出异议", "Objection raised");
    public static readonly Text Due = new("最晚在这一天结束前答复", "An answer is due before the end of this day");
    public static readonly Text AnsweredAt = new("单位答复", "The body answered");
    public static readonly Text Answer = new("答复", "The answer");
    public static readonly Text Outcome = new("结果", "Outcome");
    public static readonly Text YourWords = new("您的说明", "Your words");
    public static readonly Text TheirWords = new("当事人的说明", "The person's words");
    public static readonly Text Erased = new("保存期已过，内容已删除。", "Its time is over and the words are erased.");
    public static readonly Text NotContent = new(
        "对答复不满意的，可以向上一级机关或 12345 反映，也可以依法提起诉讼（个人信息保护法第五十条）。",
        "If the answer does not satisfy you, turn to the next higher body or to 12345, or go to court (Personal Information Protection Law, article 50).");
    public static readonly Text About = new("被异议的查询", "The access");
    public static readonly Text Body = new("单位", "Body");
    public static readonly Text Clock = new("办理时限", "Time limit");

    public static readonly Text Decide = new("处理异议", "Decide the objection");
    public static readonly Text DecideLead = new("核对这次操作的账本条目和办事材料，再给当事人一个看得懂的答复。", "Compare the ledger entry with the papers of the matter, then answer in words that the person understands.");
    public static readonly Text AnswerWords = new("给当事人的答复（至多 500 字）", "The answer for the person (at most 500 characters)");
    public static readonly Text Send = new("答复并办结", "Answer and close");
    public static readonly Text NotSent = new("答复没有发出", "The answer was not sent");
    public static readonly Text Rows = new("有异议的行", "Disputed rows");
    public static readonly Text OfRequest = new("对应的核查请求", "The request");
    public static readonly Text MayNot = new("您不能处理这件异议", "You may not decide this objection");
}
