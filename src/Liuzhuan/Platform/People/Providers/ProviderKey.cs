using System.Security.Cryptography;
using System.Text.Json;
using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>A public key of the provider (RFC 7517): P-256 for ES256, RSA for RS256 and PS256. What is of another kind, or not for signatures, is no key here.</summary>
internal sealed class ProviderKey
{
    private const string Es256 = "ES256", Rs256 = "RS256", Ps256 = "PS256";

    private const int ShortestModulus = 2048 / 8, LongestModulus = 8192 / 8, LongestExponent = 4, MostKeys = 32;

    private readonly VerifyingKey? _curve;
    private readonly RSAParameters? _rsa;
    private readonly string? _algorithm;

    private ProviderKey(JsonElement jwk, VerifyingKey? curve, RSAParameters? rsa) => (Id, _algorithm, _curve, _rsa) = (jwk.Text("kid"), jwk.Text("alg"), curve, rsa);

    /// <summary>How the provider calls it; null for one without a name.</summary>
    public string? Id { get; }

    /// <summary>The keys of a set that can be used; null when it is no set.</summary>
    public static IReadOnlyList<ProviderKey>? ReadSet(JsonElement set) =>
        set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array && keys.GetArrayLength() <= MostKeys ? [.. keys.EnumerateArray().Select(Read).OfType<ProviderKey>()] : null;

    /// <summary>True when this key makes signatures of this name: never none, never a shared secret, and of two RSA forms only the one that the key was published for.</summary>
    public bool Makes(string algorithm) => algorithm switch
    {
        Es256 => _curve is not null,
        Rs256 or Ps256 => _rsa is not null && (_algorithm is null || _algorithm == algorithm),
        _ => false,
    };

    /// <summary>False for anything that this key did not sign in this way.</summary>
    public bool Verify(string algorithm, byte[] data, byte[] signature)
    {
        if (!Makes(algorithm)) return false;
        if (_curve is not null) return _curve.Verify(data, signature);
        using var rsa = RSA.Create(_rsa ?? default);
        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, algorithm == Ps256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static ProviderKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || jwk.TryGetProperty("d", out _) || (jwk.TryGetProperty("use", out _) && jwk.Text("use") != "sig")) return null;
        if (jwk.Text("kty") == "EC") return JsonWebKeys.Read(jwk).Ok(out var curve, out _) && curve.Suite == SigningSuites.Es256 ? new ProviderKey(jwk, curve, null) : null;
        if (jwk.Text("kty") != "RSA" || Bytes(jwk, "n") is not { Length: >= ShortestModulus and <= LongestModulus } modulus || Bytes(jwk, "e") is not { Length: > 0 and <= LongestExponent } exponent) return null;
        if (modulus[0] == 0 || (exponent[^1] & 1) == 0 || exponent is [1]) return null;
        return new ProviderKey(jwk, null, new RSAParameters { Modulus = modulus, Exponent = exponent });
    }

    private static byte[]? Bytes(JsonElement jwk, string name)
    {
        if (jwk.Text(name) is not { } text) return null;
        var bytes = new byte[System.Buffers.Text.Base64Url.GetMaxDecodedLength(text.Length)];
        return StrictBase64Url.TryDecode(text, bytes, out var written) ? bytes[..written] : null;
    }
}
