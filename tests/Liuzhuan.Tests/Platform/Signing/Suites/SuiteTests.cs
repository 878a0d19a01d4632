using System.Numerics;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Tests.Platform.Signing.Suites;

public class SuiteTests
{
    private static readonly Dictionary<string, SigningKey> Keys = SigningSuites.All.ToDictionary(suite => suite.Id, suite => suite.Load(suite.NewPrivateKey()));

    public static TheoryData<string> Suites => [.. Keys.Keys];

    [Theory, MemberData(nameof(Suites))]
    public void What_was_signed_is_believed_and_nothing_else(string id) =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<uint>(), (data, at) =>
        {
            var key = Keys[id];
            var verifying = VerifyingKey.Of(key);
            var signature = key.Sign(data);
            var bent = (byte[])signature.Clone();
            bent[at % 64] ^= (byte)(1 << (int)(at / 64 % 8));
            return signature.Length == 64 && verifying.Verify(data, signature) && !verifying.Verify(data, bent) && !verifying.Verify([.. data, 1], signature);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_key_file_with_further_members_is_the_same_key()
    {
        // RFC 8410 section 7: the short form, and the same key with its public half and version 2.
        var plain = SigningSuites.Ed25519.NewPrivateKey();
        var key = SigningSuites.Ed25519.Load(plain);
        byte[] whole = [0x30, 0x51, 0x02, 0x01, 0x01, .. plain.AsSpan(5), 0x81, 0x21, 0x00, .. key.PublicKey.Span];

        Assert.Equal(key.KeyId, SigningSuites.Ed25519.Load(whole).KeyId);
        Assert.Throws<CryptographicException>(() => SigningSuites.Ed25519.Load(plain.AsSpan(0, plain.Length - 1)));
        Assert.Throws<CryptographicException>(() => SigningSuites.Ed25519.Load([.. plain, 0]));
    }

    [Theory, MemberData(nameof(Suites))]
    public void A_signature_of_another_key_is_not_believed(string id)
    {
        var suite = Keys[id].Suite;
        Assert.False(VerifyingKey.Of(suite.Load(suite.NewPrivateKey())).Verify("a"u8, Keys[id].Sign("a"u8)));
    }

    [Theory, MemberData(nameof(Suites))]
    public void A_malformed_signature_is_false_and_no_exception(string id)
    {
        var key = VerifyingKey.Of(Keys[id]);
        var one = new byte[64];
        one[31] = one[63] = 1;
        byte[][] malformed = [[], new byte[63], new byte[64], new byte[65], one, [.. Enumerable.Repeat((byte)0xff, 64)], [.. new byte[32], .. one[32..]], [.. one[..32], .. new byte[32]]];

        Assert.All(malformed, signature => Assert.False(key.Verify("a"u8, signature)));
    }

    [Theory, MemberData(nameof(Suites))]
    public void Bytes_that_are_no_key_of_the_curve_are_refused(string id)
    {
        var suite = Keys[id].Suite;
        var real = Keys[id].PublicKey.ToArray();
        var signature = Keys[id].Sign("a"u8);
        byte[] bent = [.. real[..^1], (byte)(real[^1] ^ 1)];
        byte[][] wrong = [[], real[1..], [.. real, 0], new byte[real.Length], [.. Enumerable.Repeat((byte)0xff, real.Length)], .. id == "Ed25519" ? [] : new[] { bent, [6, .. real[1..]], [4, .. new byte[64]] }];

        Assert.All(wrong, bytes => Assert.False(suite.IsPublicKey(bytes)));
        Assert.All(wrong, bytes => Assert.False(suite.Verify(bytes, "a"u8, signature)));
        Assert.All(wrong, bytes => Assert.Equal("key.invalid", VerifyingKey.From(suite, bytes).Ok(out _, out var refusal) ? "" : refusal.Code));
    }

    [Fact]
    public void An_Ed25519_key_of_small_order_is_refused()
    {
        var found = SmallOrderPoints().ToList();

        Assert.Equal(8, found.Count);
        Assert.All(found, point => Assert.False(SigningSuites.Ed25519.IsPublicKey(point)));

        // Under the neutral element, R = [S]B fits every message. S = 0, R = neutral:
        byte[] neutral = [1, .. new byte[31]];
        Assert.False(SigningSuites.Ed25519.Verify(neutral, "anything"u8, [.. neutral, .. new byte[32]]));
    }

    [Theory, MemberData(nameof(Suites))]
    public void A_damaged_or_foreign_private_key_is_refused(string id)
    {
        var suite = Keys[id].Suite;
        var good = suite.NewPrivateKey();
        Assert.ThrowsAny<CryptographicException>(() => suite.Load(good.AsSpan(..^4)));
        Assert.ThrowsAny<CryptographicException>(() => suite.Load([]));
        foreach (var other in SigningSuites.All.Where(other => other != suite)) Assert.ThrowsAny<CryptographicException>(() => suite.Load(other.NewPrivateKey()));
    }

    [Theory, MemberData(nameof(Suites))]
    public void Many_threads_sign_and_check_with_one_key(string id)
    {
        var key = Keys[id];
        var verifying = VerifyingKey.Of(key);
        var wrong = 0;
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var data = BitConverter.GetBytes(number);
            if (!verifying.Verify(data, key.Sign(data))) Interlocked.Increment(ref wrong);
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void An_unknown_suite_is_refused_loudly()
    {
        Assert.False(SigningSuites.Find("ES257").Ok(out _, out var refusal));
        Assert.Equal("signing.suite-unknown", refusal.Code);
        Assert.Contains("upgrade", refusal.English, StringComparison.Ordinal);
    }

    // The slow truth: every point (x, y) of the twisted Edwards curve whose eightfold is the neutral element, by arithmetic alone.
    private static IEnumerable<byte[]> SmallOrderPoints()
    {
        var p = BigInteger.Pow(2, 255) - 19;
        BigInteger Mod(BigInteger a) => ((a % p) + p) % p;
        BigInteger Inverse(BigInteger a) => BigInteger.ModPow(a, p - 2, p);
        var d = Mod(-121665 * Inverse(121666));
        var minusOneRoot = BigInteger.ModPow(2, (p - 1) / 4, p);
        BigInteger? Root(BigInteger a)
        {
            var root = BigInteger.ModPow(a, (p + 3) / 8, p);
            if (Mod(root * root) == Mod(a)) return root;
            root = Mod(root * minusOneRoot);
            return Mod(root * root) == Mod(a) ? root : null;
        }

        // Order 8 means doubling gives order 4, which has y = 0: y^2 + x^2 = 0 in the numerator, so x^2 = -y^2, and -x^2 + y^2 = 1 + d x^2 y^2 gives d y^4 + 2 y^2 - 1 = 0.
        var rootOfDiscriminant = Root(Mod(1 + d))!.Value;
        var ys = new List<BigInteger> { 1, p - 1, 0 };
        foreach (var sign in new[] { 1, -1 })
        {
            if (Root(Mod((-1 + sign * rootOfDiscriminant) * Inverse(d))) is { } y) ys.AddRange([y, Mod(-y)]);
        }

        foreach (var y in ys)
        {
            var x = Root(Mod((y * y - 1) * Inverse(Mod(d * y * y + 1))))!.Value;
            foreach (var value in new[] { x, Mod(-x) }.Distinct())
            {
                var bytes = new byte[32];
                y.ToByteArray(isUnsigned: true).CopyTo(bytes, 0);
                if (!value.IsEven) bytes[31] |= 0x80;
                yield return bytes;
            }
        }
    }
}
