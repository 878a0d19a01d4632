using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>The limits that come with the product (data/clocks/rules.yaml), dated.</summary>
internal sealed class ClockRules
{
    private static readonly Lazy<ClockRules> FromProgram = new(() =>
    {
        using var stream = typeof(ClockRules).Assembly.GetManifestResourceStream("clock-rules.yaml") ?? throw new InvalidOperationException("Resource clock-rules.yaml is missing.");
        using var text = new StreamReader(stream);
        return new ClockRules(text);
    });

    /// <exception cref="UnfitException">The file does not fit.</exception>
    public ClockRules(TextReader yaml) => All = [.. ((YamlSequenceNode)CalendarText.Root(yaml)).Select(Rule)];

    public static ClockRules Shipped => FromProgram.Value;

    public IReadOnlyList<ClockRule> All { get; }

    /// <summary>The rule of a code as it is in force on a day.</summary>
    public Result<ClockRule> Find(string id, DateOnly day)
    {
        var known = All.Where(rule => rule.Id == id).ToList();
        if (known.Count == 0)
        {
            return new Refusal("clocks.rule-unknown",
                $"没有时限规则 {id}。可用：{string.Join("、", All.Select(rule => rule.Id).Distinct())}。",
                $"There is no rule {id}. Possible: {string.Join(", ", All.Select(rule => rule.Id).Distinct())}.");
        }

        return known.Where(rule => rule.ValidFrom <= day && (rule.ValidTo is not { } end || day < end)).MaxBy(rule => rule.ValidFrom) is { } found
            ? found
            : new Refusal("clocks.rule-not-in-force",
                $"时限规则 {id} 在 {day:yyyy-MM-dd} 没有生效：请核对起算日期，或改用当时有效的规则。",
                $"The rule {id} is not in force on {day:yyyy-MM-dd}: check the day of the start, or use the rule of that time.");
    }

    private static ClockRule Rule(YamlNode item)
    {
        var node = CalendarText.Mapping(item, "id", "zh", "en", "limit", "provision", "extension", "approver_zh", "approver_en", "rolls", "warn", "valid_from", "valid_to", "source", "verified");
        return new ClockRule
        {
            Id = CalendarText.Required(node, "id"),
            Name = new Text(CalendarText.Required(node, "zh"), CalendarText.Required(node, "en")),
            Limit = Length(node, "limit"),
            Provision = CalendarText.Required(node, "provision"),
            Extension = CalendarText.Optional(node, "extension") is null ? null : Length(node, "extension"),
            ExtensionApprover = CalendarText.Optional(node, "approver_zh") is { } approver ? new Text(approver, CalendarText.Required(node, "approver_en")) : null,
            Rolls = CalendarText.Flag(node, "rolls", true),
            WarnBefore = CalendarText.Optional(node, "warn") is null ? 1 : CalendarText.Number(node, "warn"),
            ValidFrom = CalendarText.Day(node, "valid_from"),
            ValidTo = CalendarText.Optional(node, "valid_to") is null ? null : CalendarText.Day(node, "valid_to"),
            Source = CalendarText.Required(node, "source"),
            IsVerified = CalendarText.Flag(node, "verified", false),
        };
    }

    private static Limit Length(YamlMappingNode node, string key) =>
        Limit.Parse(CalendarText.Required(node, key)).Ok(out var limit, out var refusal) ? limit : throw new UnfitException(node.Start.Line, refusal.Chinese, refusal.English);
}
