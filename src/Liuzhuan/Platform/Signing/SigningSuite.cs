namespace Liuzhuan.Platform.Signing;

/// <summary>A way of signing, by its id: hash, curve and encoding in one.</summary>
internal abstract class SigningSuite
{
    /// <summary>Stands in every signature: "ES256", "Ed25519", "SM2-SM3".</summary>
    public abstract string Id { get; }

    /// <summary>True when <paramref name="signature"/> over <paramref name="data"/> was made with the private half of <paramref name="publicKey"/>; false for anything malformed.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>True for a key that this suite accepts: well formed, on the curve, and of the large prime order.</summary>
    public abstract bool IsPublicKey(ReadOnlySpan<byte> publicKey);

    /// <summary>Makes a new private key, as unencrypted PKCS#8 (RFC 5958) in DER. The caller wipes it after use.</summary>
    public abstract byte[] NewPrivateKey();

    /// <summary>The key that signs with a PKCS#8 private key of this suite.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is damaged, or of another curve.</exception>
    public abstract SigningKey Load(ReadOnlySpan<byte> pkcs8);
}
