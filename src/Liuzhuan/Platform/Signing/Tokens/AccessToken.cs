namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>What a checked access token says (RFC 9068).</summary>
internal sealed record AccessToken
{
    /// <summary>Names it in the log and when it is revoked.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>To what it is bound: without that key or certificate it opens nothing.</summary>
    public required TokenBinding Binding { get; init; }
}

/// <summary>The proof that must come with a token: a request signature by the key with this thumbprint (<c>jkt</c>, RFC 9449 section 6.1), or this certificate (<c>x5t#S256</c>, RFC 8705 section 3.1).</summary>
internal sealed record TokenBinding(string Method, string Thumbprint)
{
    public const string Key = "jkt", Certificate = "x5t#S256";

    public static TokenBinding To(VerifyingKey key) => new(Key, key.KeyId);

    public static TokenBinding ToCertificate(string thumbprint) => new(Certificate, thumbprint);
}
