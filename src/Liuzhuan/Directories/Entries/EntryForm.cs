using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Directories.Entries;

/// <summary>What a cell of a column may hold.</summary>
/// <param name="Hint">What it should be, for whoever wrote something else.</param>
/// <param name="Read">Turns what people write into the one way it is kept; null when it does not fit.</param>
internal sealed partial record EntryForm(Text Hint, Func<string, string?> Read)
{
    public const int LongestText = 200;

    private static readonly string[] DayForms = [CalendarText.DayForm, "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    /// <summary>Codes with the words that stand for them in files and on pages; empty where a cell is free text.</summary>
    public IReadOnlyList<(string Code, Text Word)> Choices { get; private init; } = [];

    public static EntryForm Credit { get; } = new(
        new("应是 18 位统一社会信用代码，校验码要正确", "a unified social credit code of 18 characters with a right check character is expected"),
        text => CreditCode.Read(text, out var code, out _) == Reasons.None ? code : null);

    /// <summary>An organ code (GA 380); nothing is read out of its digits.</summary>
    public static EntryForm Organ { get; } = new(new("应是 12 位数字的机构代码", "an organ code of 12 digits is expected"), text => OrganForm.IsMatch(text) ? text : null);

    public static EntryForm Staff { get; } = new(
        new("应是 3 至 20 位大写字母和数字的工号", "a staff number of 3 to 20 capitals and digits is expected"),
        text => StaffForm.IsMatch(text.ToUpperInvariant()) ? text.ToUpperInvariant() : null);

    public static EntryForm Division { get; } = new(
        new("应是 6 位行政区划代码（GB/T 2260）", "a division code of 6 digits (GB/T 2260) is expected"),
        text => DivisionBook.Shipped.Knows(text) ? text : null);

    public static EntryForm Telephone { get; } = new(new("应是数字开头的电话号码，可用空格、括号和连字符，至多 30 个字符", "a telephone number is expected: it begins with a digit and may hold blanks, brackets and hyphens, at most 30 characters"), text => TelephoneForm.IsMatch(text) ? text : null);

    // Spreadsheet programs take a text that begins with one of these for a formula.
    public static EntryForm Line { get; } = new(
        new($"应是一行文字，至多 {LongestText} 个字符，不以 = + - @ 开头", $"one line of text is expected, at most {LongestText} characters, not beginning with = + - @"),
        text => text.Length <= LongestText && !"=+-@".Contains(text[0], StringComparison.Ordinal) && !text.Any(char.IsControl) ? text : null);

    public static EntryForm Day { get; } = new(
        new("应是日期，例如 2026-01-31", "a day is expected, for example 2026-01-31"),
        text => DateOnly.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1949 and <= 2199 ? Written(day) : null);

    public static EntryForm Order { get; } = new(
        new("应是 1 至 9：1 是联络员，2 起依次是替补", "1 to 9 is expected: 1 is the liaison, from 2 on the stand-ins in their order"),
        text => text.Length == 1 && text[0] is >= '1' and <= '9' ? text : null);

    public static EntryForm Level { get; } = Of(("province", new("省级", "province")), ("city", new("市级", "city")), ("county", new("县级", "county")), ("station", new("基层所", "station")));

    /// <summary>Bodies of one branch do the same work at different levels.</summary>
    public static EntryForm Branch { get; } = Of(
        ("public-security", new("公安", "public security")), ("court", new("法院", "courts")), ("procuratorate", new("检察", "procuratorates")), ("justice", new("司法行政", "justice")),
        ("education", new("教育", "education")), ("civil-affairs", new("民政", "civil affairs")), ("human-resources", new("人社", "human resources")), ("medical-insurance", new("医保", "medical insurance")),
        ("health", new("卫健", "health")), ("housing", new("住建", "housing")), ("natural-resources", new("自然资源", "natural resources")), ("taxation", new("税务", "taxation")), ("other", new("其他", "other")));

    public static EntryForm Reason { get; } = Of(("annual", new("年休假", "annual leave")), ("sick", new("病假", "sick leave")), ("training", new("培训", "training")), ("business", new("出差", "business trip")), ("other", new("其他", "other")));

    /// <summary>How a stored value is shown: the word of a choice, anything else as it is.</summary>
    public string Show(string value, string language) => Choices.FirstOrDefault(one => one.Code == value).Word is { } word ? word.In(language) : value;

    /// <summary>A day as it is kept.</summary>
    public static string Written(DateOnly day) => day.ToString(CalendarText.DayForm, CultureInfo.InvariantCulture);

    /// <summary>What somebody typed, without blanks at its ends and in its composed form.</summary>
    public static string Trim(string typed) => typed.Trim(' ', '\t', '\r', '\n', '\u00A0', '\u3000', '\uFEFF').Normalize(NormalizationForm.FormC);

    private static EntryForm Of(params (string Code, Text Word)[] choices) => new(
        new($"应是其中之一：{string.Join("、", choices.Select(one => one.Word.Zh))}", $"one of these is expected: {string.Join(", ", choices.Select(one => one.Word.En))}"),
        text => choices.FirstOrDefault(one => one.Code == text || one.Word.Zh == text || string.Equals(one.Word.En, text, StringComparison.OrdinalIgnoreCase)).Code) { Choices = choices };

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex OrganForm { get; }

    [GeneratedRegex("^[A-Z0-9]{3,20}$")]
    private static partial Regex StaffForm { get; }

    [GeneratedRegex("^[0-9][0-9 ()-]{2,29}$")]
    private static partial Regex TelephoneForm { get; }
}
