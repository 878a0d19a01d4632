using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Outcomes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>A JSON web token in compact form (RFC 7519, RFC 7515): written by us, or read from a stranger, where nothing of it is believed until a known key has checked it.</summary>
internal sealed class CompactToken
{
    private const int LongestToken = 4096, LongestText = 256, MostAudiences = 4;

    private readonly JsonWebToken _token;

    private CompactToken(JsonWebToken token) => _token = token;

    /// <summary>As the header says; compared with the key's own, never used to choose.</summary>
    public string Algorithm => _token.Alg;

    public string Type => _token.Typ;

    public string KeyId => _token.Kid;

    /// <summary>Reads the outer form within limits: three parts, an object in each of the first two, nothing encrypted, no critical extensions.</summary>
    public static Result<CompactToken> Read(string text)
    {
        if (text.Length > LongestToken) return TokenRefusals.TooLarge;
        if (text.AsSpan().Count('.') != 2 || !Ascii.IsValid(text)) return TokenRefusals.Malformed;
        try
        {
            var token = new JsonWebToken(text);
            if (token.TryGetHeaderValue<object>("crit", out _) || token.TryGetHeaderValue<object>("b64", out _)) return TokenRefusals.Malformed;
            return new CompactToken(token);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException or FormatException or InvalidOperationException)
        {
            return TokenRefusals.Malformed;
        }
    }

    /// <summary>Writes and signs a token of ours.</summary>
    public static string Write(SigningKey key, string type, Action<Utf8JsonWriter> claims)
    {
        var text = $"{Part(json =>
        {
            json.WriteString("alg", AlgorithmName(key.Suite));
            json.WriteString("typ", type);
            json.WriteString("kid", key.KeyId);
        })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>RFC 7518 and RFC 8037; SM2 has a name for private use.</summary>
    public static string AlgorithmName(SigningSuite suite) => suite.Id == "Ed25519" ? "EdDSA" : suite.Id;

    /// <summary>True when <paramref name="key"/> made it, in the one way that this key signs.</summary>
    public bool IsSignedBy(VerifyingKey key)
    {
        // RFC 9864 lets Ed25519 be called by its own name as well.
        if (Algorithm != AlgorithmName(key.Suite) && Algorithm != key.Suite.Id) return false;
        var text = _token.EncodedToken;
        var end = text.LastIndexOf('.');
        var signature = new byte[64];
        return text.Length - end - 1 == Base64Url.GetEncodedLength(signature.Length)
            && Base64Url.TryDecodeFromChars(text.AsSpan(end + 1), signature, out _)
            && key.Verify(Encoding.ASCII.GetBytes(text, 0, end), signature);
    }

    /// <summary>A claim that is a text of ordinary length; null when it is anything else.</summary>
    public string? Text(string claim) => Value(claim) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 and <= LongestText } text ? text : null;

    /// <summary>A claim that is an instant in seconds since 1970; null when it is anything else.</summary>
    public DateTimeOffset? Instant(string claim) =>
        Value(claim) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public bool Has(string claim) => Value(claim) is not null;

    /// <summary>The one member of a claim that is an object with a single member of text; null when it is anything else.</summary>
    public (string Name, string Text)? Single(string claim)
    {
        if (Value(claim) is not { ValueKind: JsonValueKind.Object } value) return null;
        (string, string)? found = null;
        foreach (var member in value.EnumerateObject())
        {
            if (found is not null || member.Value.ValueKind != JsonValueKind.String) return null;
            found = (member.Name, member.Value.GetString()!);
        }

        return found;
    }

    /// <summary>True when it is meant for us and for nobody else: every audience it names is one of ours.</summary>
    public bool IsFor(IReadOnlyCollection<string> ours)
    {
        if (Value("aud") is not { } audience) return false;
        if (audience.ValueKind == JsonValueKind.String) return ours.Contains(audience.GetString());
        return audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() is > 0 and <= MostAudiences
            && audience.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String && ours.Contains(one.GetString()));
    }

    private JsonElement? Value(string claim) => _token.TryGetPayloadValue<JsonElement>(claim, out var value) ? value : null;

    private static string Part(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
