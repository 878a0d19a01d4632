using System.Text;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Tests.Platform.Signing.Messages;

/// <summary>The worked example in docs/signing.md is what the code makes: Ed25519 gives the same signature every time.</summary>
public class DocumentedExampleTests
{
    private const string Content = """{"facts":["residence"]}""";

    [Fact]
    public void The_example_in_the_documents_is_made_by_this_code()
    {
        // The key of RFC 8032 section 7.1, test 1.
        var key = SigningSuites.Ed25519.Load(Convert.FromHexString("302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        var question = PlainMessage.Asking("POST", "answers.example", "/api/questions", "?").With("authorization", "Bearer example-token")
            .With("content-type", "application/json").With("content-digest", ContentDigest.Of(Encoding.UTF8.GetBytes(Content)));
        var asked = Example(question, MessageSigner.Describe(question, ExchangeSignatures.RequestWithContent, key, TestClock.Morning, "q3Zt9x1mR0eKcVw2"), key);

        var reply = """{"verdict":"consistent"}""";
        var answer = PlainMessage.Answering(200, question.With("signature", asked.Signature)).With("content-type", "application/json").With("content-digest", ContentDigest.Of(Encoding.UTF8.GetBytes(reply)));
        var answered = Example(answer, MessageSigner.Describe(answer, ExchangeSignatures.Answer, key, TestClock.Morning, nonce: null), key);

        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "signing.md"));
        Assert.All([Content, reply, asked.Text, answered.Text], text => Assert.Contains($"```\n{text}\n```", document, StringComparison.Ordinal));
    }

    private static (string Text, string Signature) Example(PlainMessage message, SignatureInput input, SigningKey key)
    {
        var text = new SignatureBase(new byte[SignatureBase.UsualLength]);
        Assert.True(text.TryBuild(message, input.Components, input.ToString()));
        var (described, signature) = MessageSigner.Sign(message, input, key);
        return ($"{Encoding.ASCII.GetString(text.Bytes)}\n\nSignature-Input: {described}\nSignature: {signature}", signature);
    }
}
