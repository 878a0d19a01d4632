using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Clocks.Calendars;

/// <summary>Reads values of a dated data file. Whatever does not fit is told with its line, in both languages.</summary>
internal static class CalendarText
{
    public const string DayForm = "yyyy-MM-dd";

    /// <summary>The single document of a file.</summary>
    /// <exception cref="UnfitException">It is not YAML, or holds another number of documents.</exception>
    public static YamlNode Root(TextReader yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(yaml);
            return stream.Documents is [var only] ? only.RootNode : throw new UnfitException(0, "文件里应当恰有一个 YAML 文档", "the file must hold exactly one YAML document");
        }
        catch (YamlException fault)
        {
            throw new UnfitException(fault.Start.Line, "不是有效的 YAML", $"not valid YAML ({fault.Message})");
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // Some broken texts make the parser fall over its own state instead of naming the place.
            throw new UnfitException(0, "不是有效的 YAML：括号或引号没有闭合", "not valid YAML: a bracket or quote is not closed");
        }
    }

    public static YamlMappingNode Mapping(YamlNode node, params ReadOnlySpan<string> known)
    {
        if (node is not YamlMappingNode mapping) throw new UnfitException(node.Start.Line, "这里应是“键: 值”", "a mapping (key: value) is expected here");
        foreach (var key in mapping.Children.Keys)
        {
            if (key is YamlScalarNode { Value: { } text } && known.Contains(text)) continue;
            throw new UnfitException(key.Start.Line, $"不认识的键 {key}，可用：{string.Join("、", known)}", $"unknown key {key}; possible: {string.Join(", ", known)}");
        }

        return mapping;
    }

    public static IReadOnlyList<YamlNode> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlSequenceNode list ? [.. list] : throw new UnfitException(node.Start.Line, $"缺少列表 {key}", $"the list {key} is missing");

    public static string? Optional(YamlMappingNode node, string key) =>
        !node.Children.TryGetValue(key, out var value) ? null
        : value is YamlScalarNode { Value: { Length: > 0 } text } ? text
        : throw new UnfitException(value.Start.Line, $"{key} 应是一个值", $"{key} must be a single value");

    public static string Required(YamlMappingNode node, string key) => Optional(node, key) ?? throw new UnfitException(node.Start.Line, $"缺少 {key}", $"{key} is missing");

    public static int Number(YamlMappingNode node, string key) =>
        int.TryParse(Required(node, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new UnfitException(node.Start.Line, $"{key} 应是整数", $"{key} must be a whole number");

    public static DateOnly Day(YamlMappingNode node, string key) => Day(Required(node, key), node);

    public static bool Flag(YamlMappingNode node, string key, bool absent) => Optional(node, key) switch
    {
        null => absent,
        "true" => true,
        "false" => false,
        _ => throw new UnfitException(node.Start.Line, $"{key} 只能是 true 或 false", $"{key} must be true or false"),
    };

    /// <summary>Days joined by commas, each alone or as A..B with both ends.</summary>
    public static IEnumerable<DateOnly> Days(YamlMappingNode node, string key)
    {
        foreach (var part in (Optional(node, key) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split("..");
            var (from, to) = (Day(ends[0], node), Day(ends[^1], node));
            if (ends.Length > 2 || to < from || to.DayNumber - from.DayNumber > 60) throw new UnfitException(node.Start.Line, $"{part} 不是从前到后的一段日期（至多 61 天）", $"{part} is no range of days from earlier to later (61 days at most)");
            for (var day = from; day <= to; day = day.AddDays(1)) yield return day;
        }
    }

    private static DateOnly Day(string text, YamlMappingNode node) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new UnfitException(node.Start.Line, $"{text} 不是日期，应写成 2027-01-31 的形式", $"{text} is no date; write it like 2027-01-31");
}

/// <summary>A data file does not fit; the reader turns it into a refusal that names the file.</summary>
internal sealed class UnfitException(long line, string chinese, string english) : Exception(english)
{
    public long Line { get; } = line;

    public string Chinese { get; } = chinese;
}
