using System.Text;
using Liuzhuan.Platform.Signing;
using Org.BouncyCastle.Crypto.Digests;

namespace Liuzhuan.Tests.Platform.Signing.Suites;

public class VectorTests
{
    private const string Ed25519Head = "302e020100300506032b657004220420";

    // PKCS#8 around a bare private number: version, id-ecPublicKey with the curve, ECPrivateKey without the public half.
    private const string P256Head = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420";
    private const string Sm2Head = "3041020100301306072a8648ce3d020106082a811ccf5501822d042730250201010420";

    // RFC 8032 section 7.1, tests 1 to 3.
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_signs_as_RFC_8032_says(string seed, string publicKey, string message, string signature)
    {
        var key = SigningSuites.Ed25519.Load(Bytes(Ed25519Head + seed));

        Assert.Equal(Bytes(publicKey), key.PublicKey.ToArray());
        Assert.Equal(Bytes(signature), key.Sign(Bytes(message)));
        Assert.True(VerifyingKey.Of(key).Verify(Bytes(message), Bytes(signature)));
    }

    // RFC 6979 appendix A.2.5: the nonces there are derived, ours are random; the signatures must hold all the same.
    [Theory]
    [InlineData("sample", "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")]
    [InlineData("test", "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367", "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083")]
    public void ES256_believes_the_signatures_of_RFC_6979(string message, string r, string s)
    {
        var key = SigningSuites.Es256.Load(Bytes(P256Head + "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"));

        Assert.Equal("0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299", Hex(key.PublicKey.Span));
        Assert.True(VerifyingKey.Of(key).Verify(Encoding.ASCII.GetBytes(message), Bytes(r + s)));
    }

    // GB/T 32918.5-2017 annex A: the recommended curve, the default user id.
    [Fact]
    public void SM2_believes_the_signature_of_the_standard()
    {
        var key = SigningSuites.Sm2.Load(Bytes(Sm2Head + "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"));

        Assert.Equal("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13", Hex(key.PublicKey.Span));
        Assert.True(VerifyingKey.Of(key).Verify("message digest"u8,
            Bytes("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")));
    }

    // GB/T 32905 annex A.
    [Fact]
    public void The_hash_under_SM2_is_the_standard_one()
    {
        var digest = new SM3Digest();
        digest.BlockUpdate("abc"u8.ToArray(), 0, 3);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);

        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", Hex(hash));
    }

    // RFC 8037 appendix A.3, and the key of RFC 7638 has no ES256 twin, so P-256 is held against the words of the RFC in JsonWebKeyTests.
    [Fact]
    public void The_thumbprint_is_that_of_RFC_8037()
    {
        var key = SigningSuites.Ed25519.Load(Bytes(Ed25519Head + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        Assert.Equal("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", key.KeyId);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
