using System.Buffers.Text;
using System.Security.Cryptography;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>Issues short access tokens that only their owner can use, and checks them. A token that was seen before costs a hash, no signature check.</summary>
/// <param name="issuer">This service, as tokens name it; issuer and only receiver of its own tokens.</param>
internal sealed class AccessTokens(KeyFolder keys, string issuer, TimeProvider clock)
{
    private const string Type = "at+jwt", Suite = "ES256";
    private const int IdLength = 16, MostSeen = 20_000;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private readonly SeenTokens _seen = new(MostSeen);
    private readonly string[] _audience = [issuer];

    /// <summary>How long a token lives.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Asked for every use of a token, seen before or not: true when it, its client or its key was shut out since.</summary>
    public Func<AccessToken, bool> IsRevoked { get; init; } = _ => false;

    public string Issue(string clientId, IReadOnlyList<string> scopes, TokenBinding binding)
    {
        var now = clock.GetUtcNow();
        return CompactToken.Write(keys.Current(KeyPurposes.Tokens, Suite), Type, json =>
        {
            json.WriteString("iss", issuer);
            json.WriteString("aud", issuer);
            json.WriteString("sub", clientId);
            json.WriteString("client_id", clientId);
            json.WriteString("scope", string.Join(' ', scopes));
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Life).ToUnixTimeSeconds());
            json.WriteString("jti", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength)));
            json.WriteStartObject("cnf");
            json.WriteString(binding.Method, binding.Thumbprint);
            json.WriteEndObject();
        });
    }

    /// <summary>What a token says, when it is ours and in force. That the sender may use it is another question: see <see cref="RequestGate"/>.</summary>
    public Result<AccessToken> Check(string text)
    {
        if (!_seen.TryFind(text, out var token))
        {
            if (!Read(text).Ok(out token, out var refusal)) return refusal;
            _seen.Add(text, token);
        }

        var now = clock.GetUtcNow();
        if (token.ExpiresAt <= now) return TokenRefusals.Expired;
        if (token.IssuedAt > now + Skew) return TokenRefusals.NotYet;
        return IsRevoked(token) ? TokenRefusals.Revoked : token;
    }

    private Result<AccessToken> Read(string text)
    {
        if (!CompactToken.Read(text).Ok(out var token, out var refusal)) return refusal;

        // RFC 9068 section 4: the type keeps every other kind of token out, and the key is looked for among our own only.
        if (!Type.Equals(token.Type, StringComparison.OrdinalIgnoreCase) || token.KeyId is null) return TokenRefusals.NotOurs;
        if (keys.Find(KeyPurposes.Tokens, token.KeyId) is not { } key || !token.IsSignedBy(key.Public) || token.Text("iss") != issuer) return TokenRefusals.NotOurs;
        if (!token.IsFor(_audience)) return TokenRefusals.Audience;
        if (token.Text("jti") is not { } id || token.Text("client_id") is not { } client || token.Single("cnf") is not { } bound) return TokenRefusals.NotOurs;
        if (bound.Name is not (TokenBinding.Key or TokenBinding.Certificate) || token.Instant("exp") is not { } expires || token.Instant("iat") is not { } issued) return TokenRefusals.NotOurs;
        return new AccessToken
        {
            Id = id, ClientId = client, Scopes = token.Text("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            IssuedAt = issued, ExpiresAt = expires, Binding = new TokenBinding(bound.Name, bound.Text),
        };
    }
}
