using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Ledger.Writing;

namespace Liuzhuan.Tests.Platform.Ledger.Writing;

/// <summary>The short way of writing JSON writes what the library writes.</summary>
public class EntryDetailTests
{
    private const int Rounds = 3000;

    private static readonly string[] Pieces =
        ["核验", "低保审核（第三条）", "《办法》第九条", "agency/912201", "\"", "\\", "\n", "\t", "\u0000", "\u007f", "<b>&'+/", "·", "…", "—", "“引号”", "\u2028", "\u00A0", "é", "𠮷", "\uD800", "\uE000", "㐂", "！～", " ", ""];

    [Fact]
    public void The_same_members_are_the_same_bytes()
    {
        var random = new Random(11);
        for (var round = 0; round < Rounds; round++)
        {
            var (text, number) = (string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pieces[random.Next(Pieces.Length)])), random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
            var instant = new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
            // Whole seconds and tenths, too.
            instant = random.Next(3) switch { 0 => instant, 1 => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerSecond)), _ => instant.AddTicks(-(instant.Ticks % (TimeSpan.TicksPerSecond / 10))) };
            var ours = new EntryDetail().Add("text", text).Add("none", (string?)null).Add("number", number).Add("at", instant).Entry("batch", "operator/root@host");

            Assert.Equal(Encoding.UTF8.GetString(OfTheLibrary(text, number, instant)), Encoding.UTF8.GetString(ours.Detail.Span));
            Assert.Equal(ours.Detail.ToArray(), LeafText.Ending(ours with { PutTogether = default }, [])[^(ours.Detail.Length + 1)..^1]);
        }
    }

    [Fact]
    public void A_detail_that_is_none_or_another_is_looked_at_again()
    {
        var ours = new EntryDetail().Add("a", 1).Entry("batch", "operator/root@host");
        Assert.True(ours.IsPutTogether);
        Assert.Throws<ArgumentException>(() => LeafText.Ending(ours with { Detail = "{"u8.ToArray() }, []));
        Assert.Throws<ArgumentException>(() => LeafText.Ending(ours with { Detail = default, PutTogether = default }, []));
        Assert.Throws<ArgumentException>(() => LeafText.Ending(new("batch", "operator/root@host", default), []));
    }

    [Fact]
    public void Every_character_taken_as_it_is_needs_no_escape()
    {
        var plain = Enumerable.Range(0, 0x10000).Select(unit => (char)unit).Where(EntryDetail.IsPlain).ToArray();

        Assert.All(plain, unit => Assert.Equal($"{unit}", JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode($"{unit}")));
        Assert.True(plain.Length > 20_000);
        Assert.True(EntryDetail.IsPlain('核') && EntryDetail.IsPlain('（') && !EntryDetail.IsPlain('"') && !EntryDetail.IsPlain('\\') && !EntryDetail.IsPlain('\u001f'));
    }

    [Fact]
    public void A_leaf_tells_the_time_with_six_digits()
    {
        var random = new Random(12);
        for (var round = 0; round < Rounds; round++)
        {
            var at = new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero).ToOffset(TimeSpan.FromHours(round % 3));
            Assert.Equal(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(LeafText.Time(at)));
        }
    }

    private static byte[] OfTheLibrary(string text, long number, DateTimeOffset instant)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteNull("none");
        json.WriteNumber("number", number);
        json.WriteString("at", instant.UtcDateTime);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
