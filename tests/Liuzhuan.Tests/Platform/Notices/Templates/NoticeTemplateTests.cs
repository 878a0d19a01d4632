using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Notices.Channels;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Pages;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Tests.Platform.Notices.Templates;

public class NoticeTemplateTests
{
    private const string Whole = """
        id: greeting
        valid_from: 2026-01-01
        values: [name]
        sms:
          zh: 您好，{name}
          en: Hello, {name}
        """;

    [Fact]
    public void Every_occasion_and_recipient_is_called_something_on_the_operators_page()
    {
        Assert.All(NoticeTemplates.Shipped.All, template => Assert.NotEqual(template.Id, SendingTexts.TemplateOf(template.Id).Zh));
        Assert.Equal(
            ["督察", "工作人员", "群众", "订阅推送", "全部订阅方", "直接写明的号码", "收件人"],
            new[] { "role/supervisor@220102010000", "officer/J1", "citizen/00ff", "webhook/w1", "subscribers", "direct", "?" }.Select(recipient => SendingTexts.RecipientOf(recipient).Zh));
    }

    [Fact]
    public void Every_shipped_template_has_both_languages_and_what_it_declares_is_used()
    {
        Assert.NotEmpty(NoticeTemplates.Shipped.All);
        foreach (var template in NoticeTemplates.Shipped.All)
        {
            var values = template.Values.ToDictionary(name => name, name => new Text($"甲{name}", $"x{name}"));
            foreach (var (channel, texts) in template.Channels)
            {
                foreach (var text in new[] { texts.Title, texts.Body }.OfType<Text>())
                {
                    Assert.True(NoticeTexts.Fill(text, values, "zh").Text is { Length: > 0 } zh && zh.Any(letter => letter > 0x4e00), $"{template.Id} {channel} lacks Chinese");
                    Assert.True(NoticeTexts.Fill(text, values, "en").Text is { Length: > 0 } en && !en.Any(letter => letter > 0x4e00), $"{template.Id} {channel} lacks English");
                }
            }

            var used = template.Channels.Values.SelectMany(texts => NoticeTexts.Names($"{texts.Title?.Zh} {texts.Body.Zh}")).ToHashSet();
            Assert.True(used.SetEquals(template.Values), $"{template.Id} declares other values than it uses");
        }
    }

    [Theory]
    [InlineData("          en: Hello, {name}", "")]
    [InlineData("Hello, {name}", "Hello")]
    [InlineData("Hello, {name}", "Hello, {name} {other}")]
    [InlineData("values: [name]", "values: []")]
    [InlineData("valid_from: 2026-01-01\n", "")]
    [InlineData("sms:", "telegram:")]
    [InlineData("sms:", "mail:")]
    public void A_template_with_a_gap_is_refused(string part, string instead)
    {
        Assert.Single(new NoticeTemplates([Whole]).All);
        var broken = Whole.Replace(part.Trim(' '), instead, StringComparison.Ordinal);
        Assert.NotEqual(Whole, broken);
        Assert.Throws<UnfitException>(() => new NoticeTemplates([broken]));
    }

    [Fact]
    public void The_text_of_the_day_is_taken()
    {
        var templates = new NoticeTemplates([Whole, Whole.Replace("2026-01-01", "2026-07-01", StringComparison.Ordinal).Replace("Hello", "Welcome", StringComparison.Ordinal)]);
        Assert.Null(templates.Find("greeting", new DateOnly(2025, 12, 31)));
        Assert.StartsWith("Hello", templates.Find("greeting", new DateOnly(2026, 6, 30))!.Channels[NoticeChannels.Sms].Body.En, StringComparison.Ordinal);
        Assert.StartsWith("Welcome", templates.Find("greeting", new DateOnly(2026, 7, 1))!.Channels[NoticeChannels.Sms].Body.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_begins_no_line_of_its_own()
    {
        var values = new Dictionary<string, Text> { ["name"] = new("甲\r\nBcc: a@b", "x\nBcc: a@b") };
        Assert.Equal("您好，甲  Bcc: a@b", NoticeTexts.Fill(new("您好，{name}", "Hello, {name}"), values, "zh").Text);
    }

    [Fact]
    public void Every_text_message_fits_by_default()
    {
        foreach (var template in NoticeTemplates.Shipped.All.Where(template => template.Channels.ContainsKey(NoticeChannels.Sms)))
        {
            var values = template.Values.ToDictionary(name => name, _ => new Text("吉林省十二个字的一个长名称", "a name of twenty letters"));
            var texts = template.Channels[NoticeChannels.Sms];
            Assert.All((string[])["zh", "en"], language => Assert.InRange(SmsText.Segments(NoticeTexts.Fill(texts.Body, values, language).Text!), 1, new NoticeOptions().MostSegments));
        }
    }

    [Fact]
    public void Every_cause_has_words_of_its_own() => Assert.Equal(NoticeCauses.All.Count, NoticeCauses.All.Select(NoticeCauses.Say).Distinct().Count());
}
