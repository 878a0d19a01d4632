using Microsoft.Extensions.Primitives;

namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>What a signature can cover of a request or a response (RFC 9421 section 2), wherever the message comes from. A part that the message does not have is null.</summary>
internal abstract class HttpMessage
{
    /// <summary>The request that this response answers; null for a request.</summary>
    public virtual HttpMessage? Request => null;

    public virtual string? Method => null;

    /// <summary><c>https</c> or <c>http</c>.</summary>
    public virtual string? Scheme => null;

    /// <summary>Host in lower case, with the port unless it is the scheme's own (section 2.2.3).</summary>
    public virtual string? Authority => null;

    /// <summary>The path as sent, still encoded; "/" when empty (section 2.2.6).</summary>
    public virtual string? Path => null;

    /// <summary>The query as sent, with its question mark; "?" when there is none (section 2.2.7).</summary>
    public virtual string? Query => null;

    public virtual int? Status => null;

    /// <summary>The lines of a header field; empty when it is absent.</summary>
    /// <param name="name">In lower case.</param>
    public abstract StringValues Field(string name);
}
