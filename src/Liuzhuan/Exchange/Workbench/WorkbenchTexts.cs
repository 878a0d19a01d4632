using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>The words of the workbench: one person at the counter, and files of an office.</summary>
internal static class WorkbenchTexts
{
    public static readonly Text Person = new("窗口核验", "Verify a person");
    public static readonly Text PersonLead = new("填身份号码和姓名，按回车出结论。每次核验都会记入账本，当事人看得到。", "Type number and name, press Enter. Each verification is logged, and the person can see it.");
    public static readonly Text GuidePurpose = new("先选用途：它决定能核什么，当事人看到的也是它。选好后一直保留，直到您换掉。", "Choose the purpose first: it decides what may be asked, and the person reads it. It stays until you change it.");
    public static readonly Text GuideKeys = new("全程不用鼠标：号码，Tab，姓名，回车。出了结论光标就在下一位的号码里。", "No mouse needed: number, Tab, name, Enter. With the verdict the cursor stands in the next person's number.");
    public static readonly Text GuideVerdict = new("“无法判定”不是“不一致”：请按说明办，不要因此拒绝群众。", "\"Cannot decide\" is not a no: follow the explanation, and turn nobody away for it.");
    public static readonly Text Purpose = new("用途", "Purpose");
    public static readonly Text Number = new("身份号码", "ID number");
    public static readonly Text Name = new("姓名", "Name");
    public static readonly Text More = new("再比对几项（可以不填）", "Compare more (optional)");
    public static readonly Text Verify = new("核验", "Verify");
    public static readonly Text Next = new("下一位（清空）", "Next person (clear)");
    public static readonly Text Again = new("改正后再核，或者填下一位", "Mend and verify again, or type the next person");
    public static readonly Text NextPerson = new("下一位", "Next person");
    public static readonly Text Refused = new("没有核验", "Nothing was verified");
    public static readonly Text NoPurpose = new("您的角色没有可用的用途，不能核验个人。需要时请向安全管理员申请。", "Your roles have no purpose for this, so you cannot verify people. If you need to, ask the security administrator.");
    public static readonly Text Compared = new("已比对", "Compared");
    public static readonly Text Differing = new("不一致项", "Differing");
    public static readonly Text Source = new("来源", "Source");
    public static readonly Text SourceIs = new("人口登记库", "Population register");
    public static readonly Text AsOf = new("数据截至", "Data as of");
    public static readonly Text Trace = new("留痕", "Trace");
    public static readonly Text TraceIs = new("账本第 {0} 条", "ledger entry {0}");
    public static readonly Text Receipt = new("下载凭证", "Download the proof");
    public static readonly Text AskedBefore = new("这是 {0} 那次核验的结论：同一张表单又提交了一次，没有再查。", "This is the verdict of {0}: the same form was sent again, and nobody was looked up anew.");
    public static readonly Text Rules = new("各用途能核什么", "What each purpose allows");
    public static readonly Text Inside = new("本辖区", "In your area");
    public static readonly Text Outside = new("辖区以外", "Elsewhere");
    public static readonly Text Nothing = new("不核验", "nothing");
    public static readonly Text OnlyName = new("只核号码和姓名", "number and name only");
    public static readonly Text Same = new("同本辖区", "the same");
    public static readonly Text Male = new("男", "male");
    public static readonly Text Female = new("女", "female");
    public static readonly Text NotGiven = new("不填", "leave out");
    public static readonly Text DivisionHint = new("六位代码或县名", "six digits or name of the county");
    public static readonly Text DateHint = new("如 1988-03-05", "such as 1988-03-05");

    public static readonly Text Files = new("本单位名单", "Office files");
    public static readonly Text FilesTitle = new("核验过的名单", "Files so far");
    public static readonly Text FilesLead = new("放入一份名单，按用途和辖区逐行核验。文件只有本单位的人能打开，{0} 天后自动删除。", "Drop a file and get a verdict on each row, as purpose and area allow. Only your office can open it; it is deleted after {0} days.");
    public static readonly Text FilesNone = new("本单位还没有核验过名单，或者都已到期删除。", "Your office has verified no file yet, or all have expired.");
    public static readonly Text File = new("文件", "File");
    public static readonly Text Received = new("收到", "Received");
    public static readonly Text State = new("状态", "State");
    public static readonly Text Rows = new("行数", "Rows");
    public static readonly Text By = new("经办人", "By");

    /// <summary>How a field of the population register is called; the code itself where it is unknown.</summary>
    public static Text Field(string name) => name switch
    {
        "name" => Name,
        "sex" => new("性别", "sex"),
        "birth_date" => new("出生日期", "birth date"),
        "ethnicity" => new("民族", "ethnicity"),
        "division" => new("户籍区划", "registered division"),
        _ => new(name, name),
    };

    /// <summary>What a purpose allows for people of elsewhere.</summary>
    public static Text Beyond(Disclosure disclosure) => disclosure switch
    {
        Disclosure.Full => Same,
        Disclosure.NumberAndName => OnlyName,
        _ => Nothing,
    };
}
