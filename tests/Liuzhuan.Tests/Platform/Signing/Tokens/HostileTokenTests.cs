using System.Buffers.Text;
using System.Text;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Tests.Platform.Signing.Tokens;

/// <summary>Texts that are no tokens, or too much of one. Whoever checks them must say no, quickly, and never throw.</summary>
public sealed class HostileTokenTests : IDisposable
{
    private const string Header = """{"alg":"ES256","typ":"JWT"}""";

    private readonly TokenGround _ground = new();

    public static TheoryData<string> Texts =>
    [
        "", ".", "..", "...", "....", "a", "a.b", "a.b.c", "e30.e30.", "e30.e30.AAAA", "e30.e30.e30.e30.e30", " ", "\n", "甲.乙.丙", "\0.\0.\0",
        "bnVsbA.bnVsbA.AAAA", "W10.W10.AAAA", "MQ.MQ.AAAA", "IiI.IiI.AAAA", "e30=.e30=.AAAA", "e30.e3A.AAAA", "%65%33.e30.AAAA", "e30\r\n.e30.AAAA",
        new string('.', 100), new string('e', 4096),
    ];

    [Theory, MemberData(nameof(Texts))]
    public async Task What_is_no_token_is_refused(string text)
    {
        Assert.StartsWith("auth.", await AssertionAsync(text), StringComparison.Ordinal);
        Assert.StartsWith("auth.", Access(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_larger_than_4096_characters_is_refused_unread()
    {
        var payload = $$"""{"iss":"court","sub":"court","more":"{{new string('x', 4000)}}"}""";
        var text = TokenGround.Write(Header, payload, _ground.CourtKey);
        Assert.Equal("auth.token-too-large", await AssertionAsync(text));
        Assert.Equal("auth.token-too-large", Access(new string('a', 10_000_000)));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task A_deeply_nested_token_is_refused(string open, string close)
    {
        var nested = new StringBuilder().Insert(0, open, 400).Append('1').Insert(0, "{\"iss\":\"court\",\"sub\":\"court\",\"x\":").Append(string.Concat(Enumerable.Repeat(close, 400))).Append('}').ToString();
        Assert.Equal("auth.token-malformed", await AssertionAsync(TokenGround.Write(Header, nested, _ground.CourtKey)));
        Assert.Equal("auth.token-malformed", await AssertionAsync(TokenGround.Write(nested, "{}", _ground.CourtKey)));
    }

    [Theory]
    [InlineData("""{"alg":"ES256","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","b64":false,"crit":["b64"]}""")]
    [InlineData("""{"alg":"ES256","crit":[]}""")]
    public async Task Extensions_that_must_be_understood_are_refused(string header) =>
        Assert.Equal("auth.token-malformed", await AssertionAsync(TokenGround.Write(header, """{"iss":"court","sub":"court"}""", _ground.CourtKey)));

    [Theory]
    [InlineData("""{"iss":"court","sub":"court","sub":"school"}""", "auth.token-malformed")]
    [InlineData("""{"iss":"court","\u0073ub":"school","sub":"court"}""", "auth.token-malformed")]
    [InlineData("""{"iss":"\ud800","sub":"\ud800"}""", "auth.client-mismatch")]
    [InlineData("""{"\ud800":1,"iss":"court","sub":"nobody"}""", "auth.token-malformed", "auth.client-mismatch")]
    [InlineData("""{"iss":"court","sub":"court",}""", "auth.token-malformed")]
    [InlineData("""{"iss":"court","sub":"court"} x""", "auth.token-malformed")]
    [InlineData("""{"iss":"court" /* */,"sub":"court"}""", "auth.token-malformed")]
    [InlineData("""{"iss":{"a":"court"},"sub":["court"]}""", "auth.client-mismatch")]
    public async Task A_text_that_two_readers_might_read_differently_is_refused(string payload, params string[] codes) =>
        Assert.Contains(await AssertionAsync(TokenGround.Write(Header, payload, _ground.CourtKey)), codes);

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var text = TokenGround.Write(Header, "{}", _ground.CourtKey).Split('.');
        Assert.Equal("auth.token-malformed", await AssertionAsync($"{text[0]}.{Base64Url.EncodeToString([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'])}.{text[2]}"));
    }

    [Fact]
    public async Task Cut_and_bent_tokens_of_every_kind_are_refused()
    {
        var good = ClientAssertions.Write(_ground.CourtKey, "court", TokenGround.Issuer, _ground.Clock.Now);
        for (var at = 0; at < good.Length - 1; at++)
        {
            // The last character of base64 holds bits that mean nothing, so it is left out.
            var bent = $"{good[..at]}{(good[at] == 'A' ? 'B' : 'A')}{good[(at + 1)..]}";
            Assert.NotNull(await AssertionAsync(bent));
            Assert.NotNull(await AssertionAsync(good[..at]));
        }

        Assert.Null(await AssertionAsync(good));
    }

    public void Dispose() => _ground.Dispose();

    private async Task<string?> AssertionAsync(string text) => (await _ground.Assertions.CheckAsync(text, null, CancellationToken.None)).Ok(out _, out var refusal) ? null : refusal.Code;

    private string? Access(string text) => _ground.Tokens.Check(text).Ok(out _, out var refusal) ? null : refusal.Code;
}
