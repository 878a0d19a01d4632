using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Pages;

/// <summary>The words of the directory's pages.</summary>
internal static class DirectoryTexts
{
    public static readonly Text Title = new("机构名录", "Directory");
    public static readonly Text Lead = new("谁在哪里工作，谁负责联络。每次变动都留版本，并记入账本。", "Who works where, and who answers. Every change is kept as a version and logged in the ledger.");
    public static readonly Text Version = new("第 {0} 版", "Version {0}");
    public static readonly Text Kind = new("类别", "Kind");
    public static readonly Text SearchHint = new("名称、代码或工号；找某个人请从其机构进入", "Name of a body, code or staff number; find a person by way of their office");
    public static readonly Text Division = new("行政区划代码", "Division code");
    public static readonly Text DivisionHint = new("如 220100，含其下各级", "for example 220100, with all below it");
    public static readonly Text Level = new("级别", "Level");
    public static readonly Text Ended = new("包括已停用的", "Also what has ended");
    public static readonly Text Found = new("共 {0} 条", "{0} found");
    public static readonly Text Shown = new("第 {0} 至 {1} 条", "{0} to {1}");
    public static readonly Text Earlier = new("上一页", "Previous");
    public static readonly Text Later = new("下一页", "Next");
    public static readonly Text Nothing = new("名录还是空的。请导入表格，或逐条登记。", "The directory is empty. Import a spreadsheet, or register entries one by one.");
    public static readonly Text Import = new("导入表格", "Import a spreadsheet");
    public static readonly Text Export = new("导出全部（.xlsx）", "Export all (.xlsx)");
    public static readonly Text ExportKind = new("导出这一类（.csv）", "Export this kind (.csv)");
    public static readonly Text Add = new("登记：{0}", "Register: {0}");
    public static readonly Text Edit = new("修改", "Change");
    public static readonly Text InForce = new("有效", "In force");
    public static readonly Text NotYet = new("未启用", "Not yet");
    public static readonly Text Over = new("已停用", "Ended");
    public static readonly Text OnLeave = new("请假中", "On leave");
    public static readonly Text State = new("状态", "State");
    public static readonly Text Name = new("名称", "Name");
    public static readonly Text Code = new("代码", "Code");
    public static readonly Text Place = new("所在", "Where");
    public static readonly Text Post = new("职务", "Post");
    public static readonly Text Who = new("人员", "Officer");
    public static readonly Text Empty = new("（空）", "(empty)");

    public static readonly Text Offices = new("机构", "Offices");
    public static readonly Text Staff = new("人员", "Officers");
    public static readonly Text Below = new("下属机构", "Offices below");
    public static readonly Text WhoAnswers = new("今天谁负责联络", "Who answers today");
    public static readonly Text Nobody = new("今天无人负责：请登记联络员。", "Nobody answers today: name a liaison.");
    public static readonly Text Seats = new("联络席位", "Seats as liaison");
    public static readonly Text Seat = new("{0}：{1}", "{0}: {1}");
    public static readonly Text LiaisonSeat = new("联络员", "liaison");
    public static readonly Text StandIn = new("第 {0} 替补", "stand-in {0}");
    public static readonly Text LeaveTitle = new("请假", "Leave");
    public static readonly Text None = new("没有登记。", "None registered.");
    public static readonly Text History = new("变动记录", "History");
    public static readonly Text Made = new("{0}，{1}：{2}", "{0}, {1}: {2}");
    public static readonly Text Registered = new("登记", "registered");
    public static readonly Text ChangedField = new("{0}：{1} → {2}", "{0}: {1} → {2}");
    public static readonly Text AsOf = new("看某一天登记的样子", "As it was registered on a day");
    public static readonly Text Day = new("日期", "Day");
    public static readonly Text Look = new("查看", "Show");
    public static readonly Text AsOfNote = new("这是 {0} 终了时的登记，不是现在的。", "This is how it was registered at the end of {0}, not how it is now.");
    public static readonly Text BackToNow = new("回到现在", "Back to now");
    public static readonly Text NotThen = new("当时还没有登记。", "It was not registered then.");

    public static readonly Text EditTitle = new("修改名录", "Change the directory");
    public static readonly Text AddTitle = new("登记到名录", "Register in the directory");
    public static readonly Text EditWhy = new("保存后立即生效，旧版本仍可查看。停用请填停用日期，条目不会删除。", "What you save is in force at once, and older versions can be seen. To end an entry, fill in the day it ended; nothing is deleted.");
    public static readonly Text Reason = new("变动的原因或依据", "Why, or on which paper");
    public static readonly Text ReasonHint = new("如文件号；会随这次变动保存", "for example the number of a document; kept with the change");
    public static readonly Text Save = new("保存", "Save");
    public static readonly Text Cancel = new("返回，不保存", "Back without saving");
    public static readonly Text NotSaved = new("没有保存", "Not saved");
    public static readonly Text ChangedMeanwhile = new("您打开表单之后，别人改过这个条目：请核对下面的现有内容，再改一次。", "Somebody changed this entry after you opened the form: look at what it says now, and change it again.");

    public static readonly Text ImportLead = new("上传后先列出变动，核对无误再导入；全部导入，或者一项也不导入。", "What would change is listed first. Apply it when it is right: all of it, or nothing.");
    public static readonly Text File = new("表格文件（.xlsx、.xls 或 .csv）", "Spreadsheet (.xlsx, .xls or .csv)");
    public static readonly Text FileHint = new("至多 8 MB、50,000 行。列名与导出的文件相同；缺少的列不变，空单元格清除原值。", "At most 8 MB and 50,000 rows. Columns are named as in an exported file; a missing column changes nothing, an empty cell clears the value.");
    public static readonly Text Upload = new("上传并列出变动", "Upload and list the changes");
    public static readonly Text NotTaken = new("文件没有收下", "The file was not taken");
    public static readonly Text NoFile = new("请先选择文件。", "Choose a file first.");
    public static readonly Text PreviewTitle = new("核对变动", "Check the changes");
    public static readonly Text PreviewOf = new("{0}，{1} 上传", "{0}, uploaded {1}");
    public static readonly Text Added = new("新增", "Added");
    public static readonly Text Changed = new("变更", "Changed");
    public static readonly Text EndedNow = new("停用", "Ended");
    public static readonly Text Same = new("未变", "As they were");
    public static readonly Text RefusedRows = new("不能导入", "Refused");
    public static readonly Text RefusedWhy = new("有不能导入的行时，什么都不会导入。请在表格里改正，再上传一次。", "While rows are refused, nothing is applied. Mend them in the spreadsheet and upload it again.");
    public static readonly Text Where = new("位置", "Place");
    public static readonly Text Line = new("“{0}”第 {1} 行", "\"{0}\", line {1}");
    public static readonly Text Why = new("原因与改法", "Cause and remedy");
    public static readonly Text What = new("变动", "Change");
    public static readonly Text Entry = new("条目", "Entry");
    public static readonly Text More = new("另有 {0} 条没有列出。", "{0} more are not listed.");
    public static readonly Text Apply = new("全部导入", "Apply all of it");
    public static readonly Text Drop = new("放弃这次上传", "Discard this upload");
    public static readonly Text Done = new("已生效：新增 {0}，变更 {1}，停用 {2}。名录现为第 {3} 版。", "In force: {0} added, {1} changed, {2} ended. The directory is at version {3} now.");

    public static readonly Text Divisions = new("行政区划", "Divisions");
    public static readonly Text DivisionsLead = new("现行和已撤销的代码。已撤销的代码永不另用，旧登记里的代码都能查到去向。", "Codes in force and abolished. An abolished code is never used again; where its people are found now is told.");
    public static readonly Text DivisionWords = new("代码或名称", "Code or name");
    public static readonly Text On = new("在哪一天", "On which day");
    public static readonly Text Since = new("起止", "From and to");
    public static readonly Text Now = new("现归", "Now in");
    public static readonly Text Unknown = new("不详", "Not known");
    public static readonly Text Statistical = new("统计用", "For statistics");
    public static readonly Text DivisionsHow = new("输入代码或名称，查它在某一天是否有效、属于哪里。", "Type a code or a name to see whether it was in force on a day, and where it belonged.");

    public static readonly Text GuideFind = new("按名称或代码查单位和机构，点开可见人员、联络员和今天由谁负责。", "Find bodies and offices by name or code; each shows its officers, its liaisons and who answers today.");
    public static readonly Text GuideImport = new("批量维护：导出表格，改好后导入；先看变动清单，再确认。", "Much at once: export the spreadsheet, change it, import it; the changes are listed before they are applied.");
    public static readonly Text GuideHistory = new("每个条目下方有变动记录，可以看任意一天登记的样子。", "Below each entry is its history: it can be seen as it was registered on any day.");

    public static Text Of(ChangeKind kind) => kind switch { ChangeKind.Added => Added, ChangeKind.Ended => EndedNow, _ => Changed };

    public static Text Of(Validity validity) => validity switch { Validity.InForce => InForce, Validity.NotYet => NotYet, Validity.Over => Over, _ => Unknown };
}
