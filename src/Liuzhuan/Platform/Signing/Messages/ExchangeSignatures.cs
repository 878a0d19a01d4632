namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>The signatures of the exchange: what agencies sign in their requests, and what is signed in the answers.</summary>
internal static class ExchangeSignatures
{
    public const string RequestTag = "liuzhuan-request", AnswerTag = "liuzhuan-answer";

    private static readonly Component[] Target = [new("@method"), new("@authority"), new("@path"), new("@query")];
    private static readonly string[] Fields = ["authorization", "content-digest", "content-type", "idempotency-key"];

    /// <summary>A request with content: what is asked of whom, with which token, over which content.</summary>
    public static readonly SignaturePolicy RequestWithContent = new() { Required = [.. Target, new("content-digest"), new("content-type")], RequiredWhenPresent = Fields, Tag = RequestTag, NonceRequired = true };

    /// <summary>A request without content.</summary>
    public static readonly SignaturePolicy RequestWithoutContent = new() { Required = Target, RequiredWhenPresent = Fields, Tag = RequestTag, NonceRequired = true };

    /// <summary>An answer to a signed request: it covers the request's signature and so the whole question.</summary>
    public static readonly SignaturePolicy Answer = new() { Required = [new("@status"), new("content-digest"), new("content-type"), new("signature", OfRequest: true)], Tag = AnswerTag };

    /// <summary>An answer to a request without a signature (mutual TLS): it covers the question's parts themselves.</summary>
    public static readonly SignaturePolicy AnswerToUnsigned = new()
    {
        Required = [new("@status"), new("content-digest"), new("content-type"), new("@method", OfRequest: true), new("@authority", OfRequest: true), new("@path", OfRequest: true), new("@query", OfRequest: true)],
        Tag = AnswerTag,
    };
}
