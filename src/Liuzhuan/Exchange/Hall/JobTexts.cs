using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Everything the page of one job says.</summary>
internal static class JobTexts
{
    public static readonly Text RunningTitle = new("正在核验", "Verifying");
    public static readonly Text WaitingTitle = new("等待核验", "Waiting");
    public static readonly Text Waiting = new("文件已收下，排队等待中。", "The file is received and waits for its turn.");
    public static readonly Text Recognising = new("正在识别工作表、表头和编码。", "Recognising sheets, header and encoding.");
    public static readonly Text Verifying = new("已核验 {0} 行，约 {1}。", "{0} rows verified, about {1}.");
    public static readonly Text Writing = new("正在写出结果，共 {0} 行。", "Writing the result, {0} rows.");
    public static readonly Text MayClose = new("可以关闭本页，稍后用同一网址回来查看。", "You may close this page and come back to the same address later.");
    public static readonly Text Progress = new("核验进度", "Progress");
    public static readonly Text DoneTitle = new("核验完成", "Verified");
    public static readonly Text DoneCount = new("共 {0} 行，{1} 行一致，{2} 行需要查看", "{0} rows: {1} consistent, {2} to look at");
    public static readonly Text AllConsistent = new("共 {0} 行，全部一致", "{0} rows, all consistent");
    public static readonly Text RefusedTitle = new("这份文件没法核验", "This file cannot be verified");
    public static readonly Text FailedTitle = new("核验没有完成", "The verification did not finish");
    public static readonly Text RefusedNothing = new("没有生成结果，原文件没有改动。改好后在下面再放一次。", "There is no result and the file is unchanged. Mend it and drop it again below.");
    public static readonly Text Facts = new("这次核验", "This verification");

    public static readonly Text StepChoose = new("放入名单", "Drop a list");
    public static readonly Text StepVerify = new("逐行核验", "Verify each row");
    public static readonly Text StepResult = new("下载结果", "Download the result");
    public static readonly Text Course = new("经过", "What happened");
    public static readonly Text Received = new("收到文件（{0}）", "File received ({0})");
    public static readonly Text Ended = new("核验完成，用时 {0} 秒", "Verified in {0} s");
    public static readonly Text Logged = new("记入账本 {0} 的第 {1} 条，之后才给出结果", "Logged as entry {1} of the ledger {0}, before the result was given");
    public static readonly Text Deletes = new("文件和结果自动删除", "File and result are deleted");

    public static readonly Text File = new("文件", "File");
    public static readonly Text Took = new("用时", "Took");
    public static readonly Text Seconds = new("{0} 秒", "{0} s");
    public static readonly Text KeptUntil = new("保留到", "Kept until");
    public static readonly Text Register = new("登记库", "Register");

    public static readonly Text Download = new("下载结果文件", "Download the result");
    public static readonly Text DownloadProblems = new("只下载需要查看的行", "Only the rows to look at");
    public static readonly Text DownloadReport = new("下载统计（JSON）", "Statistics (JSON)");

    public static readonly Text Verdicts = new("结论统计", "Verdicts");
    public static readonly Text ChartTitle = new("各结论的行数", "Rows per verdict");
    public static readonly Text Verdict = new("结论", "Verdict");
    public static readonly Text Rows = new("行数", "Rows");
    public static readonly Text Share = new("占比", "Share");
    public static readonly Text Meaning = new("含义和办法", "What it means");
    public static readonly Text Total = new("合计", "Total");

    public static readonly Text Problems = new("需要查看的行", "Rows to look at");
    public static readonly Text ProblemsFirst = new("下面是前 {0} 行，共 {1} 行；其余在下载的文件里。", "The first {0} of {1}; the others are in the download.");
    public static readonly Text ProblemsAll = new("共 {0} 行。", "{0} rows.");
    public static readonly Text Place = new("位置", "Place");
    public static readonly Text Line = new("第 {0} 行", "line {0}");
    public static readonly Text SheetLine = new("“{0}”第 {1} 行", "\"{0}\", row {1}");
    public static readonly Text CauseAndRemedy = new("原因和办法", "Cause and remedy");

    public static readonly Text Recognised = new("识别到的内容", "What was recognised");
    public static readonly Text Sheet = new("工作表", "Sheet");
    public static readonly Text TextFile = new("文本", "text");
    public static readonly Text HeaderLine = new("表头", "Header");
    public static readonly Text Columns = new("列", "Columns");
    public static readonly Text StateVerified = new("已核验", "verified");
    public static readonly Text StateHidden = new("隐藏，原样返回", "hidden, returned untouched");
    public static readonly Text StateNoHeader = new("没有表头，原样返回", "no header, returned untouched");
    public static readonly Text State = new("状态", "State");
    public static readonly Text OtherLines = new(
        "原样返回的其他行：标题和表头 {0} 行，合计 {1} 行，空行 {2} 行。", "Other lines, returned untouched: {0} title and header, {1} total, {2} blank.");
    public static readonly Text Encoding = new("编码或格式", "Encoding or form");

    public static readonly Text Another = new("再核验一份", "Verify another file");
    public static readonly Text DeleteNow = new("立即删除", "Delete now");
    public static readonly Text DeleteHint = new("到期自动删除；不再需要时可以立即删除。", "Deleted by itself when the time is over; delete it at once when you no longer need it.");
    public static readonly Text DeleteTitle = new("删除这次核验？", "Delete this verification?");
    public static readonly Text DeleteWhat = new("原文件、结果和统计会立即从本机服务中删除，不能恢复。您自己电脑里的原文件不受影响。", "The upload, the results and the statistics are deleted from this server at once and for good. Your own copy of the file stays.");
    public static readonly Text DeleteYes = new("确认删除", "Delete");
    public static readonly Text DeleteNo = new("返回", "Go back");
    public static readonly Text DeletedTitle = new("已删除", "Deleted");
    public static readonly Text DeletedWhat = new("上传的文件和核验结果都已删除，网址已失效。", "The upload and the results are gone, and their address no longer works.");
}
