using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Signing.Tokens;

/// <summary>
/// A JSON web token in compact form (RFC 7519, RFC 7515): written by us, or read from a stranger, where nothing of it is believed until a known key has
/// checked it. Stricter than it must be: names that stand twice, padding, blanks and deep nesting are refused, so that no two readers see two tokens in one text.
/// </summary>
internal sealed class CompactToken
{
    private const int LongestToken = 4096, LongestText = 256, MostAudiences = 4, SignatureLength = 64, LongestSignature = 1024;
    private const long LastSecond = 253_402_300_799;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private readonly string _text;
    private readonly JsonElement _header, _claims;

    private CompactToken(string text, JsonElement header, JsonElement claims) => (_text, _header, _claims) = (text, header, claims);

    /// <summary>As the header says; compared with the key's own, never used to choose.</summary>
    public string? Algorithm => Text(_header, "alg");

    public string? Type => Text(_header, "typ");

    public string? KeyId => Text(_header, "kid");

    /// <summary>Reads the outer form within limits: three parts, an object in each of the first two, no extensions that must be understood (RFC 7515 section 4.1.11).</summary>
    /// <param name="longest">In characters.</param>
    public static Result<CompactToken> Read(string text, int longest = LongestToken)
    {
        if (text.Length > longest) return TokenRefusals.TooLarge;
        Span<Range> parts = stackalloc Range[4];
        if (text.AsSpan().Split(parts, '.') != 3) return TokenRefusals.Malformed;
        if (ReadObject(text.AsSpan(parts[0])) is not { } header || ReadObject(text.AsSpan(parts[1])) is not { } claims) return TokenRefusals.Malformed;
        return header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _) ? TokenRefusals.Malformed : new CompactToken(text, header, claims);
    }

    /// <summary>Writes and signs a token of ours.</summary>
    public static string Write(SigningKey key, string type, Action<Utf8JsonWriter> claims)
    {
        var header = WriteObject(json =>
        {
            json.WriteString("alg", AlgorithmName(key.Suite));
            json.WriteString("typ", type);
            json.WriteString("kid", key.KeyId);
        });
        var text = $"{header}.{WriteObject(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>True when <paramref name="key"/> made it, in the one way in which this key signs.</summary>
    public bool IsSignedBy(VerifyingKey key)
    {
        // RFC 9864 lets Ed25519 be called by its own name as well.
        if (Algorithm != AlgorithmName(key.Suite) && Algorithm != key.Suite.Id) return false;
        var end = _text.LastIndexOf('.');
        var encoded = _text.AsSpan(end + 1);
        Span<byte> signature = stackalloc byte[SignatureLength];
        return encoded.Length == Base64Url.GetEncodedLength(SignatureLength)
            && StrictBase64Url.TryDecode(encoded, signature, out var written) && written == SignatureLength
            && key.Verify(Encoding.ASCII.GetBytes(_text, 0, end), signature);
    }

    /// <summary>True when <paramref name="verify"/> says so of what was signed and of the signature: for keys of others, in ways in which ours never sign.</summary>
    public bool IsSigned(Func<byte[], byte[], bool> verify)
    {
        var end = _text.LastIndexOf('.');
        var encoded = _text.AsSpan(end + 1);
        if (encoded.Length > Base64Url.GetEncodedLength(LongestSignature)) return false;
        var signature = new byte[Base64Url.GetMaxDecodedLength(encoded.Length)];
        return StrictBase64Url.TryDecode(encoded, signature, out var written) && written > 0 && verify(Encoding.ASCII.GetBytes(_text, 0, end), signature[..written]);
    }

    /// <summary>A claim that is a text of ordinary length; null when it is anything else.</summary>
    public string? Text(string claim) => Text(_claims, claim);

    /// <summary>A claim that is an instant in seconds since 1970; null when it is anything else.</summary>
    public DateTimeOffset? Instant(string claim) =>
        _claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public bool Has(string claim) => _claims.TryGetProperty(claim, out _);

    /// <summary>The one member of a claim that is an object with a single member of text; null when it is anything else.</summary>
    public (string Name, string Text)? Single(string claim)
    {
        if (!_claims.TryGetProperty(claim, out var value) || value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 1) return null;
        var name = value.EnumerateObject().First().Name;
        return Text(value, name) is { } text ? (name, text) : null;
    }

    /// <summary>True when it is meant for us and for nobody else: every audience it names is one of ours.</summary>
    public bool IsFor(IReadOnlyCollection<string> ours)
    {
        if (!_claims.TryGetProperty("aud", out var audience)) return false;
        if (audience.ValueKind != JsonValueKind.Array) return Text(audience) is { } one && ours.Contains(one);
        return audience.GetArrayLength() is > 0 and <= MostAudiences && audience.EnumerateArray().All(member => Text(member) is { } name && ours.Contains(name));
    }

    // RFC 7518 and RFC 8037; SM2 has a name for private use.
    private static string AlgorithmName(SigningSuite suite) => suite.Id == "Ed25519" ? "EdDSA" : suite.Id;

    private static JsonElement? ReadObject(ReadOnlySpan<char> part)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (!StrictBase64Url.TryDecode(part, bytes, out var written) || !Utf8.IsValid(bytes.AsSpan(0, written))) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, written), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 and <= LongestText } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: no text.
            return null;
        }
    }

    private static string WriteObject(Action<Utf8JsonWriter> members)
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
