using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Liuzhuan.Platform.Signing.Suites;

/// <summary>SM2 signatures with SM3 on the recommended curve (GB/T 32918.2, 32918.5, 32905; GM/T 0009 for the user id), as r and s of 32 bytes each.</summary>
internal sealed class Sm2Suite : SigningSuite
{
    private const int SignatureLength = 64;

    // GM/T 0009 section 10: what is hashed as the signer's name when none was agreed upon.
    private static readonly byte[] DefaultUserId = Encoding.ASCII.GetBytes("1234567812345678");

    private static readonly ECDomainParameters Domain = OpenDomain();

    private readonly PublicKeyCache<ECPublicKeyParameters> _keys = new(Open);

    public override string Id => "SM2-SM3";

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength || _keys.Find(publicKey) is not { } key) return false;
        var signer = new SM2Signer(PlainDsaEncoding.Instance);
        signer.Init(forSigning: false, new ParametersWithID(key, DefaultUserId));
        signer.BlockUpdate(data.ToArray(), 0, data.Length);
        return signer.VerifySignature(signature.ToArray());
    }

    public override bool IsPublicKey(ReadOnlySpan<byte> publicKey) => _keys.Find(publicKey) is not null;

    public override byte[] NewPrivateKey()
    {
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(GMObjectIdentifiers.sm2p256v1, PlatformRandom()));
        return PrivateKeyInfoFactory.CreatePrivateKeyInfo(generator.GenerateKeyPair().Private).GetDerEncoded();
    }

    public override SigningKey Load(ReadOnlySpan<byte> pkcs8)
    {
        var number = new BigInteger(1, Pkcs8.CurveSecret(pkcs8, GMObjectIdentifiers.sm2p256v1.Id));

        // GB/T 32918.1 section 6.1: from 1 to n - 2.
        if (number.SignValue == 0 || number.CompareTo(Domain.N.Subtract(BigInteger.One)) >= 0) throw new CryptographicException("The private number is out of range.");
        return new Key(this, new ECPrivateKeyParameters(number, Domain));
    }

    private static ECDomainParameters OpenDomain()
    {
        var curve = CustomNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1);
        return new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H, curve.GetSeed());
    }

    // Decoding refuses what is not on the curve; its order is prime, so every point but infinity is good.
    private static ECPublicKeyParameters? Open(byte[] publicKey)
    {
        try
        {
            return new ECPublicKeyParameters(Domain.Curve.DecodePoint(publicKey), Domain);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static SecureRandom PlatformRandom() => new(new CryptoApiRandomGenerator());

    private sealed class Key : SigningKey
    {
        private readonly ICipherParameters _private;

        public Key(Sm2Suite suite, ECPrivateKeyParameters key)
        {
            Suite = suite;
            PublicKey = Domain.G.Multiply(key.D).Normalize().GetEncoded(compressed: false);
            KeyId = JsonWebKeys.Thumbprint(suite, PublicKey.Span);
            _private = key;
        }

        public override SigningSuite Suite { get; }

        public override string KeyId { get; }

        public override ReadOnlyMemory<byte> PublicKey { get; }

        public override byte[] Sign(ReadOnlySpan<byte> data)
        {
            var signer = new SM2Signer(PlainDsaEncoding.Instance);
            signer.Init(forSigning: true, new ParametersWithID(new ParametersWithRandom(_private, PlatformRandom()), DefaultUserId));
            signer.BlockUpdate(data.ToArray(), 0, data.Length);
            return signer.GenerateSignature();
        }
    }
}
