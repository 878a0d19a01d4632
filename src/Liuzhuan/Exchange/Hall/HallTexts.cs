using Liuzhuan.Platform.Web;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Everything the drop page says before a file is dropped.</summary>
internal static class HallTexts
{
    public static readonly Text Title = new("名单核验", "Verify a list");
    public static readonly Text Heading = new("放入一份名单，逐行核验", "Drop a list of people, get a verdict on every row");
    public static readonly Text Lead = new(
        "每个人的姓名和身份号码与人口登记库比对，结论写在原文件的每一行后面，原有内容一字不改。",
        "Each name and number is compared with the population register. The verdict is added to every row; nothing you wrote is changed.");

    public static readonly Text SignedIn = new("您已登录。名单请在“本单位名单”中提交，并选择用途：比对哪些项目，由用途和管辖范围决定。", "You are signed in. Hand lists in under “Lists of the office”, with their purpose: purpose and area decide what is compared.");
    public static readonly Text GuideDrop = new("放入各单位送来的原表：不用改格式，表头、编码、工作表都会自动识别。", "Drop the sheet as the agency sent it: header, encoding and sheets are recognised.");
    public static readonly Text GuideResult = new("几秒后下载结果：还是那张表，每行后面多了结论和办法；没法判定的行会说明原因，不会算作“不一致”。", "Seconds later download the result: the same sheet with a verdict and what to do on each row. What cannot be decided says why, and never counts as \"inconsistent\".");
    public static readonly Text GuideProof = new("每次核验都先记入存证账本，名单里的人可以知道谁查过自己。", "Each verification is logged first, and the people in the list can learn who looked them up.");

    public static readonly Text DropHere = new("把文件拖到这里", "Drag the file here");
    public static readonly Text Choose = new("选择名单文件", "Choose a list");
    public static readonly Text Or = new("或者", "or");
    public static readonly Text Limits = new(".xlsx、.xls、.csv、.tsv、.txt，不超过 {0}", ".xlsx, .xls, .csv, .tsv or .txt, up to {0}");
    public static readonly Text Start = new("开始核验", "Verify");
    public static readonly Text Change = new("换一个文件", "Choose another file");
    public static readonly Text Chosen = new("已选择", "Chosen");
    public static readonly Text Uploading = new("正在上传", "Uploading");
    public static readonly Text Uploaded = new("已上传，正在打开核验页面", "Uploaded, opening the verification page");
    public static readonly Text ClientTooLarge = new("文件超过上限 {0}。请把名单拆成几份，分别核验。", "The file is over the limit of {0}. Split the list and verify the parts.");
    public static readonly Text ClientWrongKind = new(
        "这种文件不能核验。请用 .xlsx、.xls、.csv、.tsv 或 .txt。", "This kind of file cannot be verified. Use .xlsx, .xls, .csv, .tsv or .txt.");
    public static readonly Text ClientBroken = new(
        "上传中断，文件没有收下。请确认本机服务仍在运行，再放一次。", "The upload broke off and the file was not taken. Check that the server is still running, then drop it again.");

    public static readonly Text RegisterIs = new("登记库", "Register");
    public static readonly Text AsOf = new("数据截至 {0}", "data as of {0}");
    public static readonly Text Records = new("{0} 条记录", "{0} records");
    public static readonly Text RegisterFresh = new("数据较新", "recent");
    public static readonly Text RegisterOld = new("数据已超过 {0} 天", "over {0} days old");
    public static readonly Text RegisterOldWhy = new(
        "此后的登记变动不在其中，结论可能已经过时。请先让管理员更新登记库，或在使用结论时注明数据日期。",
        "Changes since then are missing and a verdict may be out of date. Have the register updated first, or state its date when you use a verdict.");

    public static readonly Text ProblemTitle = new("文件没有收下", "The file was not taken");

    public static readonly Text FilesTitle = new("可以放哪些文件", "Which files");
    public static readonly Text FilesSheets = new("表格：.xlsx、.xls，可以有多个工作表；每个有表头的可见工作表都会核验。", "Spreadsheets: .xlsx and .xls. Every visible sheet that has a header is verified.");
    public static readonly Text FilesText = new("文本：.csv、.tsv、.txt，UTF-8、UTF-16 或 GB18030，编码和分隔符自动识别。", "Text: .csv, .tsv and .txt in UTF-8, UTF-16 or GB18030; encoding and delimiter are recognised.");
    public static readonly Text FilesLines = new("表头上方的标题行、末尾的合计行都可以保留，会原样返回。", "Title lines above the header and a total line below may stay; they come back untouched.");

    public static readonly Text ColumnsTitle = new("需要哪些列", "Which columns");
    public static readonly Text ColumnsNeed = new("有“姓名”和“身份号码”两列即可，顺序和列名的写法不限。", "A name column and a number column, in any order and under any usual heading.");
    public static readonly Text ColumnsExample = new("示例（虚构人员）", "Example (fictitious people)");
    public static readonly Text ColumnsMore = new("另有性别、出生日期、民族、行政区划列时，填写了的也会比对。", "Sex, birth date, ethnicity and division are compared too where such a column is filled.");
    public static readonly Text ColumnsNumber = new("在表格里请把号码列设为文本，否则 18 位号码的末三位会被表格软件改成 000。", "In a spreadsheet, format the number column as text, or the program turns the last three of 18 digits into 000.");

    public static readonly Text DataTitle = new("文件怎么处理", "What happens to the file");
    public static readonly Text DataLocal = new("只在本机核验，不上传到任何别的地方。", "It is verified on this computer and sent nowhere else.");
    public static readonly Text DataKept = new("原文件和结果保留 {0} 天后自动删除，也可以随时按按钮立即删除。", "File and results are deleted after {0} days, or at once by a button.");
    public static readonly Text DataLink = new("结果网址无法猜到；知道网址的人才能打开，请不要转发。", "The address of the result cannot be guessed; whoever has it can open it, so do not pass it on.");

    public static readonly Text Name = new("姓名", "Name");
    public static readonly Text Number = new("身份号码", "ID number");
}
