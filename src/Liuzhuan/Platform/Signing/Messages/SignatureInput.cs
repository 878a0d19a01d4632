using System.Text;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>What a signature covers and says of itself: one member of the Signature-Input field (RFC 9421 section 4.1).</summary>
internal sealed record SignatureInput
{
    /// <summary>The parts in the order in which they are signed.</summary>
    public required IReadOnlyList<Component> Components { get; init; }

    /// <summary>When it was made, in seconds since 1970.</summary>
    public long? Created { get; init; }

    /// <summary>From when on it is void, in seconds since 1970.</summary>
    public long? Expires { get; init; }

    public string? Nonce { get; init; }

    /// <summary>What the signer calls the algorithm. Compared with the key's, never used to choose one.</summary>
    public string? Algorithm { get; init; }

    public string? KeyId { get; init; }

    /// <summary>What the signature is for, so that one made for something else is not taken for it.</summary>
    public string? Tag { get; init; }

    public bool Covers(Component component)
    {
        for (var i = 0; i < Components.Count; i++)
        {
            if (Components[i] == component) return true;
        }

        return false;
    }

    /// <summary>The inner list with its parameters, in canonical form (RFC 8941 section 4.1.1).</summary>
    public override string ToString()
    {
        var text = new StringBuilder(256);
        foreach (var component in Components) text.Append(text.Length == 0 ? '(' : ' ').Append(component.ToString());
        if (text.Length == 0) text.Append('(');
        text.Append(')');
        if (Created is { } created) text.Append(";created=").Append(created);
        if (Expires is { } expires) text.Append(";expires=").Append(expires);
        Add(text, "nonce", Nonce);
        Add(text, "alg", Algorithm);
        Add(text, "keyid", KeyId);
        Add(text, "tag", Tag);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string? value)
    {
        if (value is null) return;
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~')) throw new ArgumentException($"The parameter {name} holds characters outside ASCII.");
        text.Append(';').Append(name).Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
    }
}
