using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Clocks.Calendars;

/// <summary>Reads what a notice says of one year. A year that contradicts the week or the law is refused: a wrong calendar moves every due date.</summary>
internal static class CalendarFile
{
    private static readonly string[] RootKeys = ["year", "division", "notice", "holidays"], NoticeKeys = ["title", "number", "date", "source", "unverified"], HolidayKeys = ["zh", "en", "off", "work"];

    /// <summary>The parts of a notice that may be marked as not seen in the notice itself.</summary>
    public static IReadOnlyList<string> DoubtfulParts { get; } = ["number", "date"];

    /// <param name="origin">Name of the file, for the refusal.</param>
    public static Result<CalendarYear> Read(string text, string origin)
    {
        try
        {
            return Year(CalendarText.Mapping(CalendarText.Root(new StringReader(text)), RootKeys), text);
        }
        catch (UnfitException unfit)
        {
            return new Refusal("calendar.file",
                $"日历文件 {origin} 第 {unfit.Line} 行有误：{unfit.Chinese}。请对照放假通知改正后重试，写法见 docs/clocks.md。",
                $"The calendar file {origin} is wrong at line {unfit.Line}: {unfit.Message}. Compare it with the notice, mend it and try again; docs/clocks.md shows the form.");
        }
    }

    private static CalendarYear Year(YamlMappingNode root, string text)
    {
        var (year, division) = (CalendarText.Number(root, "year"), CalendarText.Optional(root, "division") ?? "");
        if (year < WorkingCalendar.First.Year || year > WorkingCalendar.Last.Year) throw new UnfitException(root.Start.Line, $"年份应在 {WorkingCalendar.First.Year} 至 {WorkingCalendar.Last.Year} 之间", $"the year must be between {WorkingCalendar.First.Year} and {WorkingCalendar.Last.Year}");
        if (division.Length > 12 || division.Any(digit => !char.IsAsciiDigit(digit))) throw new UnfitException(root.Start.Line, "division 应是行政区划代码的前几位数字", "division must be the leading digits of a division code");
        if (!root.Children.TryGetValue("notice", out var notice)) throw new UnfitException(root.Start.Line, "缺少 notice（发布通知）", "notice is missing");
        var (off, work) = (new Dictionary<DateOnly, Text>(), new Dictionary<DateOnly, Text>());
        foreach (var item in CalendarText.List(root, "holidays"))
        {
            var node = CalendarText.Mapping(item, HolidayKeys);
            var name = new Text(CalendarText.Required(node, "zh"), CalendarText.Required(node, "en"));
            foreach (var day in CalendarText.Days(node, "off")) Put(day, name, off, work, year, node);
            foreach (var day in CalendarText.Days(node, "work"))
            {
                if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) throw new UnfitException(node.Start.Line, $"{Name(day)} 本来就是工作日，不能作调休上班日", $"{Name(day)} is worked anyway and cannot make up for another day");
                Put(day, name, work, off, year, node);
            }
        }

        if (off.Count == 0) throw new UnfitException(root.Start.Line, "没有任何放假日期", "no day off is listed");
        // Local days come on top of the national ones; only a national notice must have all that the law fixes.
        if (division.Length == 0 && StatutoryHolidays.Shipped.Of(year).FirstOrDefault(day => day.IsCertain && !off.ContainsKey(day.Date)) is { } missing)
            throw new UnfitException(root.Start.Line, $"缺少法定的放假日：{missing.Holiday.Zh} {Name(missing.Date)}（{missing.Provision}）", $"a day off that the law fixes is missing: {missing.Holiday.En} {Name(missing.Date)} ({missing.Provision})");
        return new CalendarYear(year, division, Notice(CalendarText.Mapping(notice, NoticeKeys)), off, work, text);
    }

    private static CalendarNotice Notice(YamlMappingNode node)
    {
        string[] unverified = node.Children.ContainsKey("unverified") ? [.. CalendarText.List(node, "unverified").Select(item => $"{item}")] : [];
        if (unverified.Except(DoubtfulParts).FirstOrDefault() is { } unknown)
            throw new UnfitException(node.Start.Line, $"unverified 里不能写 {unknown}，可用：{string.Join("、", DoubtfulParts)}", $"unverified cannot name {unknown}; possible: {string.Join(", ", DoubtfulParts)}");
        return new CalendarNotice(CalendarText.Required(node, "title"), CalendarText.Required(node, "number"), CalendarText.Day(node, "date"), CalendarText.Required(node, "source"), unverified);
    }

    private static void Put(DateOnly day, Text name, Dictionary<DateOnly, Text> into, Dictionary<DateOnly, Text> other, int year, YamlMappingNode node)
    {
        if (day.Year != year) throw new UnfitException(node.Start.Line, $"{Name(day)} 不在 {year} 年：请写进那一年的文件", $"{Name(day)} is not in {year}: write it into the file of its year");
        if (other.ContainsKey(day) || !into.TryAdd(day, name)) throw new UnfitException(node.Start.Line, $"{Name(day)} 出现了两次", $"{Name(day)} appears twice");
    }

    private static string Name(DateOnly day) => $"{day:yyyy-MM-dd}";
}
