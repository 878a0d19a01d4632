using System.Globalization;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>In what a limit is counted.</summary>
internal enum LimitUnit
{
    /// <summary>即时: within the working day of the start.</summary>
    AtOnce,

    /// <summary>Hours, which run at night and on holidays, too.</summary>
    Hours,
    WorkingDays,

    /// <summary>Calendar days.</summary>
    Days,
    Months,
    Years,
}

/// <summary>A length of time as a provision names it. Written <c>5wd</c>, <c>60cd</c>, <c>3mo</c>, <c>1y</c>, <c>24h</c>, <c>at-once</c>.</summary>
internal readonly partial record struct Limit(int Count, LimitUnit Unit)
{
    // Twenty years is the longest term of the civil code (article 188).
    private const int MostYears = 20;

    private static readonly Dictionary<string, (LimitUnit Unit, int Most)> Units = new()
    {
        ["h"] = (LimitUnit.Hours, MostYears * 366 * 24), ["wd"] = (LimitUnit.WorkingDays, MostYears * 250), ["cd"] = (LimitUnit.Days, MostYears * 366), ["mo"] = (LimitUnit.Months, MostYears * 12), ["y"] = (LimitUnit.Years, MostYears),
    };

    public static Result<Limit> Parse(string text)
    {
        if (text == "at-once") return new Limit(0, LimitUnit.AtOnce);
        return Form().Match(text) is { Success: true } match && Units.TryGetValue(match.Groups[2].Value, out var unit) && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is >= 1 and var count && count <= unit.Most
            ? new Limit(count, unit.Unit)
            : new Refusal("clocks.limit",
                $"时限“{text}”的写法不对：请写成 5wd（工作日）、60cd（日历日）、3mo（个月）、1y（年）、24h（小时）或 at-once（即时），最长二十年。",
                $"The limit \"{text}\" is malformed: write 5wd (working days), 60cd (calendar days), 3mo (months), 1y (years), 24h (hours) or at-once, twenty years at most.");
    }

    public Text Words => Unit switch
    {
        LimitUnit.AtOnce => new("即时", "at once"),
        LimitUnit.Hours => new($"{Count} 小时", Plural("hour")),
        LimitUnit.WorkingDays => new($"{Count} 个工作日", Plural("working day")),
        LimitUnit.Days => new($"{Count} 日", Plural("calendar day")),
        LimitUnit.Months => new($"{Count} 个月", Plural("month")),
        _ => new($"{Count} 年", Plural("year")),
    };

    public override string ToString() => Unit switch
    {
        LimitUnit.AtOnce => "at-once",
        LimitUnit.Hours => $"{Count}h",
        LimitUnit.WorkingDays => $"{Count}wd",
        LimitUnit.Days => $"{Count}cd",
        LimitUnit.Months => $"{Count}mo",
        _ => $"{Count}y",
    };

    private string Plural(string one) => Count == 1 ? $"1 {one}" : $"{Count} {one}s";

    [GeneratedRegex("^([0-9]{1,6})(h|wd|cd|mo|y)$")]
    private static partial Regex Form();
}
