using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Tests.Platform.Signing.Messages;

public class SignatureFieldsTests
{
    [Theory]
    [InlineData("""sig=()""")]
    [InlineData("""sig=("@method");created=1;keyid="a b\"c\\" """)]
    [InlineData("""sig=("@method" "content-digest";req "x-a_b");expires=-1;nonce="";alg="";tag="t" """)]
    [InlineData("""*s.i-g_1=("a")""")]
    public void A_field_in_canonical_form_is_read_and_written_back(string text)
    {
        Assert.True(Read(text.Trim()).Ok(out var received, out var refusal), refusal?.English);
        Assert.Equal(text.Trim()[(text.IndexOf('=', StringComparison.Ordinal) + 1)..], received.Parameters.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sig")]
    [InlineData("sig=")]
    [InlineData("sig=1")]
    [InlineData("""Sig=("a")""")]
    [InlineData("""1sig=("a")""")]
    [InlineData("""sig=("a" """)]
    [InlineData("""sig=("a";created=1""")]
    [InlineData("""sig=("a"  "b")""")]
    [InlineData("""sig=("a""b")""")]
    [InlineData("""sig=( "a")""")]
    [InlineData("""sig=("a" )""")]
    [InlineData("""sig=(a)""")]
    [InlineData("""sig=("A")""")]
    [InlineData("""sig=("")""")]
    [InlineData("""sig=("a b")""")]
    [InlineData("""sig=("@unknown")""")]
    [InlineData("""sig=("@query-param";name="x")""")]
    [InlineData("""sig=("@signature-params")""")]
    [InlineData("""sig=("a";sf)""")]
    [InlineData("""sig=("a";key="b")""")]
    [InlineData("""sig=("a";req;req)""")]
    [InlineData("""sig=("a";req=?1)""")]
    [InlineData("""sig=("a" "a")""")]
    [InlineData("""sig=("a";req "a";req)""")]
    [InlineData("""sig=("a"); created=1""")]
    [InlineData("""sig=("a");created""")]
    [InlineData("""sig=("a");created=1;created=2""")]
    [InlineData("""sig=("a");created="1" """)]
    [InlineData("""sig=("a");created=1.0""")]
    [InlineData("""sig=("a");created=01""")]
    [InlineData("""sig=("a");created=-0""")]
    [InlineData("""sig=("a");created=1234567890123456""")]
    [InlineData("""sig=("a");created=99999999999999999999999999""")]
    [InlineData("""sig=("a");keyid=abc""")]
    [InlineData("""sig=("a");keyid="abc""")]
    [InlineData("""sig=("a");keyid="a\b" """)]
    [InlineData("sig=(\"a\");keyid=\"a\tb\"")]
    [InlineData("sig=(\"a\");keyid=\"甲\"")]
    [InlineData("sig=(\"a\\\"\")")]
    [InlineData("""sig=("a");unknown="b" """)]
    [InlineData("""sig=("a");created=1,""")]
    [InlineData("""sig=("a"),,b=("a")""")]
    [InlineData("""sig=("a"), sig=("b")""")]
    [InlineData("""sig=("a") b=("c")""")]
    public void Anything_else_is_malformed(string text) => Assert.Equal("auth.signature-malformed", Refused(Read(text.TrimEnd())));

    [Theory]
    [InlineData("")]
    [InlineData("sig")]
    [InlineData("sig=")]
    [InlineData("sig=AAAA")]
    [InlineData("sig=:AAAA")]
    [InlineData("sig=:AAA:")]
    [InlineData("sig=:AA A:")]
    [InlineData("sig=:AAB=:")]
    [InlineData("sig=:AB==:")]
    [InlineData("sig=:AA==:;x=1")]
    [InlineData("sig=:A-_A:")]
    [InlineData("sig=:AAAA:, sig=:AAAA:")]
    [InlineData("sig=:AAAA:,")]
    public void A_malformed_signature_field_is_refused(string text) => Assert.Equal("auth.signature-malformed", Refused(Read("""sig=("a")""", text)));

    [Fact]
    public void A_signature_under_another_label_is_missing() => Assert.Equal("auth.signature-missing", Refused(Read("""sig=("a")""", "other=:AAAA:")));

    [Fact]
    public void Too_much_of_anything_is_refused()
    {
        Assert.Equal("auth.signature-too-large", Refused(Read($"""sig=("a");keyid="{new string('k', 5000)}" """.TrimEnd())));
        Assert.Equal("auth.signature-too-large", Refused(Read("""sig=("a")""", $"sig=:{new string('A', 5000)}:")));
        Assert.Equal("auth.signature-too-large", Refused(Read(string.Join(", ", Enumerable.Range(0, 5).Select(label => $"s{label}=()")), tag: "t")));
        Assert.Equal("auth.signature-malformed", Refused(Read($"sig=({string.Join(' ', Enumerable.Range(0, 25).Select(name => $"\"x{name}\""))})")));
        Assert.Equal("auth.signature-malformed", Refused(Read($"""sig=("a");keyid="{new string('k', 257)}" """.TrimEnd())));
        Assert.Equal("auth.signature-malformed", Refused(Read("""sig=("a")""", $"sig=:{new string('A', 400)}:")));
    }

    private static Result<ReceivedSignature> Read(string input, string signature = "sig=:AAAA:", string? tag = null) =>
        SignatureFields.Read(PlainMessage.Answering(200).With("signature-input", input).With("signature", input.StartsWith('*') ? "*s.i-g_1=:AAAA:" : signature), tag);

    private static string? Refused(Result<ReceivedSignature> result) => result.Ok(out _, out var refusal) ? null : refusal.Code;
}
