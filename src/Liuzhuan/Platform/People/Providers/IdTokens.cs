using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Checks an ID token as OpenID Connect Core 1.0 section 3.1.3.7 has it, and stricter where a sloppy provider would open a door.</summary>
internal sealed class IdTokens(ProviderOptions options, ProviderDocuments documents, TimeProvider clock)
{
    private const int LongestToken = 16 << 10, LongestSubject = 255, HalfDigest = 16;

    // From the code to the token it takes a moment; a token that was made long ago was not made for this sign-in.
    private static readonly TimeSpan MadeWithin = TimeSpan.FromMinutes(10);

    /// <summary>The token, when everything about it is right.</summary>
    /// <param name="accessToken">What came with it.</param>
    /// <param name="nonce">What was asked with.</param>
    /// <param name="provedSince">Identity was proved to the provider since then, or not well enough.</param>
    public async Task<Result<CompactToken>> CheckAsync(string text, string accessToken, string nonce, DateTimeOffset provedSince, CancellationToken stop)
    {
        if (!CompactToken.Read(text, LongestToken).Ok(out var token, out _)) return ProviderRefusals.Because("token");
        if (token.Type is { } type && !type.Equals("JWT", StringComparison.OrdinalIgnoreCase)) return ProviderRefusals.Because("type");
        if (token.Algorithm is not ("ES256" or "RS256" or "PS256") || token.Algorithm is not { } algorithm) return ProviderRefusals.Because("algorithm");
        if (await documents.KeysAsync(token.KeyId, algorithm, stop) is not { } keys) return ProviderRefusals.Away;
        if (keys.Count == 0) return ProviderRefusals.Because("key");
        if (!keys.Any(key => token.IsSigned((data, signature) => key.Verify(algorithm, data, signature)))) return ProviderRefusals.Because("signature");

        // Nothing that the token says is believed before this line, except whose key is to be tried.
        if (token.Text("iss") != ProviderMetadata.IssuerOf(options)) return ProviderRefusals.Because("issuer");
        if (!token.IsFor([options.ClientId]) || (token.Has("azp") && token.Text("azp") != options.ClientId)) return ProviderRefusals.Because("audience");
        if (Lifetime(token) is { } outside) return outside;
        if (token.Text("nonce") is not { } given || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(nonce))) return ProviderRefusals.Because("nonce");
        if (token.Has("at_hash") && token.Text("at_hash") != HashOf(accessToken)) return ProviderRefusals.Because("at-hash");
        if (token.Text("sub") is not { Length: <= LongestSubject }) return ProviderRefusals.Because("subject");
        return token.Instant("auth_time") is { } proved && proved <= clock.GetUtcNow() + options.ClockSkew && proved >= provedSince - options.ClockSkew ? token : ProviderRefusals.Because("auth-time");
    }

    private Refusal? Lifetime(CompactToken token)
    {
        var (now, skew) = (clock.GetUtcNow(), options.ClockSkew);
        if (token.Instant("exp") is not { } expires || expires + skew <= now) return ProviderRefusals.Because("expired");
        if (token.Has("nbf") && !(token.Instant("nbf") <= now + skew)) return ProviderRefusals.Because("not-yet");
        return token.Instant("iat") is { } made && made <= now + skew && made >= now - MadeWithin - skew ? null : ProviderRefusals.Because("made");
    }

    // Section 3.1.3.6; all three algorithms hash with SHA-256.
    private static string HashOf(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, HalfDigest));
}
