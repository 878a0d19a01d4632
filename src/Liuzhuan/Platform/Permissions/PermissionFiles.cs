using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Permissions;

/// <summary>Reads the three files of permissions. What does not fit stops the start: a rule that is not understood must not be taken for none.</summary>
internal static class PermissionFiles
{
    private static readonly Dictionary<string, Reach> Reaches = new()
    {
        ["self"] = Reach.Self, ["own-office"] = Reach.OwnOffice, ["own-division"] = Reach.OwnDivision, ["own-agency"] = Reach.OwnAgency, ["everywhere"] = Reach.Everywhere,
    };

    private static readonly Dictionary<string, Disclosure> Disclosures = new() { ["none"] = Disclosure.None, ["number-and-name"] = Disclosure.NumberAndName, ["full"] = Disclosure.Full };

    /// <exception cref="UnfitException">The file does not fit.</exception>
    public static IReadOnlyList<Purpose> Purposes(TextReader yaml) => Unique([.. ((YamlSequenceNode)CalendarText.Root(yaml)).Select(OnePurpose)], purpose => purpose.Id);

    /// <param name="yaml">The text of roles.yaml.</param>
    /// <param name="purposes">Those that rules may name.</param>
    /// <exception cref="UnfitException">The file does not fit.</exception>
    public static IReadOnlyList<PermissionRule> Rules(TextReader yaml, IReadOnlyList<Purpose> purposes) => Unique([.. ((YamlSequenceNode)CalendarText.Root(yaml)).Select(node => Rule(node, purposes))], rule => rule.Id);

    /// <param name="yaml">The text of grounds.yaml.</param>
    /// <param name="purposes">Those that grounds may belong to.</param>
    /// <exception cref="UnfitException">The file does not fit.</exception>
    public static IReadOnlyList<Ground> Grounds(TextReader yaml, IReadOnlyList<Purpose> purposes) => Unique([.. ((YamlSequenceNode)CalendarText.Root(yaml)).Select(node => OneGround(node, purposes))], ground => ground.Id);

    /// <summary>The purposes that come with the product.</summary>
    public static IReadOnlyList<Purpose> ShippedPurposes()
    {
        using var text = Shipped("purposes.yaml");
        return Purposes(text);
    }

    /// <summary>The text of a file that comes with the product.</summary>
    public static StreamReader Shipped(string name) =>
        new(typeof(PermissionFiles).Assembly.GetManifestResourceStream("permissions/" + name) ?? throw new InvalidOperationException($"Resource permissions/{name} is missing."));

    private static Ground OneGround(YamlNode item, IReadOnlyList<Purpose> purposes)
    {
        var node = CalendarText.Mapping(item, "id", "purpose", "zh", "en", "branches", "valid_from", "valid_to", "source");
        CalendarText.Required(node, "source");
        var branches = Named(node, "branches");
        foreach (var branch in branches ?? []) Among(node, branch, Ground.KnownBranches);
        return new Ground(
            CalendarText.Required(node, "id"), Among(node, CalendarText.Required(node, "purpose"), [.. purposes.Select(one => one.Id)]), new Text(CalendarText.Required(node, "zh"), CalendarText.Required(node, "en")),
            branches, CalendarText.Day(node, "valid_from"), End(node));
    }

    private static Purpose OnePurpose(YamlNode item)
    {
        var node = CalendarText.Mapping(item, "id", "zh", "en", "provision", "fields", "beyond_jurisdiction", "valid_from", "valid_to", "source");
        return new Purpose(
            CalendarText.Required(node, "id"), new Text(CalendarText.Required(node, "zh"), CalendarText.Required(node, "en")), CalendarText.Required(node, "provision"),
            Words(node, "fields"), Known(node, "beyond_jurisdiction", Disclosures), CalendarText.Day(node, "valid_from"), End(node));
    }

    private static PermissionRule Rule(YamlNode item, IReadOnlyList<Purpose> purposes)
    {
        var node = CalendarText.Mapping(item, "id", "role", "capability", "reach", "purposes", "valid_from", "valid_to", "provision", "source");
        var named = Named(node, "purposes");
        foreach (var purpose in named ?? []) Among(node, purpose, [.. purposes.Select(one => one.Id)]);
        return new PermissionRule(
            CalendarText.Required(node, "id"), Among(node, CalendarText.Required(node, "role"), Roles.All), Among(node, CalendarText.Required(node, "capability"), Capabilities.All),
            Known(node, "reach", Reaches), named, CalendarText.Day(node, "valid_from"), End(node), CalendarText.Required(node, "provision"));
    }

    private static IReadOnlyList<string>? Named(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: "any" } ? null : Words(node, key);

    private static DateOnly? End(YamlMappingNode node) => CalendarText.Optional(node, "valid_to") is null ? null : CalendarText.Day(node, "valid_to");

    private static IReadOnlyList<string> Words(YamlMappingNode node, string key) =>
        [.. CalendarText.List(node, key).Select(word => word is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw new UnfitException(word.Start.Line, $"{key} 里应是代码", $"{key} must hold codes"))];

    private static T Known<T>(YamlMappingNode node, string key, Dictionary<string, T> words) => words[Among(node, CalendarText.Required(node, key), words.Keys)];

    private static string Among(YamlNode node, string text, IReadOnlyCollection<string> known) =>
        known.Contains(text) ? text : throw new UnfitException(node.Start.Line, $"不认识的代码 {text}，可用：{string.Join("、", known)}", $"unknown code {text}; possible: {string.Join(", ", known)}");

    private static IReadOnlyList<T> Unique<T>(IReadOnlyList<T> all, Func<T, string> id) =>
        all.GroupBy(id).FirstOrDefault(group => group.Count() > 1) is { } twice ? throw new UnfitException(0, $"编号 {twice.Key} 出现了两次", $"the id {twice.Key} stands there twice") : all;
}
