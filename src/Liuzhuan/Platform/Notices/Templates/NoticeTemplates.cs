using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Web;
using YamlDotNet.RepresentationModel;

namespace Liuzhuan.Platform.Notices.Templates;

/// <summary>The templates that come with the product (data/notices). One that lacks a language, or asks for a value it does not declare, is refused when the program starts, and by a test.</summary>
internal sealed class NoticeTemplates
{
    private const string Prefix = "notices/";

    private static readonly string[] Keys = ["id", "valid_from", "valid_to", "values", "event", NoticeChannels.Inbox, NoticeChannels.Sms, NoticeChannels.Mail];

    private static readonly Lazy<NoticeTemplates> FromProgram = new(() => new NoticeTemplates(
        typeof(NoticeTemplates).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Resource)));

    /// <param name="files">YAML, one template each.</param>
    /// <exception cref="UnfitException">A file does not fit.</exception>
    public NoticeTemplates(IEnumerable<string> files) => All = [.. files.Select(file => Template(CalendarText.Mapping(CalendarText.Root(new StringReader(file)), Keys)))];

    public static NoticeTemplates Shipped => FromProgram.Value;

    public IReadOnlyList<NoticeTemplate> All { get; }

    /// <summary>The template of a code as it is in force on a day; null when there is none.</summary>
    public NoticeTemplate? Find(string id, DateOnly day) =>
        All.Where(one => one.Id == id && one.ValidFrom <= day && (one.ValidTo is not { } end || day < end)).MaxBy(one => one.ValidFrom);

    private static string Resource(string name)
    {
        using var stream = typeof(NoticeTemplates).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"Resource {name} is missing.");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    private static NoticeTemplate Template(YamlMappingNode node)
    {
        string[] values = [.. CalendarText.List(node, "values").Select(value => $"{value}")];
        var channels = new Dictionary<string, NoticeTexts>();
        foreach (var channel in (string[])[NoticeChannels.Inbox, NoticeChannels.Sms, NoticeChannels.Mail])
        {
            if (node.Children.TryGetValue(channel, out var texts)) channels.Add(channel, Texts(CalendarText.Mapping(texts, "title_zh", "title_en", "zh", "en"), channel, values));
        }

        var isEvent = CalendarText.Flag(node, "event", absent: false);
        if (channels.Count == 0 && !isEvent) throw new UnfitException(node.Start.Line, "没有任何渠道的文字", "no channel has a text");
        return new NoticeTemplate(
            CalendarText.Required(node, "id"), CalendarText.Day(node, "valid_from"), CalendarText.Optional(node, "valid_to") is null ? null : CalendarText.Day(node, "valid_to"), values, channels, isEvent);
    }

    private static NoticeTexts Texts(YamlMappingNode node, string channel, string[] values)
    {
        var title = channel == NoticeChannels.Sms ? null : new Text(CalendarText.Required(node, "title_zh"), CalendarText.Required(node, "title_en"));
        var texts = new NoticeTexts(title, new Text(CalendarText.Required(node, "zh"), CalendarText.Required(node, "en")));
        var (zh, en) = (Names(texts, PageLanguage.Chinese), Names(texts, PageLanguage.English));
        if (!zh.SetEquals(en)) throw new UnfitException(node.Start.Line, $"中英文用到的值不同：{string.Join("、", zh.Except(en).Concat(en.Except(zh)))}", $"the languages ask for different values: {string.Join(", ", zh.Except(en).Concat(en.Except(zh)))}");
        if (zh.FirstOrDefault(name => !values.Contains(name)) is { } unknown) throw new UnfitException(node.Start.Line, $"用到了没有声明的值 {unknown}", $"the value {unknown} is used and not declared");
        return texts;
    }

    private static HashSet<string> Names(NoticeTexts texts, string language) => [.. NoticeTexts.Names($"{texts.Title?.In(language)} {texts.Body.In(language)}")];
}
