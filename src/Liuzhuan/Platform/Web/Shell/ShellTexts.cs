namespace Liuzhuan.Platform.Web.Shell;

/// <summary>The texts of the parts that pages are put together from.</summary>
internal static class ShellTexts
{
    public static readonly Text Places = new("栏目", "Sections");
    public static readonly Text More = new("其他", "More");
    public static readonly Text Above = new("您在", "You are here");
    public static readonly Text Display = new("显示", "Display");
    public static readonly Text Elder = new("长辈版", "Large type");
    public static readonly Text Usual = new("标准版", "Usual type");
    public static readonly Text High = new("高对比度", "High contrast");
    public static readonly Text Plain = new("普通对比度", "Usual contrast");
    public static readonly Text Steps = new("步骤", "Steps");
    public static readonly Text StepDone = new("已完成", "done");
    public static readonly Text StepCurrent = new("进行中", "in progress");
    public static readonly Text StepAhead = new("未开始", "not yet");
    public static readonly Text StepFailed = new("没有完成", "not completed");
    public static readonly Text Ahead = new("将来", "to come");
    public static readonly Text Now = new("现在", "now");
    public static readonly Text FirstVisit = new("第一次来？看这里", "First time here?");
    public static readonly Text Filter = new("查找", "Search");
    public static readonly Text Filters = new("筛选", "Filter");
    public static readonly Text Pages = new("翻页", "Pages");
    public static readonly Text Previous = new("上一页", "Previous");
    public static readonly Text Next = new("下一页", "Next");
    public static readonly Text PageNumber = new("第 {0} 页", "Page {0}");
    public static readonly Text All = new("全部", "All");
    public static readonly Text Clear = new("清除条件", "Clear");
    public static readonly Text NothingFits = new("没有符合条件的内容。请换一个词，或者清除条件。", "Nothing fits. Try another word, or clear the filter.");

    public static Text Of(StepState state) => state switch
    {
        StepState.Done => StepDone,
        StepState.Current => StepCurrent,
        StepState.Failed => StepFailed,
        _ => StepAhead,
    };
}
