using Liuzhuan.Platform.Outcomes;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>The fields Signature-Input and Signature of a message that came in, read with limits.</summary>
internal static class SignatureFields
{
    public const string InputName = "Signature-Input", SignatureName = "Signature";

    private const int LongestField = 4096, MostLabels = 4, MostComponents = 24, MostParameters = 6, LongestValue = 256;

    /// <summary>The one signature of the message that carries <paramref name="tag"/> (or that there is, when null), with the text that was signed as its parameters.</summary>
    public static Result<ReceivedSignature> Read(HttpMessage message, string? tag)
    {
        var (inputs, signatures) = (Joined(message.Field("signature-input")), Joined(message.Field("signature")));
        if (inputs is null || signatures is null) return SignatureRefusals.Missing;
        if (inputs.Length > LongestField || signatures.Length > LongestField) return SignatureRefusals.TooLarge;

        ReceivedSignature? chosen = null;
        var text = new StructuredText(inputs);
        var labels = 0;
        Span<Range> seen = stackalloc Range[MostLabels];
        do
        {
            if (labels == MostLabels) return SignatureRefusals.TooLarge;
            var start = text.Position;
            if (!text.TakeKey(out var label) || !text.Take('=')) return SignatureRefusals.Malformed;
            foreach (var earlier in seen[..labels])
            {
                if (inputs.AsSpan(earlier).SequenceEqual(label)) return SignatureRefusals.Malformed;
            }

            seen[labels++] = start..(start + label.Length);
            var from = text.Position;
            if (!TakeInput(ref text, out var input)) return SignatureRefusals.Malformed;
            if (tag is not null && input.Tag != tag) continue;
            if (chosen is not null) return SignatureRefusals.Ambiguous;
            chosen = new ReceivedSignature(label.ToString(), input, inputs.AsMemory(from..text.Position));
        }
        while (text.TakeComma());

        if (!text.AtEnd) return SignatureRefusals.Malformed;
        if (chosen is null) return SignatureRefusals.Missing;
        return TakeSignature(signatures, chosen) is { } refusal ? refusal : chosen;
    }

    /// <summary>A field that stands on several lines is one list (RFC 9110 section 5.3); null when absent.</summary>
    private static string? Joined(StringValues lines) => lines.Count switch
    {
        0 => null,
        1 => lines[0],
        _ => string.Join(", ", lines.ToArray()),
    };

    private static bool TakeInput(ref StructuredText text, out SignatureInput input)
    {
        input = Nothing;
        if (!text.Take('(')) return false;
        var components = new List<Component>(8);
        while (!text.Take(')'))
        {
            if (components.Count == MostComponents || (components.Count > 0 && !text.Take(' '))) return false;
            if (!text.TakePlainString(out var name) || Component.Known(name) is not { } known) return false;
            var component = new Component(known);
            while (text.Take(';'))
            {
                // The other parameters of section 2 change how a value is read; nobody here needs them, so they are refused.
                if (!text.TakeKey(out var parameter) || !parameter.SequenceEqual("req") || component.OfRequest) return false;
                component = component with { OfRequest = true };
            }

            // Section 2: the same component twice makes the whole signature invalid.
            if (components.Contains(component)) return false;
            components.Add(component);
        }

        return TakeParameters(ref text, components, out input);
    }

    private static bool TakeParameters(ref StructuredText text, List<Component> components, out SignatureInput input)
    {
        input = Nothing;
        long? created = null, expires = null;
        string? nonce = null, algorithm = null, keyId = null, tag = null;
        for (var count = 0; text.Take(';'); count++)
        {
            if (count == MostParameters || !text.TakeKey(out var name) || !text.Take('=')) return false;
            var known = name switch
            {
                "created" => TakeOnce(ref text, ref created),
                "expires" => TakeOnce(ref text, ref expires),
                "nonce" => TakeOnce(ref text, ref nonce),
                "alg" => TakeOnce(ref text, ref algorithm),
                "keyid" => TakeOnce(ref text, ref keyId),
                "tag" => TakeOnce(ref text, ref tag),
                _ => false,
            };
            if (!known) return false;
        }

        input = new SignatureInput { Components = components, Created = created, Expires = expires, Nonce = nonce, Algorithm = algorithm, KeyId = keyId, Tag = tag };
        return true;
    }

    private static readonly SignatureInput Nothing = new() { Components = [] };

    private static bool TakeOnce(ref StructuredText text, ref long? value)
    {
        if (value is not null || !text.TakeInteger(out var read)) return false;
        value = read;
        return true;
    }

    private static bool TakeOnce(ref StructuredText text, ref string? value)
    {
        if (value is not null || !text.TakeString(out var read) || read.Length > LongestValue) return false;
        value = read;
        return true;
    }

    private static Refusal? TakeSignature(string signatures, ReceivedSignature chosen)
    {
        var text = new StructuredText(signatures);
        var found = false;
        Span<byte> bytes = stackalloc byte[LongestValue];
        do
        {
            if (!text.TakeKey(out var label) || !text.Take('=') || !text.TakeBytes(bytes, out var written)) return SignatureRefusals.Malformed;
            if (!label.SequenceEqual(chosen.Label)) continue;
            if (found) return SignatureRefusals.Malformed;
            found = true;
            chosen.Signature = bytes[..written].ToArray();
        }
        while (text.TakeComma());

        if (!text.AtEnd) return SignatureRefusals.Malformed;
        return found ? null : SignatureRefusals.Missing;
    }
}

/// <summary>A signature as it came in, not believed yet.</summary>
internal sealed class ReceivedSignature(string label, SignatureInput input, ReadOnlyMemory<char> parameters)
{
    public string Label { get; } = label;

    public SignatureInput Input { get; } = input;

    /// <summary>The parameters exactly as they were written, for that is what was signed.</summary>
    public ReadOnlyMemory<char> Parameters { get; } = parameters;

    public byte[] Signature { get; set; } = [];
}
