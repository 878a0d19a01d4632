using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Tests.Platform.Signing.Tokens;

public sealed class AccessTokenTests : IDisposable
{
    private readonly TokenGround _ground = new();

    private TokenBinding Binding => TokenBinding.To(_ground.Court.Keys[0]);

    [Fact]
    public void A_token_says_whose_it_is_and_what_it_opens()
    {
        Assert.True(_ground.Tokens.Check(Issue()).Ok(out var token, out var refusal), refusal?.English);
        Assert.Equal(("court", Binding, TestClock.Morning.AddMinutes(10)), (token.ClientId, token.Binding, token.ExpiresAt));
        Assert.Equal(["questions", "batches"], token.Scopes);
    }

    [Fact]
    public void A_token_ends_on_time_though_it_was_seen_before()
    {
        var token = Issue();
        Assert.Null(Refused(token));
        _ground.Clock.Now = TestClock.Morning.AddMinutes(10).AddTicks(-1);
        Assert.Null(Refused(token));
        _ground.Clock.Now = TestClock.Morning.AddMinutes(10);
        Assert.Equal("auth.expired", Refused(token));
    }

    [Fact]
    public void A_revoked_token_is_refused_though_it_was_seen_before()
    {
        var text = Issue();
        Assert.True(_ground.Tokens.Check(text).Ok(out var token, out _));
        _ground.Revoked.Add(token.Id);
        Assert.Equal("auth.token-revoked", Refused(text));
    }

    [Fact]
    public void A_token_from_the_future_is_refused()
    {
        var token = Issue();
        _ground.Clock.Now = TestClock.Morning.AddSeconds(-6);
        Assert.Equal("auth.not-yet-valid", Refused(token));
    }

    [Fact]
    public void Tokens_of_an_older_key_count_after_rotation()
    {
        var token = Issue();
        _ground.Keys.Rotate(KeyPurposes.Tokens, "ES256");
        Assert.Null(Refused(token));
        Assert.Null(Refused(Issue()));
    }

    [Theory]
    [InlineData("answers", "at+jwt")]
    [InlineData("client", "at+jwt")]
    [InlineData("tokens", "JWT")]
    [InlineData("tokens", "")]
    public void A_token_of_another_key_or_kind_is_not_ours(string by, string type)
    {
        var key = by == "client" ? _ground.CourtKey : _ground.Keys.Current(by, "ES256");
        Assert.Equal("auth.token-not-ours", Refused(Forged(key, type)));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("none")]
    [InlineData("EdDSA")]
    public void The_token_cannot_choose_how_it_is_checked(string algorithm)
    {
        var key = _ground.Keys.Current(KeyPurposes.Tokens, "ES256");
        var header = $$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{key.KeyId}}"}""";
        Assert.Equal("auth.token-not-ours", Refused(TokenGround.Write(header, Claims(), text => algorithm == "none" ? [] : TokenGround.Hmac(key, text))));
        Assert.Equal("auth.token-not-ours", Refused(TokenGround.Write(header, Claims(), key)));
    }

    [Theory]
    [InlineData("\"aud\":\"https://answers.example\"", "\"aud\":\"https://elsewhere.example\"", "auth.audience")]
    [InlineData("\"iss\":\"https://answers.example\"", "\"iss\":\"https://elsewhere.example\"", "auth.token-not-ours")]
    [InlineData("\"cnf\":{\"jkt\":\"k\"}", "\"cnf\":{}", "auth.token-not-ours")]
    [InlineData("\"cnf\":{\"jkt\":\"k\"}", "\"cnf\":{\"jkt\":\"k\",\"x5t#S256\":\"c\"}", "auth.token-not-ours")]
    [InlineData("\"cnf\":{\"jkt\":\"k\"}", "\"cnf\":{\"kid\":\"k\"}", "auth.token-not-ours")]
    [InlineData("\"cnf\":{\"jkt\":\"k\"}", "\"cnf\":\"k\"", "auth.token-not-ours")]
    [InlineData("\"cnf\":{\"jkt\":\"k\"}", "\"x\":1", "auth.token-not-ours")]
    [InlineData("\"jti\":\"7\"", "\"jti\":7", "auth.token-not-ours")]
    [InlineData("\"exp\":", "\"exq\":", "auth.token-not-ours")]
    [InlineData("\"jti\":\"7\"", "\"jti\":\"7\",\"aud\":\"https://elsewhere.example\"", "auth.token-malformed")]
    [InlineData("\"jti\":", "\"jti\":", null)]
    public void Even_our_own_key_must_have_said_all_of_it(string part, string instead, string? code)
    {
        var key = _ground.Keys.Current(KeyPurposes.Tokens, "ES256");
        var header = $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{key.KeyId}}"}""";
        Assert.Equal(code, Refused(TokenGround.Write(header, Claims().Replace(part, instead, StringComparison.Ordinal), key)));
    }

    [Fact]
    public void The_memory_of_seen_tokens_is_bounded_and_keeps_those_in_use()
    {
        var seen = new SeenTokens(most: 8);
        Assert.True(_ground.Tokens.Check(Issue()).Ok(out var token, out _));
        seen.Add("in use", token);
        for (var number = 0; number < 100; number++)
        {
            seen.Add($"other {number}", token);
            Assert.True(seen.TryFind("in use", out _));
        }

        Assert.InRange(Enumerable.Range(0, 100).Count(number => seen.TryFind($"other {number}", out _)), 1, 8);
        Assert.False(seen.TryFind(new string('x', 5000), out _));
    }

    public void Dispose() => _ground.Dispose();

    private string Issue() => _ground.Tokens.Issue("court", ["questions", "batches"], Binding);

    private string? Refused(string token) => _ground.Tokens.Check(token).Ok(out _, out var refusal) ? null : refusal.Code;

    private string Forged(SigningKey key, string type) => TokenGround.Write($$"""{"alg":"ES256","typ":"{{type}}","kid":"{{key.KeyId}}"}""", Claims(), key);

    private string Claims() =>
        $$"""{"iss":"https://answers.example","aud":"https://answers.example","sub":"court","client_id":"court","scope":"questions","iat":{{_ground.Now}},"exp":{{_ground.Now + 600}},"jti":"7","cnf":{"jkt":"k"} }""";
}
