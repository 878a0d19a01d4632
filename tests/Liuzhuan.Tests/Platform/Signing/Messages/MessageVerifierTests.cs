using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Tests.Platform.Signing.Messages;

public class MessageVerifierTests
{
    private static readonly SigningKey Key = SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey());
    private static readonly DateTimeOffset Now = TestClock.Morning;
    private static readonly SignaturePolicy Policy = ExchangeSignatures.RequestWithContent;

    private static PlainMessage Question => PlainMessage.Asking("POST", "answers.example", "/api/questions", "?wait=1")
        .With("content-type", "application/json").With("content-digest", ContentDigest.Of("{}"u8)).With("authorization", "Bearer abc").With("idempotency-key", "\"k1\"");

    public static TheoryData<string> Suites => [.. SigningSuites.All.Select(suite => suite.Id)];

    [Theory, MemberData(nameof(Suites))]
    public void A_signed_question_is_believed_with_every_suite(string id)
    {
        var key = SigningSuites.All.Single(suite => suite.Id == id) is var suite ? suite.Load(suite.NewPrivateKey()) : Key;
        var message = Signed(Question, Input(Question) with { KeyId = key.KeyId, Algorithm = MessageVerifier.AlgorithmName(suite) }, key);

        Assert.True(MessageVerifier.Verify(message, Policy, keyId => keyId == key.KeyId ? VerifyingKey.Of(key) : null, Now).Ok(out var signature, out var refusal), refusal?.English);
        Assert.Equal(key.KeyId, signature.Key.KeyId);
    }

    [Fact]
    public void A_change_of_any_covered_part_is_seen()
    {
        var signed = Signed(Question);
        PlainMessage[] changed =
        [
            signed.But(method: "PUT"), signed.But(authority: "answers.example:8443"), signed.But(path: "/api/question"), signed.But(query: "?"),
            signed.But().With("content-type", "text/plain"), signed.But().With("content-digest", ContentDigest.Of("[]"u8)),
            signed.But().With("authorization", "Bearer abd"), signed.But().With("idempotency-key", "\"k2\""),
            signed.But().With("idempotency-key", "\"k1\"", "\"k2\""),
        ];

        Assert.Null(Refused(signed));
        Assert.All(changed, message => Assert.Equal("auth.signature-wrong", Refused(message)));
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("@authority")]
    [InlineData("@path")]
    [InlineData("@query")]
    [InlineData("content-digest")]
    [InlineData("content-type")]
    [InlineData("authorization")]
    [InlineData("idempotency-key")]
    public void A_signature_that_leaves_out_a_part_says_which(string name)
    {
        var input = Input(Question);
        var message = Signed(Question, input with { Components = [.. input.Components.Where(component => component.Name != name)] });

        Assert.False(Verify(message).Ok(out _, out var refusal));
        Assert.Equal("auth.signature-not-covered", refusal.Code);
        Assert.Contains($"\"{name}\"", refusal.Chinese, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(30, null, null)]
    [InlineData(31, null, "auth.signature-future")]
    [InlineData(-90, null, null)]
    [InlineData(-91, null, "auth.signature-expired")]
    [InlineData(-50, 20, null)]
    [InlineData(-50, 19, "auth.signature-expired")]
    [InlineData(0, -1, "auth.signature-expired")]
    [InlineData(-99999999999999, null, "auth.signature-expired")]
    [InlineData(999999999999999 - 1772674200, null, "auth.signature-future")]
    public void A_signature_counts_for_its_time_only(long createdAfterNow, int? life, string? code)
    {
        var created = Now.ToUnixTimeSeconds() + createdAfterNow;
        Assert.Equal(code, Refused(Signed(Question, Input(Question) with { Created = created, Expires = created + life })));
    }

    [Fact]
    public void A_signature_without_time_or_nonce_or_key_is_refused()
    {
        Assert.Equal("auth.signature-no-created", Refused(Signed(Question, Input(Question) with { Created = null })));
        Assert.Equal("auth.signature-no-nonce", Refused(Signed(Question, Input(Question) with { Nonce = null })));
        Assert.Equal("auth.signature-no-nonce", Refused(Signed(Question, Input(Question) with { Nonce = "" })));
        Assert.Equal("auth.signature-unknown-key", Refused(Signed(Question, Input(Question) with { KeyId = null })));
        Assert.Equal("auth.signature-unknown-key", Refused(Signed(Question, Input(Question) with { KeyId = "other" })));
    }

    [Theory]
    [InlineData("hmac-sha256")]
    [InlineData("ed25519")]
    [InlineData("none")]
    [InlineData("")]
    public void The_message_cannot_choose_the_algorithm(string algorithm) =>
        Assert.Equal("auth.signature-algorithm", Refused(Signed(Question, Input(Question) with { Algorithm = algorithm })));

    [Fact]
    public void Only_the_signature_with_the_agreed_tag_counts_and_only_one()
    {
        var ours = Signed(Question);
        var (input, signature) = (ours.Fields["signature-input"].ToString(), ours.Fields["signature"].ToString());
        PlainMessage Both(string otherInput) => ours.But().With("signature-input", otherInput, input).With("signature", "proxy=:AAAA:", signature);

        Assert.Null(Refused(Both("""proxy=("@method");created=1;tag="gateway" """.Trim())));
        Assert.Equal("auth.signature-ambiguous", Refused(Both("proxy" + input["sig1".Length..])));
        Assert.Equal("auth.signature-missing", Refused(Signed(Question, Input(Question) with { Tag = "something-else" })));
        Assert.Equal("auth.signature-missing", Refused(Signed(Question, Input(Question) with { Tag = null })));
        Assert.Equal("auth.signature-missing", Refused(Question));
    }

    [Fact]
    public void A_covered_part_that_is_absent_or_cannot_be_signed_is_refused()
    {
        var input = Input(Question);
        var wider = Signed(Question.With("date", "today"), input with { Components = [.. input.Components, new("date")] });
        wider.Fields.Remove("date");
        Assert.Equal("auth.signature-part-missing", Refused(wider));

        foreach (var bad in new[] { "a\n\"@method\": GET", "a\rb", "甲", "a\0" })
        {
            Assert.Equal("auth.signature-part-missing", Refused(Signed(Question).With("idempotency-key", bad)));
        }
    }

    [Fact]
    public void An_answer_holds_for_its_own_question_only()
    {
        var question = Signed(Question);
        var answer = PlainMessage.Answering(200, question).With("content-type", "application/json").With("content-digest", ContentDigest.Of("[1]"u8));
        var signed = Signed(answer, MessageSigner.Describe(answer, ExchangeSignatures.Answer, Key, Now, nonce: null));
        Result<VerifiedSignature> Check(HttpMessage message) => MessageVerifier.Verify(message, ExchangeSignatures.Answer, _ => VerifyingKey.Of(Key), Now);

        Assert.True(Check(signed).Ok(out _, out _));
        Assert.False(Check(signed.But(request: Signed(Question))).Ok(out _, out var other));
        Assert.Equal("auth.signature-wrong", other.Code);
        Assert.False(Check(signed.But(request: Question)).Ok(out _, out var unsigned));
        Assert.Equal("auth.signature-part-missing", unsigned.Code);

        // A request's signature never passes for an answer's.
        Assert.False(Check(question).Ok(out _, out var wrongKind));
        Assert.Equal("auth.signature-missing", wrongKind.Code);
    }

    [Fact]
    public void A_message_of_any_size_is_signed_or_refused_without_harm()
    {
        var large = Question.With("idempotency-key", new string('k', 60_000));
        Assert.Null(Refused(Signed(large)));
        Assert.Equal("auth.signature-part-missing", Refused(large.But().With("idempotency-key", new string('k', 70_000))
            .With("signature-input", Signed(large).Fields["signature-input"].ToString()).With("signature", "sig1=:AAAA:")));
    }

    [Fact]
    public void What_is_described_and_signed_is_always_read_back_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<uint>(), (text, expires) =>
        {
            var printable = new string([.. text.Get.Where(letter => letter is >= ' ' and <= '~')]);
            var input = Input(Question) with { Nonce = printable + "n", Expires = Now.ToUnixTimeSeconds() + expires };
            var message = Signed(Question, input);
            return Verify(message).Ok(out var read, out _) && read.Input.ToString() == input.ToString() && read.Input.Nonce == input.Nonce && read.Input.Expires == input.Expires;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static SignatureInput Input(PlainMessage message) => MessageSigner.Describe(message, Policy, Key, Now, Guid.CreateVersion7(Now).ToString());

    private static PlainMessage Signed(PlainMessage message, SignatureInput? input = null, SigningKey? key = null)
    {
        var (described, signature) = MessageSigner.Sign(message, input ?? Input(message), key ?? Key);
        return message.But().With("signature-input", described).With("signature", signature);
    }

    private static Result<VerifiedSignature> Verify(HttpMessage message) => MessageVerifier.Verify(message, Policy, id => id == Key.KeyId ? VerifyingKey.Of(Key) : null, Now);

    private static string? Refused(HttpMessage message) => Verify(message).Ok(out _, out var refusal) ? null : refusal.Code;
}
