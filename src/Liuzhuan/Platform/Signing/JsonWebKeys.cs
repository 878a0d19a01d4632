using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Suites;

namespace Liuzhuan.Platform.Signing;

/// <summary>
/// Public keys as JSON: RFC 7517 keys, RFC 8037 for Ed25519, RFC 7638 thumbprints. SM2 has no registered curve name;
/// here it is <c>"kty":"EC","crv":"SM2"</c> with <c>"alg":"SM2-SM3"</c>, names for private use.
/// </summary>
internal static class JsonWebKeys
{
    public static readonly Refusal Unreadable = new("key.jwk-unreadable",
        "无法读取公钥：应为 JSON Web Key（RFC 7517），含 kty、crv、x，椭圆曲线密钥还要有 y。请按文档重新导出。",
        "The key cannot be read: a JSON Web Key (RFC 7517) with kty, crv, x, and y for elliptic curves is expected. Export it again as documented.");

    private static readonly Refusal Unknown = new("key.jwk-unknown",
        "公钥的类型、曲线或用途不被接受：请使用 P-256（ES256）、Ed25519 或 SM2 的签名密钥。",
        "The key's type, curve or use is not accepted: use a signing key of P-256 (ES256), Ed25519 or SM2.");

    private static readonly Refusal Private = new("key.jwk-private",
        "提交的是私钥：私钥不得交给任何人。请立即停用这把密钥，另行生成，只提交公钥。",
        "This is a private key, which nobody else may hold. Stop using it at once, make another, and hand in the public half only.");

    /// <summary>Base64url of the SHA-256 of the required members in their fixed order (RFC 7638 section 3).</summary>
    public static string Thumbprint(SigningSuite suite, ReadOnlySpan<byte> publicKey)
    {
        var (type, curve) = Names(suite);
        var text = type == "OKP"
            ? $$"""{"crv":"{{curve}}","kty":"OKP","x":"{{Base64Url.EncodeToString(publicKey)}}"}"""
            : $$"""{"crv":"{{curve}}","kty":"EC","x":"{{X(publicKey)}}","y":"{{Y(publicKey)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>A key set (RFC 7517 section 5) of public keys, each with its thumbprint as key id.</summary>
    public static byte[] WriteSet(IEnumerable<VerifyingKey> keys)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys) Write(json, key);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>One key as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, VerifyingKey key)
    {
        var (type, curve) = Names(key.Suite);
        json.WriteStartObject();
        json.WriteString("kty", type);
        json.WriteString("crv", curve);
        json.WriteString("x", type == "OKP" ? Base64Url.EncodeToString(key.Bytes.Span) : X(key.Bytes.Span));
        if (type == "EC") json.WriteString("y", Y(key.Bytes.Span));
        json.WriteString("kid", key.KeyId);
        json.WriteString("use", "sig");
        json.WriteString("alg", Algorithm(key.Suite));
        json.WriteEndObject();
    }

    /// <summary>A public key that somebody registers. A private one is refused with the advice to stop using it.</summary>
    public static Result<VerifyingKey> Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object) return Unreadable;
        if (jwk.TryGetProperty("d", out _)) return Private;
        if (Text(jwk, "kty") is not { } type || Text(jwk, "crv") is not { } curve || Text(jwk, "x") is not { } x) return Unreadable;
        if (SigningSuites.All.FirstOrDefault(suite => Names(suite) == (type, curve)) is not { } suite) return Unknown;
        if (jwk.TryGetProperty("use", out _) && Text(jwk, "use") != "sig") return Unknown;
        if (jwk.TryGetProperty("alg", out _) && Text(jwk, "alg") is var algorithm && algorithm != Algorithm(suite) && algorithm != suite.Id) return Unknown;
        if (type == "OKP") return Coordinates(x) is { } bytes ? VerifyingKey.From(suite, bytes) : VerifyingKey.NotAKey;
        if (Text(jwk, "y") is not { } y) return Unreadable;
        return Coordinates(x) is { } left && Coordinates(y) is { } right ? VerifyingKey.From(suite, [CurvePoint.Uncompressed, .. left, .. right]) : VerifyingKey.NotAKey;
    }

    private static (string Type, string Curve) Names(SigningSuite suite) => suite.Id switch
    {
        "ES256" => ("EC", "P-256"),
        "Ed25519" => ("OKP", "Ed25519"),
        "SM2-SM3" => ("EC", "SM2"),
        _ => throw new ArgumentOutOfRangeException(nameof(suite), suite.Id, "This suite has no JSON form."),
    };

    // RFC 8037 said EdDSA; RFC 9864 prefers the name of the curve. The older name is what libraries know.
    private static string Algorithm(SigningSuite suite) => suite.Id == "Ed25519" ? "EdDSA" : suite.Id;

    private static string X(ReadOnlySpan<byte> point) => Base64Url.EncodeToString(point.Slice(1, CurvePoint.Coordinate));

    private static string Y(ReadOnlySpan<byte> point) => Base64Url.EncodeToString(point.Slice(1 + CurvePoint.Coordinate, CurvePoint.Coordinate));

    private static string? Text(JsonElement jwk, string name)
    {
        try
        {
            return jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: no text.
            return null;
        }
    }

    // RFC 7518 section 6.2.1.2: exactly as long as the field, leading zeros included.
    private static byte[]? Coordinates(string text)
    {
        var bytes = new byte[CurvePoint.Coordinate];
        return text.Length == Base64Url.GetEncodedLength(CurvePoint.Coordinate) && StrictBase64Url.TryDecode(text, bytes, out var written) && written == CurvePoint.Coordinate ? bytes : null;
    }
}
