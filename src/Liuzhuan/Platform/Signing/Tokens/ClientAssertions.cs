using System.Buffers.Text;
using System.Security.Cryptography;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>Sign-in of an agency's program with a token that it signed itself: <c>private_key_jwt</c> (RFC 7523 section 3, OpenID Connect Core section 9).</summary>
/// <param name="audiences">What an assertion may name as its receiver: the issuer, and the address of the token endpoint.</param>
internal sealed class ClientAssertions(IClientRegister register, OnceStore once, IReadOnlyCollection<string> audiences, TimeProvider clock)
{
    /// <summary>What <c>client_assertion_type</c> says.</summary>
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private const string OnceScope = "assertion";
    private const int IdLength = 16, LongestId = 128;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5), Life = TimeSpan.FromMinutes(2), Skew = TimeSpan.FromSeconds(30);

    // What a client assertion may call itself: nothing, the general name, or the one of draft-ietf-oauth-rfc7523bis.
    private static readonly string[] Types = ["JWT", "client-authentication+jwt"];

    /// <summary>A client's assertion about itself, good for one sign-in within two minutes.</summary>
    public static string Write(SigningKey key, string clientId, string audience, DateTimeOffset now) => CompactToken.Write(key, "JWT", json =>
    {
        json.WriteString("iss", clientId);
        json.WriteString("sub", clientId);
        json.WriteString("aud", audience);
        json.WriteNumber("iat", now.ToUnixTimeSeconds());
        json.WriteNumber("exp", (now + Life).ToUnixTimeSeconds());
        json.WriteString("jti", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength)));
    });

    /// <param name="clientId">The request's <c>client_id</c>, when it has one.</param>
    public async ValueTask<Result<SignedIn>> CheckAsync(string assertion, string? clientId, CancellationToken stop)
    {
        if (!CompactToken.Read(assertion).Ok(out var token, out var unreadable)) return unreadable;
        if (token.Type is { } type && !Types.Contains(type, StringComparer.OrdinalIgnoreCase)) return TokenRefusals.AssertionType;
        if (token.Text("sub") is not { } subject || token.Text("iss") != subject || (clientId is not null && clientId != subject)) return TokenRefusals.ClientMismatch;
        if (await register.FindAsync(subject, stop) is not { } client) return TokenRefusals.ClientUnknown;

        // Nothing that the token says is believed before this line, except whose key is to be tried.
        if (SigningKeyOf(token, client) is not { } key) return TokenRefusals.AssertionKey;
        if (!token.IsFor(audiences)) return TokenRefusals.Audience;
        var now = clock.GetUtcNow();
        if (Lifetime(token, now) is { } outside) return outside;
        if (token.Text("jti") is not { Length: <= LongestId } id) return TokenRefusals.NoId;

        // Without a time of making, the earliest that the expiry allows.
        var expires = token.Instant("exp") ?? now;
        var made = token.Instant("iat") ?? expires - LongestLife;
        var use = await once.UseAsync($"{OnceScope}:{client.Id}", id, made, expires + Skew, stop);
        return use switch
        {
            OnceUse.First => new SignedIn(client, key),
            OnceUse.Again => TokenRefusals.Replayed,
            _ => TokenRefusals.SignAgain,
        };
    }

    // The key id only narrows the choice among the client's own keys; a key that is not registered for this client is never tried.
    private static VerifyingKey? SigningKeyOf(CompactToken token, RegisteredClient client)
    {
        foreach (var key in client.Keys)
        {
            if ((token.KeyId is null || token.KeyId == key.KeyId) && token.IsSignedBy(key)) return key;
        }

        return null;
    }

    private static Refusal? Lifetime(CompactToken token, DateTimeOffset now)
    {
        if (token.Instant("exp") is not { } expires || expires > now + LongestLife + Skew) return TokenRefusals.NoExpiry;
        if (expires + Skew <= now) return TokenRefusals.Expired;
        return IsAhead(token, "nbf", now) || IsAhead(token, "iat", now) ? TokenRefusals.NotYet : null;
    }

    private static bool IsAhead(CompactToken token, string claim, DateTimeOffset now) => token.Has(claim) && !(token.Instant(claim) <= now + Skew);
}

/// <summary>A client that has proved who it is, and with which key.</summary>
internal sealed record SignedIn(RegisteredClient Client, VerifyingKey Key);
