using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Tests.Platform.Signing.Tokens;

public sealed class ClientAssertionTests : IDisposable
{
    private const string Header = """{"alg":"ES256","typ":"JWT"}""";

    private readonly TokenGround _ground = new();

    [Fact]
    public async Task A_client_signs_in_with_any_of_its_keys_at_either_address()
    {
        foreach (var (key, audience) in new[] { (_ground.CourtKey, TokenGround.Issuer), (_ground.CourtSecondKey, TokenGround.Endpoint) })
        {
            var result = await _ground.Assertions.CheckAsync(ClientAssertions.Write(key, "court", audience, _ground.Clock.Now), "court", CancellationToken.None);
            Assert.True(result.Ok(out var signedIn, out var refusal), refusal?.English);
            Assert.Equal(("court", key.KeyId), (signedIn.Client.Id, signedIn.Key.KeyId));
        }
    }

    [Fact]
    public async Task An_SM2_key_signs_in_too()
    {
        var key = TokenGround.NewKey(SigningSuites.Sm2);
        _ground.Court = _ground.Court with { Keys = [VerifyingKey.Of(key)] };
        Assert.Null(await RefusedAsync(ClientAssertions.Write(key, "court", TokenGround.Issuer, _ground.Clock.Now)));
    }

    [Fact]
    public async Task An_assertion_serves_once()
    {
        var assertion = ClientAssertions.Write(_ground.CourtKey, "court", TokenGround.Issuer, _ground.Clock.Now);
        Assert.Null(await RefusedAsync(assertion));
        Assert.Equal("auth.assertion-replayed", await RefusedAsync(assertion));
        _ground.Clock.Now = _ground.Clock.Now.AddSeconds(149);
        Assert.Equal("auth.assertion-replayed", await RefusedAsync(assertion));
        _ground.Clock.Now = _ground.Clock.Now.AddSeconds(1);
        Assert.Equal("auth.expired", await RefusedAsync(assertion));
    }

    [Fact]
    public async Task Two_clients_may_use_the_same_id()
    {
        string Claims(string client) => $$"""{"iss":"{{client}}","sub":"{{client}}","aud":"{{TokenGround.Issuer}}","iat":{{_ground.Now}},"exp":{{_ground.Now + 60}},"jti":"7"}""";
        Assert.Null(await RefusedAsync(TokenGround.Write(Header, Claims("court"), _ground.CourtKey)));
        Assert.Null(await RefusedAsync(TokenGround.Write(Header, Claims("school"), _ground.SchoolKey)));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", "none")]
    [InlineData("""{"alg":"None","typ":"JWT"}""", "none")]
    [InlineData("""{"typ":"JWT"}""", "own")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""", "hmac")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""", "hmac")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""", "own")]
    [InlineData("""{"alg":"ES384","typ":"JWT"}""", "own")]
    [InlineData("""{"alg":"EdDSA","typ":"JWT"}""", "own")]
    [InlineData("""{"alg":"es256","typ":"JWT"}""", "own")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""", "none")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""", "zero")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""", "other")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""", "server")]
    [InlineData("""{"alg":"ES256","typ":"JWT","kid":"another"}""", "own")]
    [InlineData("""{"alg":"ES256","typ":"JWT","jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}}""", "other")]
    [InlineData("""{"alg":"ES256","typ":"JWT","jku":"https://elsewhere.example/keys"}""", "other")]
    public async Task Only_a_registered_key_in_its_own_way_signs_for_a_client(string header, string by)
    {
        var claims = $$"""{"iss":"court","sub":"court","aud":"{{TokenGround.Issuer}}","iat":{{_ground.Now}},"exp":{{_ground.Now + 60}},"jti":"7"}""";
        byte[] Sign(byte[] text) => by switch
        {
            "none" => [],
            "zero" => new byte[64],
            "hmac" => TokenGround.Hmac(_ground.CourtKey, text),
            "other" => _ground.SchoolKey.Sign(text),
            "server" => _ground.Keys.Current(KeyPurposes.Tokens, "ES256").Sign(text),
            _ => _ground.CourtKey.Sign(text),
        };

        Assert.Equal("auth.assertion-key", await RefusedAsync(TokenGround.Write(header, claims, Sign)));
    }

    [Theory]
    [InlineData("\"iss\":\"school\"", "auth.client-mismatch")]
    [InlineData("\"sub\":\"school\"", "auth.client-mismatch")]
    [InlineData("\"sub\":7", "auth.client-mismatch")]
    [InlineData("\"iss\":\"nobody\",\"sub\":\"nobody\"", "auth.client-unknown")]
    [InlineData("\"aud\":\"https://elsewhere.example\"", "auth.audience")]
    [InlineData("\"aud\":[]", "auth.audience")]
    [InlineData("\"aud\":[\"https://answers.example\",\"https://elsewhere.example\"]", "auth.audience")]
    [InlineData("\"aud\":[\"https://answers.example\",7]", "auth.audience")]
    [InlineData("\"aud\":null", "auth.audience")]
    [InlineData("\"aud\":\"HTTPS://answers.example\"", "auth.audience")]
    [InlineData("\"exp\":null", "auth.no-expiry")]
    [InlineData("\"exp\":\"1772674260\"", "auth.no-expiry")]
    [InlineData("\"exp\":1e300", "auth.no-expiry")]
    [InlineData("\"exp\":-1", "auth.no-expiry")]
    [InlineData("\"exp\":1772674531", "auth.no-expiry")]
    [InlineData("\"exp\":1772674530", null)]
    [InlineData("\"exp\":1772674170", "auth.expired")]
    [InlineData("\"exp\":1772674171", null)]
    [InlineData("\"nbf\":1772674231", "auth.not-yet-valid")]
    [InlineData("\"nbf\":1772674230", null)]
    [InlineData("\"nbf\":\"soon\"", "auth.not-yet-valid")]
    [InlineData("\"iat\":1772674231", "auth.not-yet-valid")]
    [InlineData("\"jti\":null", "auth.no-jti")]
    [InlineData("\"jti\":\"\"", "auth.no-jti")]
    [InlineData("\"jti\":7", "auth.no-jti")]
    [InlineData("\"aud\":[\"https://answers.example\",\"https://answers.example/oauth/token\"]", null)]
    public async Task Every_claim_counts(string claim, string? code)
    {
        Assert.Equal(1772674200, _ground.Now);
        var claims = new Dictionary<string, string> { ["iss"] = "\"court\"", ["sub"] = "\"court\"", ["aud"] = $"\"{TokenGround.Issuer}\"", ["iat"] = $"{_ground.Now}", ["exp"] = $"{_ground.Now + 60}", ["jti"] = "\"7\"" };
        foreach (var part in claim.Split(",\"sub\"", 2) is [var first, var second] ? new[] { first, "\"sub\"" + second } : [claim])
        {
            claims[part[1..part.IndexOf("\":", StringComparison.Ordinal)]] = part[(part.IndexOf("\":", StringComparison.Ordinal) + 2)..];
        }

        var payload = $"{{{string.Join(',', claims.Where(pair => pair.Value != "null").Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
        Assert.Equal(code, await RefusedAsync(TokenGround.Write(Header, payload, _ground.CourtKey)));
    }

    [Fact]
    public async Task The_client_id_of_the_request_must_be_the_same()
    {
        var assertion = ClientAssertions.Write(_ground.CourtKey, "court", TokenGround.Issuer, _ground.Clock.Now);
        Assert.Equal("auth.client-mismatch", (await _ground.Assertions.CheckAsync(assertion, "school", CancellationToken.None)).Ok(out _, out var refusal) ? null : refusal.Code);
    }

    [Fact]
    public async Task An_access_token_is_no_assertion()
    {
        var token = _ground.Tokens.Issue("court", ["questions"], TokenBinding.To(_ground.Court.Keys[0]));
        Assert.Equal("auth.assertion-type", await RefusedAsync(token));
    }

    [Fact]
    public async Task After_a_restart_an_older_assertion_must_be_made_anew()
    {
        var assertion = ClientAssertions.Write(_ground.CourtKey, "court", TokenGround.Issuer, _ground.Clock.Now);
        _ground.Clock.Now = _ground.Clock.Now.AddSeconds(5);
        var restarted = new ClientAssertions(_ground, new MemoryOnceStore(_ground.Clock), [TokenGround.Issuer], _ground.Clock);
        Assert.Equal("auth.sign-again", (await restarted.CheckAsync(assertion, null, CancellationToken.None)).Ok(out _, out var refusal) ? null : refusal.Code);
    }

    public void Dispose() => _ground.Dispose();

    private async Task<string?> RefusedAsync(string assertion)
    {
        if ((await _ground.Assertions.CheckAsync(assertion, null, CancellationToken.None)).Ok(out _, out var refusal)) return null;
        Assert.Equal(401, refusal.Status);
        return refusal.Code;
    }
}
