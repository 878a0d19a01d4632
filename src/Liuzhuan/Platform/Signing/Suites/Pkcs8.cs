using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Liuzhuan.Platform.Signing.Suites;

/// <summary>Takes the private number out of an unencrypted PKCS#8 key (RFC 5958) of a kind that the platform cannot import.</summary>
internal static class Pkcs8
{
    private const int SecretLength = 32;
    private const string EllipticCurve = "1.2.840.10045.2.1", EdwardsCurve = "1.3.101.112";

    /// <summary>The seed of an Ed25519 key (RFC 8410 section 7).</summary>
    public static byte[] Ed25519Seed(ReadOnlySpan<byte> pkcs8) => Secret(pkcs8, EdwardsCurve, curve: null);

    /// <summary>The private number of a key on a named curve (RFC 5915), 32 bytes.</summary>
    public static byte[] CurveSecret(ReadOnlySpan<byte> pkcs8, string curve) => Secret(pkcs8, EllipticCurve, curve);

    private static byte[] Secret(ReadOnlySpan<byte> pkcs8, string algorithm, string? curve)
    {
        try
        {
            var file = new AsnReader(pkcs8.ToArray(), AsnEncodingRules.DER);
            var info = file.ReadSequence();
            file.ThrowIfNotEmpty();
            _ = info.ReadInteger();
            var identifier = info.ReadSequence();
            if (identifier.ReadObjectIdentifier() != algorithm || (curve is not null && identifier.ReadObjectIdentifier() != curve)) throw new CryptographicException("The key is of another algorithm or curve.");
            identifier.ThrowIfNotEmpty();
            var inner = new AsnReader(info.ReadOctetString(), AsnEncodingRules.DER);
            if (curve is not null)
            {
                inner = inner.ReadSequence();
                _ = inner.ReadInteger();
            }

            var secret = inner.ReadOctetString();
            return secret.Length == SecretLength ? secret : throw new CryptographicException("The private number has a wrong length.");
        }
        catch (AsnContentException fault)
        {
            throw new CryptographicException("The private key is damaged.", fault);
        }
    }
}
