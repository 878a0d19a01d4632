using System.Text.RegularExpressions;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices.Templates;

/// <summary>What is said on an occasion, in both languages, for each channel that carries it. Data, dated.</summary>
/// <param name="Id">Stable code, for example <c>clock-overdue</c>; the type of the event for webhooks.</param>
/// <param name="Values">What must be given; each stands in the texts as <c>{name}</c>.</param>
/// <param name="Channels">The texts by channel: inbox, sms, mail.</param>
/// <param name="IsEvent">True when webhooks are told, too.</param>
/// <param name="ValidTo">Exclusive; null for no end.</param>
internal sealed record NoticeTemplate(string Id, DateOnly ValidFrom, DateOnly? ValidTo, IReadOnlyList<string> Values, IReadOnlyDictionary<string, NoticeTexts> Channels, bool IsEvent);

/// <summary>The texts of a template for one channel.</summary>
/// <param name="Title">Subject of a mail, headline in the inbox; null for a text message.</param>
internal sealed partial record NoticeTexts(Text? Title, Text Body)
{
    /// <summary>The names that stand in both languages.</summary>
    public static IEnumerable<string> Names(string text) => Place().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Puts the values in; a missing or empty one is named instead, and nothing may be sent.</summary>
    public static (string? Text, string? Missing) Fill(Text text, IReadOnlyDictionary<string, Text> values, string language)
    {
        string? missing = null;
        var filled = Place().Replace(text.In(language), match =>
        {
            if (values.TryGetValue(match.Groups[1].Value, out var value) && !string.IsNullOrWhiteSpace(value.In(language))) return OneLine(value.In(language));
            missing ??= match.Groups[1].Value;
            return "";
        });
        return missing is null ? (filled, null) : (null, missing);
    }

    // A value must not begin a line of its own: in a mail that could be a header, in a list of messages another message.
    private static string OneLine(string value) => string.Concat(value.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Place();
}
