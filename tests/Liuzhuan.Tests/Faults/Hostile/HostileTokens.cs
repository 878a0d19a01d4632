using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>Access tokens and assertions that somebody made up, changed, stole or kept.</summary>
internal static class HostileTokens
{
    private const string NotOurs = "auth.token-not-ours", Malformed = "auth.token-malformed", AssertionKey = "auth.assertion-key", Form = "auth.form";

    public static IEnumerable<HostileCase> All =>
    [
        .. Confusions("an access token", NotOurs, (ground, header, sign) => WithTokenAsync(ground, Token(Claims(ground), header, sign))),
        .. Confusions("an assertion", AssertionKey, (ground, header, sign) => Task.FromResult(ground.SignIn(Token(Assertion(ground), Changed(header, "typ", "JWT"), sign)))),

        Bearer("the token of another client", "auth.signature-unknown-key", async ground => await ground.Service.TokenAsync(TestService.Court)),
        HostileCase.Of("a stolen token with the thief's own key", 401, "auth.signature-unknown-key", ground => ground.QuestionAsync(key: SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey()))),
        Bearer("a token signed by the key of the answers", NotOurs, ground => Task.FromResult(Token(Claims(ground), Header(AnswersKey(ground)), AnswersKey(ground).Sign))),
        Bearer("a token signed by its own client", NotOurs, ground => Task.FromResult(Token(Claims(ground), Header(ground.SchoolKey), ground.SchoolKey.Sign))),
        Own("a token of ours that has expired", "auth.expired", ground => Set(Claims(ground), "exp", ground.Now.ToUnixTimeSeconds() - 1)),
        Own("a token of ours that is not yet valid", "auth.not-yet-valid", ground => Set(Claims(ground), "iat", ground.Now.ToUnixTimeSeconds() + 3600)),
        Own("a token of ours for another audience", "auth.audience", ground => Set(Claims(ground), "aud", "https://elsewhere.example")),
        Own("a token of ours for two audiences", "auth.audience", ground => Set(Claims(ground), "aud", new JsonArray(ground.Issuer, "https://elsewhere.example"))),
        Own("a token of ours by another issuer", NotOurs, ground => Set(Claims(ground), "iss", "https://elsewhere.example")),
        Own("a token of ours that is bound to nothing", NotOurs, ground => Set(Claims(ground), "cnf", new JsonObject())),
        Own("a token of ours that is bound to two keys", NotOurs, ground => Set(Claims(ground), "cnf", new JsonObject { ["jkt"] = ground.SchoolKey.KeyId, ["x5t#S256"] = ground.SchoolKey.KeyId })),
        Own("a token of ours whose time is a text", NotOurs, ground => Set(Claims(ground), "exp", "9999999999")),
        Own("a token of ours whose time overflows", NotOurs, ground => Set(Claims(ground), "exp", 1e300)),
        Own("a token of ours for a client that is not registered", "auth.token-revoked", ground => Set(Claims(ground), "client_id", "nobody-1")),
        Own("a token of ours without a scope", "auth.scope-missing", ground => Set(Claims(ground), "scope", ""), 403),
        Own("a token of ours for batches only", "auth.scope-missing", ground => Set(Claims(ground), "scope", "batches"), 403),
        Bearer("a token with a claim twice", Malformed, ground => Task.FromResult(Signed(TokenKey(ground), Header(TokenKey(ground)).ToJsonString(), Claims(ground).ToJsonString()[..^1] + ",\"client_id\":\"court-1\"}"))),
        Bearer("a token that asks for an extension", Malformed, ground => Task.FromResult(Token(Claims(ground), Changed(Header(TokenKey(ground)), "crit", new JsonArray("x")), TokenKey(ground).Sign))),
        Bearer("a token nested a hundred deep", Malformed, ground => Task.FromResult(Signed(TokenKey(ground), Header(TokenKey(ground)).ToJsonString(), $"{{\"a\":{new string('[', 100)}{new string(']', 100)}}}"))),
        Bearer("a token of five parts", Malformed, async ground => await ground.Service.TokenAsync(TestService.School) + ".a.b"),
        Bearer("a token of two parts", Malformed, ground => Task.FromResult("a.b")),
        Bearer("dots only", Malformed, ground => Task.FromResult("..")),
        Bearer("an empty token", "auth.no-token", ground => Task.FromResult("")),
        Bearer("a token with padding", Malformed, async ground => await ground.Service.TokenAsync(TestService.School) + "=", NotOurs),
        Bearer("a token of nine kilobytes", "auth.token-too-large", ground => Task.FromResult(new string('a', 9000))),
        HostileCase.Of("a token in the query", 401, "auth.no-token", async ground => (await ground.QuestionAsync()).Set("Authorization", null)),
        HostileCase.Of("basic authentication", 401, "auth.no-token", async ground => (await ground.QuestionAsync()).Set("Authorization", "Basic c2Nob29sLTE6eA==")),

        Asserts("an assertion for another audience", "auth.audience", ground => Set(Assertion(ground), "aud", "https://elsewhere.example/oauth/token")),
        Asserts("an assertion for us and another", "auth.audience", ground => Set(Assertion(ground), "aud", new JsonArray(ground.Issuer, "https://elsewhere.example"))),
        Asserts("an assertion about another client", AssertionKey, ground => Set(Set(Assertion(ground), "iss", TestService.Court), "sub", TestService.Court)),
        Asserts("an assertion whose issuer is not its subject", "auth.client-mismatch", ground => Set(Assertion(ground), "iss", TestService.Court)),
        Asserts("an assertion of nobody", "auth.client-unknown", ground => Set(Set(Assertion(ground), "iss", "nobody\0"), "sub", "nobody\0")),
        Asserts("an assertion that has expired", "auth.expired", ground => Set(Assertion(ground), "exp", ground.Now.ToUnixTimeSeconds() - 60)),
        Asserts("an assertion for ever", "auth.no-expiry", ground => Set(Assertion(ground), "exp", 9_999_999_999)),
        Asserts("an assertion without an end", "auth.no-expiry", ground => Set(Assertion(ground), "exp", null)),
        Asserts("an assertion that is not yet valid", "auth.not-yet-valid", ground => Set(Assertion(ground), "nbf", ground.Now.ToUnixTimeSeconds() + 240)),
        Asserts("an assertion without an id", "auth.no-jti", ground => Set(Assertion(ground), "jti", null)),
        Asserts("an assertion with an id of a kilobyte", "auth.no-jti", ground => Set(Assertion(ground), "jti", new string('j', 1000))),
        HostileCase.Of("an assertion again", 401, "auth.assertion-replayed", async ground =>
        {
            var assertion = Token(Assertion(ground), Changed(Header(ground.SchoolKey), "typ", "JWT"), ground.SchoolKey.Sign);
            Assert.Equal(200, (await ground.SendAsync(ground.SignIn(assertion))).Status);
            return ground.SignIn(assertion);
        }),
        HostileCase.Of("an access token for an assertion", 401, "auth.assertion-type", async ground => ground.SignIn(await ground.Service.TokenAsync(TestService.School))),
        HostileCase.Plain("a form of another kind of grant", 400, "auth.grant-type", ground => ground.Form("grant_type=password&username=a&password=b")),
        HostileCase.Plain("a form without an assertion", 401, "auth.assertion-type", ground => ground.Form("grant_type=client_credentials")),
        HostileCase.Plain("a form with everything twice", 400, "auth.grant-type", ground => ground.Form("grant_type=client_credentials&grant_type=client_credentials")),
        HostileCase.Plain("a form of four thousand fields", 400, Form, ground => ground.Form(string.Join('&', Enumerable.Repeat("a", 4000)))),
        HostileCase.Plain("a form with a name of four kilobytes", 400, Form, ground => ground.Form($"{new string('a', 4096)}=1")),
        HostileCase.Plain("a form of nine kilobytes", 400, Form, ground => ground.Form($"a={new string('a', 9000)}")),
        HostileCase.Plain("a form in parts", 400, Form, ground => ground.Form("--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nclient_credentials\r\n--x--\r\n", "multipart/form-data; boundary=x")),
        HostileCase.Plain("a form in parts without a boundary", 400, Form, ground => ground.Form("--x", "multipart/form-data")),
        HostileCase.Plain("a form that says it is UTF-7", 400, Form, ground => ground.Form("grant_type=+AGE-", "application/x-www-form-urlencoded; charset=utf-7")),
        HostileCase.Plain("a form of broken escapes and a NUL", 400, Form, ground => ground.Form("grant_type=%zz%00%ff&%=&=&&&")),
        HostileCase.Plain("JSON for a form", 400, Form, ground => ground.Form("{}", "application/json")),
        HostileCase.Plain("a form without a length", 400, Form, ground => ground.Form("1\r\na\r\n0\r\n\r\n").With("Transfer-Encoding", "chunked")),
    ];

    private delegate byte[] Signer(ReadOnlySpan<byte> text);

    private static SigningKey TokenKey(HostileGround ground) => ground.Service.App.Services.GetRequiredService<KeyFolder>().Current(KeyPurposes.Tokens, SigningSuites.Es256.Id);

    private static SigningKey AnswersKey(HostileGround ground) => ground.Service.App.Services.GetRequiredService<KeyFolder>().Current(KeyPurposes.Answers, SigningSuites.Es256.Id);

    // What attackers do with the header of a token (RFC 8725 section 2).
    private static IEnumerable<HostileCase> Confusions(string what, string code, Func<HostileGround, JsonObject, Signer, Task<RawRequest>> send)
    {
        var own = SigningSuites.Es256.Load(SigningSuites.Es256.NewPrivateKey());
        SigningKey Right(HostileGround ground) => what == "an assertion" ? ground.SchoolKey : TokenKey(ground);
        yield return HostileCase.Of($"{what} without a signature", 401, code, ground => send(ground, Changed(Header(Right(ground)), "alg", "none"), _ => []));
        yield return HostileCase.Of($"{what} of the algorithm NonE", 401, code, ground => send(ground, Changed(Header(Right(ground)), "alg", "NonE"), _ => []));
        yield return HostileCase.Of($"{what} by HS256 with the public key for the secret", 401, code, ground => send(ground, Changed(Header(Right(ground)), "alg", "HS256"), text => HMACSHA256.HashData(PublicKey(Right(ground)), text)));
        yield return HostileCase.Of($"{what} by RS256", 401, code, ground => send(ground, Changed(Header(Right(ground)), "alg", "RS256"), _ => new byte[256]));
        yield return HostileCase.Of($"{what} with its key in the header", 401, code, ground => send(ground, Changed(Header(own), "jwk", JsonNode.Parse(PublicKey(own))), own.Sign));
        yield return HostileCase.Of($"{what} with its key at an address", 401, code, ground => send(ground, Changed(Header(own), "jku", "http://127.0.0.1:1/keys"), own.Sign));
        yield return HostileCase.Of($"{what} whose key id is a path", 401, code, ground => send(ground, Changed(Header(own), "kid", "../../keys/tokens.ES256.0001.pem"), own.Sign));
        yield return HostileCase.Of($"{what} whose key id is SQL", 401, code, ground => send(ground, Changed(Header(own), "kid", "' or '1'='1"), own.Sign));
        yield return HostileCase.Of($"{what} signed by another under the right key id", 401, code, ground => send(ground, Header(Right(ground)), own.Sign));
        yield return HostileCase.Of($"{what} signed with zeros", 401, code, ground => send(ground, Header(Right(ground)), _ => new byte[64]));
        yield return HostileCase.Of($"{what} of another curve", 401, code, ground => send(ground, Changed(Header(Right(ground)), "alg", "ES384"), _ => new byte[96]));
    }

    private static HostileCase Bearer(string name, string code, Func<HostileGround, Task<string>> token, string? other = null) =>
        HostileCase.Of(name, 401, other ?? code, async ground => await WithTokenAsync(ground, await token(ground)));

    private static HostileCase Own(string name, string code, Func<HostileGround, JsonObject> claims, int status = 401) =>
        HostileCase.Of(name, status, code, ground => WithTokenAsync(ground, Token(claims(ground), Header(TokenKey(ground)), TokenKey(ground).Sign)));

    private static HostileCase Asserts(string name, string code, Func<HostileGround, JsonObject> claims) =>
        HostileCase.Plain(name, 401, code, ground => ground.SignIn(Token(claims(ground), Changed(Header(ground.SchoolKey), "typ", "JWT"), ground.SchoolKey.Sign)));

    private static Task<RawRequest> WithTokenAsync(HostileGround ground, string token) => ground.QuestionAsync(before: request => request.Set("Authorization", $"Bearer {token}"));

    // As everybody can read it.
    private static byte[] PublicKey(SigningKey key)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) JsonWebKeys.Write(json, VerifyingKey.Of(key));
        return bytes.ToArray();
    }

    private static JsonObject Header(SigningKey key) => new() { ["alg"] = "ES256", ["typ"] = "at+jwt", ["kid"] = key.KeyId };

    private static JsonObject Claims(HostileGround ground) => new()
    {
        ["iss"] = ground.Issuer, ["aud"] = ground.Issuer, ["sub"] = TestService.School, ["client_id"] = TestService.School, ["scope"] = "questions batches",
        ["iat"] = ground.Now.ToUnixTimeSeconds(), ["exp"] = ground.Now.ToUnixTimeSeconds() + 300, ["jti"] = ground.Nonce(), ["cnf"] = new JsonObject { ["jkt"] = ground.SchoolKey.KeyId },
    };

    private static JsonObject Assertion(HostileGround ground) => new()
    {
        ["iss"] = TestService.School, ["sub"] = TestService.School, ["aud"] = ground.Issuer + "/oauth/token",
        ["iat"] = ground.Now.ToUnixTimeSeconds(), ["exp"] = ground.Now.ToUnixTimeSeconds() + 60, ["jti"] = ground.Nonce(),
    };

    private static JsonObject Changed(JsonObject header, string name, JsonNode? value) => Set(header, name, value);

    private static JsonObject Set(JsonObject owner, string name, JsonNode? value)
    {
        if (value is null) owner.Remove(name);
        else owner[name] = value;
        return owner;
    }

    private static string Token(JsonObject claims, JsonObject header, Signer sign) => Write(header.ToJsonString(), claims.ToJsonString(), sign);

    private static string Signed(SigningKey key, string header, string claims) => Write(header, claims, key.Sign);

    private static string Write(string header, string claims, Signer sign)
    {
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }
}
