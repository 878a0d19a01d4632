using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>The words of the pages of the working calendar.</summary>
internal static class CalendarTexts
{
    public static readonly Text Title = new("工作日历", "Working calendar");
    public static readonly Text Lead = new("一年的放假和调休，以及任何一天收到的事最迟哪天办结。", "A year's days off and the weekend days worked instead, and when anything received on any day is due.");
    public static readonly Text Year = new("年份", "Year");
    public static readonly Text Show = new("查看", "Show");
    public static readonly Text WorkingDays = new("{0} 年共 {1} 个工作日", "{0} has {1} working days");
    public static readonly Text Published = new("按已公布的放假通知", "By the published notice");
    public static readonly Text Provisional = new("暂定", "Provisional");
    public static readonly Text ProvisionalWhy = new(
        "{0} 年的放假通知还没有导入：以下只有周末和法定节假日，调休未知。凡用到这一年的届满日都会标明“暂定”。",
        "The notice for {0} was not imported yet: what follows has weekends and the statutory holidays only. Every end that depends on this year says that it is provisional.");
    public static readonly Text Notice = new("通知", "Notice");
    public static readonly Text Unverified = new("{0}未见原件", "not seen in the notice itself: {0}");
    public static readonly Text And = new("、", ", ");
    public static readonly Text Legend = new("标记", "Signs");
    public static readonly Text Off = new("休", "off");
    public static readonly Text OffWhy = new("放假", "a day off by notice or law");
    public static readonly Text Work = new("班", "work");
    public static readonly Text WorkWhy = new("周末上班（调休）", "a weekend day that is worked");
    public static readonly Text WeekendWhy = new("灰底为周末", "grey: weekend");
    public static readonly Text Today = new("今天", "today");
    public static readonly Text Calculator = new("算届满日", "When is it due?");
    public static readonly Text CalculatorWhy = new("收到当日不计入；遇休息日顺延。算法和依据会逐日列出。", "The day of receipt is not counted, and an end on a day off moves on. Each day is told with its ground.");
    public static readonly Text From = new("收到之日", "Received on");
    public static readonly Text Rule = new("时限", "Limit");
    public static readonly Text Excluded = new("不计入的期间（可空）", "Days left out (optional)");
    public static readonly Text ExcludedFrom = new("从", "from");
    public static readonly Text ExcludedTo = new("到", "to");
    public static readonly Text Reckon = new("计算", "Reckon");
    public static readonly Text Import = new("导入放假通知", "Import a notice");
    public static readonly Text ImportLead = new("先预览会改变哪些时限，再确认导入。已经告知当事人的日期不会提前。", "Look first at which clocks change, then confirm. A day that somebody was told never moves earlier.");
    public static readonly Text File = new("日历文件（YAML）", "Calendar file (YAML)");
    public static readonly Text FileWhy = new("写法见 docs/clocks.md，至多 64 KB。", "docs/clocks.md shows the form; 64 KB at most.");
    public static readonly Text Preview = new("预览", "Preview");
    public static readonly Text PreviewOf = new("预览：{0} 年", "Preview: {0}");
    public static readonly Text NothingYet = new("还没有导入。", "Nothing was imported yet.");
    public static readonly Text Changes = new("会改变的时限（{0}）", "Clocks that change ({0})");
    public static readonly Text NoChanges = new("没有时限会改变。", "No clock changes.");
    public static readonly Text Protected = new("因已告知而不提前的时限（{0}）", "Clocks that stay because their day was told ({0})");
    public static readonly Text Clock = new("时限", "Clock");
    public static readonly Text Was = new("原届满日", "Due before");
    public static readonly Text Becomes = new("新届满日", "Due then");
    public static readonly Text Told = new("已告知", "Told");
    public static readonly Text ByLaw = new("按新日历本应为 {0}", "the new calendar alone would give {0}");
    public static readonly Text Another = new("不导入，换一份文件", "Do not import; choose another file");
    public static readonly Text Confirm = new("确认导入", "Import it");
    public static readonly Text Imported = new("已导入 {0} 年的放假通知，改变了 {1} 个时限，并记入账本。", "The notice of {0} is imported; it changed {1} clocks and is in the ledger.");
    public static readonly Text Open = new("未定", "open");
    public static readonly Text Steps1 = new("选择文件", "Choose the file");
    public static readonly Text Steps2 = new("预览", "Preview");
    public static readonly Text Steps3 = new("导入", "Import");
    public static readonly Text GuideLook = new("“休”是放假，“班”是周末上班；没有标记的照平常。", "\"off\" is a day off, \"work\" a weekend day that is worked; the rest is as usual.");
    public static readonly Text GuideReckon = new("下面可以试算任何时限，逐日说明怎样得出。", "Below any limit can be tried; each day is explained.");

    /// <summary>A part of a notice that was not seen in the notice itself (<see cref="Calendars.CalendarFile.DoubtfulParts"/>).</summary>
    public static Text PartOf(string code) => code switch
    {
        "number" => new("文号", "document number"),
        "date" => new("日期", "date"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A notice has no such part."),
    };

    public static Text MonthOf(int month) => new($"{month} 月", System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month));

    public static IReadOnlyList<Text> Weekdays { get; } = [new("一", "Mo"), new("二", "Tu"), new("三", "We"), new("四", "Th"), new("五", "Fr"), new("六", "Sa"), new("日", "Su")];
}
