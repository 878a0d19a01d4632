using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>
/// Lets a program's request in when it is proved whose it is: an access token with a request signature by the key it is bound to, an access token with
/// the client certificate it is bound to, or a registered client certificate alone. Everything else is refused.
/// </summary>
internal sealed class RequestGate(AccessTokens tokens, IClientRegister register, OnceStore once, TimeProvider clock)
{
    private const string Scheme = "Bearer ", NonceScope = "nonce";

    // Signatures tell their time in whole seconds, so the last second in which one is taken ends one later.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <param name="certificate">The client certificate of the connection, when there is one; TLS has proved that the client holds its key.</param>
    public async ValueTask<Result<Caller>> CheckAsync(HttpMessage request, SignaturePolicy policy, X509Certificate2? certificate, CancellationToken stop)
    {
        var authorization = request.Field("authorization");
        if (authorization.Count == 0 && certificate is not null) return await CheckCertificateAsync(certificate, stop);
        if (authorization.Count != 1 || authorization[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return TokenRefusals.NoToken;
        if (!tokens.Check(value[Scheme.Length..]).Ok(out var token, out var refused)) return refused;
        if (await register.FindAsync(token.ClientId, stop) is not { } client) return TokenRefusals.Revoked;

        if (token.Binding.Method == TokenBinding.Key) return await CheckSignatureAsync(request, policy, token, client, stop);
        if (certificate is null || Thumbprint(certificate) != token.Binding.Thumbprint) return TokenRefusals.NotTheHolder;
        if (!IsInForce(certificate)) return TokenRefusals.CertificateOutOfTime;
        return client.Certificates.Contains(token.Binding.Thumbprint) ? new Caller(client, token.Scopes, token, Signature: null) : TokenRefusals.Revoked;
    }

    /// <summary>Base64url of the SHA-256 of a certificate in DER (RFC 8705 section 3.1).</summary>
    public static string Thumbprint(X509Certificate2 certificate)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(certificate.RawDataMemory.Span, hash);
        return Base64Url.EncodeToString(hash);
    }

    private async ValueTask<Result<Caller>> CheckSignatureAsync(HttpMessage request, SignaturePolicy policy, AccessToken token, RegisteredClient client, CancellationToken stop)
    {
        // A stolen token comes with another key; a key that was struck off the register no longer counts, whatever the token says.
        if (client.Key(token.Binding.Thumbprint) is not { } key) return TokenRefusals.Revoked;
        var now = clock.GetUtcNow();
        if (!MessageVerifier.Verify(request, policy, keyId => keyId == key.KeyId ? key : null, now).Ok(out var signature, out var refusal)) return refusal;
        if (signature.Input.Nonce is not { } nonce) return new Caller(client, token.Scopes, token, signature);

        var made = DateTimeOffset.FromUnixTimeSeconds(signature.Input.Created ?? 0);
        return await once.UseAsync($"{NonceScope}:{client.Id}", nonce, made, made + policy.MaxAge + policy.Skew + Second, stop) switch
        {
            OnceUse.First => new Caller(client, token.Scopes, token, signature),
            OnceUse.Again => SignatureRefusals.Replayed,
            _ => TokenRefusals.SignAgain,
        };
    }

    private async ValueTask<Result<Caller>> CheckCertificateAsync(X509Certificate2 certificate, CancellationToken stop)
    {
        if (!IsInForce(certificate)) return TokenRefusals.CertificateOutOfTime;
        return await register.FindByCertificateAsync(Thumbprint(certificate), stop) is { } client ? new Caller(client, client.Scopes, Token: null, Signature: null) : TokenRefusals.ClientUnknown;
    }

    private bool IsInForce(X509Certificate2 certificate)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now >= certificate.NotBefore.ToUniversalTime() && now < certificate.NotAfter.ToUniversalTime();
    }
}

/// <summary>Who asks, and how that was proved.</summary>
/// <param name="Token">Null when a certificate alone was the proof.</param>
/// <param name="Signature">The request's signature; null with mutual TLS.</param>
internal sealed record Caller(RegisteredClient Client, IReadOnlyList<string> Scopes, AccessToken? Token, VerifiedSignature? Signature)
{
    /// <summary>Null when the caller may use the scope.</summary>
    public Refusal? Lacks(string scope) => Scopes.Contains(scope) ? null : TokenRefusals.ScopeMissing(scope);
}
