namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>Signs a message with RFC 9421.</summary>
internal static class MessageSigner
{
    private const string Label = "sig1";

    /// <summary>The values of Signature-Input and Signature. The message must have every part that is covered: the lack of one is a mistake of the caller.</summary>
    public static (string Input, string Signature) Sign(HttpMessage message, SignatureInput input, SigningKey key) =>
        TrySign(message, input, key) ?? throw new InvalidOperationException($"The message lacks a part that is to be signed: {input}");

    /// <summary>Null when a part is absent, or holds what cannot be signed.</summary>
    public static (string Input, string Signature)? TrySign(HttpMessage message, SignatureInput input, SigningKey key)
    {
        var parameters = input.ToString();
        var text = new SignatureBase(stackalloc byte[SignatureBase.UsualLength]);
        try
        {
            return text.TryBuild(message, input.Components, parameters) ? ($"{Label}={parameters}", $"{Label}=:{Convert.ToBase64String(key.Sign(text.Bytes))}:") : null;
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>What is signed in this message under a policy: all that it requires, and the fields it requires when they are there.</summary>
    public static SignatureInput Describe(HttpMessage message, SignaturePolicy policy, SigningKey key, DateTimeOffset now, string? nonce) => new()
    {
        Components = [.. policy.Required, .. policy.RequiredWhenPresent.Select(name => new Component(name)).Where(field => !policy.Required.Contains(field) && message.Field(field.Name).Count > 0)],
        Created = now.ToUnixTimeSeconds(),
        Nonce = nonce,
        KeyId = key.KeyId,
        Tag = policy.Tag,
    };
}
