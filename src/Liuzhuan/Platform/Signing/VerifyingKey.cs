using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing;

/// <summary>The public half of a key: which suite it belongs to, its bytes, and the name by which messages call it.</summary>
internal sealed class VerifyingKey
{
    public static readonly Refusal NotAKey = new("key.invalid",
        "公钥无效：长度不对，或不是该曲线上可用的点。请重新导出公钥后再登记。",
        "This is not a usable public key: its length is wrong, or it is not a usable point of the curve. Export the public key again and register that.");

    private VerifyingKey(SigningSuite suite, byte[] bytes) => (Suite, Bytes, KeyId) = (suite, bytes, JsonWebKeys.Thumbprint(suite, bytes));

    public SigningSuite Suite { get; }

    /// <summary>In the suite's own encoding, as <see cref="SigningKey.PublicKey"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>RFC 7638 thumbprint.</summary>
    public string KeyId { get; }

    public static Result<VerifyingKey> From(SigningSuite suite, ReadOnlySpan<byte> bytes) => suite.IsPublicKey(bytes) ? new VerifyingKey(suite, bytes.ToArray()) : NotAKey;

    /// <summary>The public half of a key of ours.</summary>
    public static VerifyingKey Of(SigningKey key) => new(key.Suite, key.PublicKey.ToArray());

    /// <summary>False for anything that this key did not sign, and for anything malformed.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Suite.Verify(Bytes.Span, data, signature);
}
