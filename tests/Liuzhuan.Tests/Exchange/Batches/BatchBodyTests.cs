using System.Text;
using Liuzhuan.Exchange.Batches;

namespace Liuzhuan.Tests.Exchange.Batches;

public class BatchBodyTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string Good = $$"""{"purpose":"p","fact":"identity","name":"名单.csv","bytes":10,"sha256":"{{Digest}}"}""";

    [Fact]
    public void A_batch_is_read_as_it_was_sent()
    {
        var text = Good.Replace("}", ""","language":"en","encoding":"gb18030","columns":{"name":"B"},"sealedUntil":"2026-04-01"}""", StringComparison.Ordinal);
        Assert.True(BatchBody.Read(Encoding.UTF8.GetBytes(text)).Ok(out var body, out _));
        Assert.Equal(("p", "identity", "名单.csv", 10, Digest, "en", "gb18030", "B", new DateOnly(2026, 4, 1)),
            (body.Purpose, body.Fact, body.Name, body.Bytes, body.Sha256, body.Language, body.Encoding, body.Columns["name"], body.SealedUntil));
    }

    [Fact]
    public void What_is_left_out_has_its_usual_value()
    {
        Assert.True(BatchBody.Read(Encoding.UTF8.GetBytes(Good)).Ok(out var body, out _));
        Assert.Equal(("zh", null, 0, null), (body.Language, body.Encoding, body.Columns.Count, body.SealedUntil));
    }

    [Theory]
    [InlineData("null", "batch.not-an-object")]
    [InlineData("[]", "batch.unreadable")]
    [InlineData("""{"purpose":"p"}""", "batch.unreadable")]
    [InlineData("""{"extra":1}""", "batch.unreadable")]
    public void What_is_no_batch_is_refused(string text, string code)
    {
        Assert.False(BatchBody.Read(Encoding.UTF8.GetBytes(text)).Ok(out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("\"bytes\":10", "\"bytes\":10,\"bytes\":10", "batch.unreadable")]
    [InlineData("\"bytes\":10", "\"Bytes\":10", "batch.unreadable")]
    [InlineData("\"bytes\":10", "\"bytes\":\"10\"", "batch.unreadable")]
    [InlineData("\"bytes\":10", "\"bytes\":1.5", "batch.unreadable")]
    [InlineData("\"bytes\":10", "\"bytes\":0", "batch.bounds")]
    [InlineData("\"bytes\":10", "\"bytes\":10,\"language\":\"fr\"", "batch.bounds")]
    [InlineData("\"bytes\":10", "\"bytes\":10,\"encoding\":\"latin1\"", "batch.bounds")]
    [InlineData("\"bytes\":10", "\"bytes\":10,\"columns\":null", "batch.bounds")]
    [InlineData("\"bytes\":10", "\"bytes\":10,\"columns\":{\"name\":\"\"}", "batch.bounds")]
    [InlineData("\"bytes\":10", "\"bytes\":10,\"sealedUntil\":\"soon\"", "batch.unreadable")]
    [InlineData(Digest, "0123", "batch.bounds")]
    [InlineData("abcdef\"}", "ABCDEF\"}", "batch.bounds")]
    [InlineData("名单.csv", "名单.pdf", "batch.wrong-kind")]
    [InlineData("名单.csv", ".csv", "batch.wrong-kind")]
    [InlineData("名单.csv", "../名单.csv", "batch.wrong-kind")]
    [InlineData("名单.csv", "名单\\u0007.csv", "batch.wrong-kind")]
    [InlineData("\"p\"", "\"\"", "batch.bounds")]
    [InlineData("identity", "", "batch.bounds")]
    public void A_member_that_is_not_as_it_should_be_is_refused(string from, string to, string code)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);
        Assert.False(BatchBody.Read(Encoding.UTF8.GetBytes(Good.Replace(from, to, StringComparison.Ordinal))).Ok(out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }
}
