namespace Liuzhuan.Platform.Signing;

/// <summary>A private key that signs. Kept in a file today; a hardware key is another heir, for the private half never leaves this type.</summary>
internal abstract class SigningKey
{
    /// <summary>How it signs; its id stands in every signature.</summary>
    public abstract SigningSuite Suite { get; }

    /// <summary>RFC 7638 thumbprint of the public key (base64url of SHA-256); names the key in signatures and in the published key set.</summary>
    public abstract string KeyId { get; }

    /// <summary>The public half in the suite's own encoding: 32 bytes for Ed25519, the uncompressed point (65 bytes) for ES256 and SM2.</summary>
    public abstract ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Signs the bytes themselves (the suite hashes them): 64 bytes, r and s in fixed length for ES256 and SM2 (IEEE P1363), RFC 8032 for Ed25519. Safe to call from many threads.</summary>
    public abstract byte[] Sign(ReadOnlySpan<byte> data);
}
