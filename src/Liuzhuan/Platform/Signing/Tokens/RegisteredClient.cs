namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>A program of an agency that may sign in: with which keys, or with which certificates.</summary>
internal sealed record RegisteredClient(string Id)
{
    public IReadOnlyList<VerifyingKey> Keys { get; init; } = [];

    /// <summary>SHA-256 of certificates in DER, base64url, as in <c>x5t#S256</c> (RFC 8705 section 3.1).</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>What it may ask for at all; a token gives no more.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public VerifyingKey? Key(string keyId)
    {
        foreach (var key in Keys)
        {
            if (key.KeyId == keyId) return key;
        }

        return null;
    }
}

/// <summary>Where clients are registered. Asked for every first sight of a token, so it should answer from memory.</summary>
internal interface IClientRegister
{
    /// <summary>Null for one that is unknown, or was shut out.</summary>
    ValueTask<RegisteredClient?> FindAsync(string clientId, CancellationToken stop);

    /// <summary>The client that registered a certificate.</summary>
    ValueTask<RegisteredClient?> FindByCertificateAsync(string thumbprint, CancellationToken stop);
}
