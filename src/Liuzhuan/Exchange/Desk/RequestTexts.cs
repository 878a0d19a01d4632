using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Desk;

/// <summary>The words of the exchange desk: the agency that asks, and the liaison who answers.</summary>
internal static class RequestTexts
{
    public static readonly Text Requests = new("核查请求", "Requests");
    public static readonly Text RequestsLead = new("本单位提交的核查请求，最新的在上面。", "The requests of your office, newest first.");
    public static readonly Text RequestsNone = new("还没有提交过请求。按“提交请求”，放入名单就可以。", "There is no request yet. Press \"New request\" and drop a file.");
    public static readonly Text New = new("提交请求", "New request");
    public static readonly Text NewLead = new("选择核什么、用途和依据，再放入名单。当地联络员在法定期限内答复，您在这里下载结果。", "Choose what, for what and on which article, then drop the file. The liaison officer answers within the legal time, and you download the result here.");
    public static readonly Text Fact = new("核查内容", "What is asked");
    public static readonly Text Purpose = new("用途", "Purpose");
    public static readonly Text Provision = new("依据的法律条款", "Provision");
    public static readonly Text Ground = new("用途和依据", "Purpose and ground");
    public static readonly Text GroundChoose = new("请选择……", "Choose …");
    public static readonly Text GroundHint = new("只列出本单位可以引用、今天有效的依据。名单里的人会读到它。", "Only what your agency may name and is in force today. The people in the file will read it.");
    public static readonly Text GroundNone = new("没有本单位可以引用的依据，现在不能提交请求。确有法定职责需要的，请联系政策管理人员登记。", "There is no ground that your agency could name, so that no request can be handed in. If a statutory duty needs one, ask the policy officers to register it.");
    public static readonly Text HowOften = new("频次", "How often");
    public static readonly Text Note = new("事由（可以不写）", "Matter (optional)");
    public static readonly Text NoteHint = new("如案号、文号、批次。联络员看得到，它不是依据。", "Such as the number of the case or document. The liaison officer reads it; it is not the ground.");
    public static readonly Text NoteIs = new("事由", "Matter");
    public static readonly Text File = new("名单文件", "File");
    public static readonly Text Submit = new("提交", "Submit");
    public static readonly Text NotTaken = new("请求没有收下", "The request was not taken");

    public static readonly Text One = new("请求 …{0}", "Request …{0}");
    public static readonly Text From = new("请求单位", "From");
    public static readonly Text Clerk = new("经办人", "Clerk");
    public static readonly Text State = new("状态", "State");
    public static readonly Text Submitted = new("等待办理", "Waiting");
    public static readonly Text Opened = new("正在办理", "In hand");
    public static readonly Text Released = new("已答复", "Answered");
    public static readonly Text Returned = new("已退回", "Returned");
    public static readonly Text ReturnedWhy = new("退回的原因", "Why it was returned");
    public static readonly Text Digest = new("文件摘要（SHA-256）", "Digest of the file (SHA-256)");
    public static readonly Text CameIn = new("提交，联络员收到", "Handed in, received by the liaison officer");
    public static readonly Text TakenOn = new("联络员开始办理", "Taken on by the liaison officer");
    public static readonly Text WasReleased = new("{0} 答复", "Answered by {0}");
    public static readonly Text WasReturned = new("{0} 退回", "Returned by {0}");
    public static readonly Text DueBy = new("最晚在这一天结束前答复", "The answer is due before the end of this day");
    public static readonly Text Result = new("结果", "Result");
    public static readonly Text Download = new("下载结果", "Download the result");
    public static readonly Text DownloadProblems = new("只下载需要查看的行", "Only the rows to look at");
    public static readonly Text Manifest = new("下载清单（JSON）", "Manifest (JSON)");
    public static readonly Text ManifestWhy = new("清单记着原文件、结果和登记库的摘要，以及账本条目号：拿着它，任何人都能核对结果没有被改过。", "The manifest holds the digests of file, result and register and the entry in the ledger: with it anybody can check that the result was not changed.");
    public static readonly Text FileGone = new("文件已过保存期，不能再下载。", "The files have expired and cannot be downloaded any more.");
    public static readonly Text Dispute = new("对某些行有异议", "Dispute rows");
    public static readonly Text DisputeLead = new("结果里有不对的行？写明行号和原因，联络员在十个工作日内核对答复。", "Are rows wrong? Name them and say why; the liaison officer checks them and answers within ten working days.");
    public static readonly Text DisputeRows = new("行号", "Rows");
    public static readonly Text DisputeRowsHint = new("按结果文件里的行，如 3、8、12-15", "As in the result file, such as 3, 8, 12-15");
    public static readonly Text DisputeSend = new("提出异议", "Dispute");
    public static readonly Text Disputes = new("已提的异议", "Disputes so far");

    public static readonly Text Queue = new("办件", "Queue");
    public static readonly Text QueueLead = new("按法定期限排列，最急的在最上面。", "In order of the legal deadline, the most urgent first.");
    public static readonly Text QueueNone = new("没有等待办理的请求和异议。", "Nothing is waiting.");
    public static readonly Text Objections = new("异议", "Objections");
    public static readonly Text ObjectionsLead = new("辖区内等待答复的异议，最急的在最上面。", "The objections that wait for an answer in your area, the most urgent first.");
    public static readonly Text ObjectionsNone = new("没有等待答复的异议。", "No objection is waiting.");
    public static readonly Text GuideOrder = new("逾期的最先办；“今天”一组应在下班前办完。", "Overdue ones come first; what is due today should be done before you leave.");
    public static readonly Text GuideOpen = new("点开一件，按“开始核验”，看统计，再发出或退回。", "Open one, press \"Verify\", look at the counts, then release or return it.");
    public static readonly Text GuideHandIn = new("点“提交请求”：选择核什么、用途和依据，再放入名单。", "Press \"New request\": choose what is asked, for what and on which provision, then drop the list.");
    public static readonly Text GuideDay = new("提交后马上告知最迟哪天答复，这一天不会提前也不会悄悄推后。", "You are told at once by which day it is answered; that day never moves without your being told.");
    public static readonly Text GuideResult = new("答复后在请求里下载结果；个别行不对，可以逐行提出异议。", "The result is downloaded from the request; single rows can be disputed there.");
    public static readonly Text GuideObjectionOrder = new("逾期的最先办；每件都写着最迟哪天答复当事人。", "Overdue ones come first; each says by which day the person must be answered.");
    public static readonly Text GuideObjectionEntry = new("点开一件，先看账本里那次查询是谁、凭什么作的，再看当事人的话。", "Open one, look at the ledger's entry of who asked on what ground, then at what the person says.");
    public static readonly Text GuideObjectionAnswer = new("答复当事人看得到：写明依据，不要写别人的姓名和号码。涉及自己的查询由别人答复。", "The person reads your answer: name the ground, and nobody else's name or number. Others answer about your own look-ups.");
    public static readonly Text GuideAway = new("休假时由替岗人办理，队列里看得到同样的内容。", "While you are on leave your stand-in sees the same queue.");
    public static readonly Text Own = new("只看本级", "This division only");
    public static readonly Text Below = new("连同下级", "Those below as well");
    public static readonly Text Overdue = new("已逾期", "Overdue");
    public static readonly Text Today = new("今天到期", "Due today");
    public static readonly Text ThisWeek = new("本周到期", "Due this week");
    public static readonly Text Later = new("以后到期", "Due later");
    public static readonly Text NoDue = new("期限待定", "No date yet");
    public static readonly Text LeftDays = new("还有 {0} 个工作日", "{0} working days left");
    public static readonly Text LeftDay = new("还有 1 个工作日", "1 working day left");
    public static readonly Text LateDays = new("已逾期 {0} 个工作日", "{0} working days late");
    public static readonly Text LateNow = new("已逾期", "overdue");
    public static readonly Text DueOn = new("届满日", "Due");
    public static readonly Text Kind = new("事项", "Matter");
    public static readonly Text Objection = new("群众异议", "Objection of a person");
    public static readonly Text RowsDisputed = new("结果异议", "Disputed rows");
    public static readonly Text OpenIt = new("办理", "Open");
    public static readonly Text OnDuty = new("当班联络员", "On duty");

    public static readonly Text Verify = new("开始核验", "Verify");
    public static readonly Text VerifyLead = new("先看请求是否写明依据，再开始核验。核验后才能发出。", "See that the request names its provision, then verify. Only what is verified can be released.");
    public static readonly Text Running = new("正在核验，请稍候刷新。", "Verifying; reload in a moment.");
    public static readonly Text Reload = new("刷新", "Reload");
    public static readonly Text Counts = new("核验统计", "Counts");
    public static readonly Text Release = new("发出结果", "Release");
    public static readonly Text ReleaseLead = new("发出后请求单位可以下载，期限随之停止。", "The agency can download it then, and the clock stops.");
    public static readonly Text Return = new("退回", "Return");
    public static readonly Text ReturnLead = new("请求不合要求，或者文件没法核验时退回。写明原因和怎样改正，期限随之停止。", "For a request that does not fit, or a file that cannot be verified. Say why and how to mend it; the clock stops.");
    public static readonly Text Reason = new("原因和改正办法（至多 500 字）", "Why, and how to mend it (at most 500 characters)");
    public static readonly Text OnlyReturn = new("依据不能用，只能退回", "The ground does not hold: return it");
    public static readonly Text NotDone = new("没有办成", "Not done");
    public static readonly Text CannotVerify = new("这份文件没法核验，请退回", "This file cannot be verified: return it");

    public static Text Of(RequestState state) => state switch
    {
        RequestState.Submitted => Submitted,
        RequestState.Opened => Opened,
        RequestState.Released => Released,
        _ => Returned,
    };
}
