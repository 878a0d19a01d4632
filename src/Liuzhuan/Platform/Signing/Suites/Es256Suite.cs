using System.Security.Cryptography;

namespace Liuzhuan.Platform.Signing.Suites;

/// <summary>ECDSA on P-256 with SHA-256 (FIPS 186-5; RFC 7518 section 3.4), signatures as r and s of 32 bytes each.</summary>
internal sealed class Es256Suite : SigningSuite
{
    private const int SignatureLength = 64;
    private const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    private readonly PublicKeyCache<EcdsaHandles> _keys = new(Open);

    public override string Id => "ES256";

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength || _keys.Find(publicKey) is not { } handles) return false;
        var handle = handles.Take();
        try
        {
            return handle.VerifyData(data, signature, HashAlgorithmName.SHA256, Format);
        }
        finally
        {
            handles.GiveBack(handle);
        }
    }

    public override bool IsPublicKey(ReadOnlySpan<byte> publicKey) => _keys.Find(publicKey) is not null;

    public override byte[] NewPrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    public override SigningKey Load(ReadOnlySpan<byte> pkcs8)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out var read);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        if (read != pkcs8.Length || parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value) throw new CryptographicException("The key is not one of P-256.");
        return new Key(this, parameters);
    }

    // The import refuses what is not on the curve; the order of the group is prime, so every point but infinity is good, and infinity has no such form.
    private static EcdsaHandles? Open(byte[] publicKey)
    {
        var point = new ECPoint { X = publicKey[1..(1 + CurvePoint.Coordinate)], Y = publicKey[(1 + CurvePoint.Coordinate)..] };
        var handles = new EcdsaHandles(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        try
        {
            handles.GiveBack(handles.Take());
            return handles;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed class Key : SigningKey
    {
        private readonly EcdsaHandles _handles;

        public Key(Es256Suite suite, ECParameters parameters)
        {
            Suite = suite;
            PublicKey = (byte[])[CurvePoint.Uncompressed, .. parameters.Q.X!, .. parameters.Q.Y!];
            KeyId = JsonWebKeys.Thumbprint(suite, PublicKey.Span);
            _handles = new(parameters);
        }

        public override SigningSuite Suite { get; }

        public override string KeyId { get; }

        public override ReadOnlyMemory<byte> PublicKey { get; }

        public override byte[] Sign(ReadOnlySpan<byte> data)
        {
            var handle = _handles.Take();
            try
            {
                return handle.SignData(data, HashAlgorithmName.SHA256, Format);
            }
            finally
            {
                _handles.GiveBack(handle);
            }
        }
    }
}
