using System.Globalization;
using System.Text;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;
using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>A request as bytes, so that it can be wrong in ways that no polite client would be.</summary>
internal sealed class RawRequest : HttpMessage
{
    private readonly Dictionary<string, string> _seen = new(StringComparer.OrdinalIgnoreCase);

    public string Verb { get; set; } = "POST";

    public string Target { get; set; } = "/api/questions";

    public string Version { get; set; } = "HTTP/1.1";

    public string Host { get; set; } = "";

    /// <summary>Lines below the first, in order; Host and Content-Length are added unless they are here.</summary>
    public List<(string Name, string Value)> Fields { get; } = [];

    public byte[] Body { get; set; } = [];

    /// <summary>What is signed instead of what is sent, by component or field name.</summary>
    public Dictionary<string, string> SignedInstead => _seen;

    public override string Method => _seen.GetValueOrDefault("@method") ?? Verb;

    public override string Scheme => "http";

    public override string Authority => _seen.GetValueOrDefault("@authority") ?? Host;

    public override string Path => _seen.GetValueOrDefault("@path") ?? Target.Split('?')[0];

    public override string Query => _seen.GetValueOrDefault("@query") ?? (Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? Target[mark..] : "?");

    public override StringValues Field(string name) => _seen.GetValueOrDefault(name) is { } instead ? instead
        : Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value).ToArray();

    public RawRequest With(string name, string value)
    {
        Fields.Add((name, value));
        return this;
    }

    public RawRequest Set(string name, string? value)
    {
        Fields.RemoveAll(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return value is null ? this : With(name, value);
    }

    /// <summary>Adds the two fields of a signature over what a policy asks for.</summary>
    /// <param name="adjust">Changes what is signed and said.</param>
    public RawRequest Sign(SigningKey key, DateTimeOffset now, string nonce, Func<SignatureInput, SignatureInput>? adjust = null)
    {
        var policy = Body.Length > 0 || Field("content-digest").Count > 0 ? ExchangeSignatures.RequestWithContent : ExchangeSignatures.RequestWithoutContent;
        var described = MessageSigner.Describe(this, policy, key, now, nonce);
        var (input, signature) = MessageSigner.Sign(this, adjust?.Invoke(described) ?? described, key);
        return Set("Signature-Input", input).Set("Signature", signature);
    }

    public byte[] Bytes()
    {
        var head = new StringBuilder($"{Verb} {Target} {Version}\r\n");
        if (!Has("Host") && Host.Length > 0) head.Append($"Host: {Host}\r\n");
        if (!Has("Content-Length") && !Has("Transfer-Encoding") && Body.Length > 0) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n");
        if (!Has("Connection")) head.Append("Connection: close\r\n");
        foreach (var (name, value) in Fields) head.Append($"{name}: {value}\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }

    private bool Has(string name) => Fields.Exists(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
