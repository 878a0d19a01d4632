using System.Globalization;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Supervision.Watching;

/// <summary>The rules that come with the product (data/watch/rules.yaml), dated.</summary>
internal sealed class WatchRules
{
    private static readonly Lazy<WatchRules> FromProgram = new(() =>
    {
        using var stream = typeof(WatchRules).Assembly.GetManifestResourceStream("watch-rules.yaml") ?? throw new InvalidOperationException("Resource watch-rules.yaml is missing.");
        using var text = new StreamReader(stream);
        return new WatchRules(text);
    });

    /// <exception cref="UnfitException">The file does not fit.</exception>
    public WatchRules(TextReader yaml) => All = [.. ((YamlSequenceNode)CalendarText.Root(yaml)).Select(Rule)];

    public static WatchRules Shipped => FromProgram.Value;

    public IReadOnlyList<WatchRule> All { get; }

    public IReadOnlyList<WatchRule> On(DateOnly day) => [.. All.Where(rule => rule.IsInForce(day))];

    /// <summary>The rule of a code, the newest where there are several; null for none.</summary>
    public WatchRule? Find(string id) => All.Where(rule => rule.Id == id).MaxBy(rule => rule.ValidFrom);

    private static WatchRule Rule(YamlNode item)
    {
        var node = CalendarText.Mapping(item, "id", "counts", "list", "people", "at_least", "within", "share", "zh", "en", "zh_advice", "en_advice", "valid_from", "valid_to");
        var counts = CalendarText.Required(node, "counts") switch
        {
            "same-person" => WatchCount.SamePerson,
            "not-found" => WatchCount.NotFound,
            "few-people" => WatchCount.FewPeople,
            "recurring" => WatchCount.Recurring,
            "listed" => WatchCount.Listed,
            _ => throw Unfit(node, "counts"),
        };
        var list = CalendarText.Optional(node, "list");
        if (counts == WatchCount.Listed != (list is not null && Contract.WatchLists.All.Contains(list))) throw Unfit(node, "list");
        var people = CalendarText.Optional(node, "people") is null ? 0 : CalendarText.Number(node, "people");
        if (counts is WatchCount.FewPeople or WatchCount.Recurring ? people is < 1 or > Contract.ShortList.Most : people != 0) throw Unfit(node, "people");
        var share = CalendarText.Optional(node, "share") is null ? 0 : CalendarText.Number(node, "share");
        var least = CalendarText.Number(node, "at_least");
        if (share is < 0 or > 100) throw Unfit(node, "share");
        if (least < 1) throw Unfit(node, "at_least");
        return new WatchRule
        {
            Id = CalendarText.Required(node, "id"),
            Counts = counts,
            List = list,
            People = people,
            AtLeast = least,
            Within = Span(node),
            Share = share,
            Name = new Text(CalendarText.Required(node, "zh"), CalendarText.Required(node, "en")),
            Advice = new Text(CalendarText.Required(node, "zh_advice"), CalendarText.Required(node, "en_advice")),
            ValidFrom = CalendarText.Day(node, "valid_from"),
            ValidTo = CalendarText.Optional(node, "valid_to") is null ? null : CalendarText.Day(node, "valid_to"),
        };
    }

    private static TimeSpan Span(YamlMappingNode node)
    {
        var text = CalendarText.Required(node, "within");
        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) throw Unfit(node, "within");
        return text[^1] switch
        {
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => throw Unfit(node, "within"),
        };
    }

    private static UnfitException Unfit(YamlMappingNode node, string key) => new(node.Start.Line, $"{key} 的值不能用", $"the value of {key} cannot be used");
}
