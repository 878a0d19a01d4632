using System.Buffers;
using System.Security.Cryptography;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Liuzhuan.Platform.Signing.Suites;

/// <summary>Ed25519 (RFC 8032 section 5.1), without prehash and context.</summary>
internal sealed class Ed25519Suite : SigningSuite
{
    private const byte SignOfX = 0x80;

    // PKCS#8 of RFC 8410 section 7 is these bytes and the 32 of the seed.
    private static ReadOnlySpan<byte> Pkcs8Head => [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    // y of the eight points whose order divides the cofactor: 0, 1, -1, and two of order 8. Under such a key one signature fits many messages.
    private static readonly byte[][] SmallOrders =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    ];

    public override string Id => "Ed25519";

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != Curve.PublicKeySize || signature.Length != Curve.SignatureSize || IsSmallOrder(publicKey)) return false;
        var message = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(message);
        var valid = Curve.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, message, 0, data.Length);
        ArrayPool<byte>.Shared.Return(message);
        return valid;
    }

    public override bool IsPublicKey(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == Curve.PublicKeySize && !IsSmallOrder(publicKey) && Curve.ValidatePublicKeyFull(publicKey.ToArray(), 0);

    public override byte[] NewPrivateKey() => [.. Pkcs8Head, .. RandomNumberGenerator.GetBytes(Curve.SecretKeySize)];

    // Nearly every key file has this form and no other member, as ours have: the reader of all forms need not be loaded for it.
    public override SigningKey Load(ReadOnlySpan<byte> pkcs8) =>
        new Key(this, pkcs8.Length == Pkcs8Head.Length + Curve.SecretKeySize && pkcs8.StartsWith(Pkcs8Head) ? pkcs8[Pkcs8Head.Length..].ToArray() : Pkcs8.Ed25519Seed(pkcs8));

    private static bool IsSmallOrder(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> y = stackalloc byte[Curve.PublicKeySize];
        publicKey.CopyTo(y);
        y[^1] &= unchecked((byte)~SignOfX);
        foreach (var small in SmallOrders)
        {
            if (y.SequenceEqual(small)) return true;
        }

        return false;
    }

    private sealed class Key : SigningKey
    {
        private readonly byte[] _seed, _public;

        public Key(Ed25519Suite suite, byte[] seed)
        {
            Suite = suite;
            _seed = seed;
            _public = new byte[Curve.PublicKeySize];
            Curve.GeneratePublicKey(seed, 0, _public, 0);
            KeyId = JsonWebKeys.Thumbprint(suite, _public);
        }

        public override SigningSuite Suite { get; }

        public override string KeyId { get; }

        public override ReadOnlyMemory<byte> PublicKey => _public;

        public override byte[] Sign(ReadOnlySpan<byte> data)
        {
            var signature = new byte[Curve.SignatureSize];
            Curve.Sign(_seed, 0, _public, 0, data.ToArray(), 0, data.Length, signature, 0);
            return signature;
        }
    }
}
