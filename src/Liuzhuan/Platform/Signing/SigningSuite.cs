namespace Liuzhuan.Platform.Signing;

/// <summary>A way of signing, by its id: hash, curve and encoding in one.</summary>
internal abstract class SigningSuite
{
    /// <summary>Stands in every signature: "ES256", "Ed25519", "SM2-SM3".</summary>
    public abstract string Id { get; }

    /// <summary>True when <paramref name="signature"/> over <paramref name="data"/> was made with the private half of <paramref name="publicKey"/>; false for anything malformed.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
