using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>
/// The secret of one way to the provider, in the browser's cookie and nowhere else. Everything that binds the way back to this browser follows from it by
/// HMAC-SHA-256: state (RFC 6749 section 10.12), nonce (OpenID Connect Core section 15.5.2) and the verifier of the code (RFC 7636). None tells another.
/// </summary>
internal sealed record FlowSecret(string Text)
{
    private const int Bytes = 32;

    public string State => Derived("state");

    public string Nonce => Derived("nonce");

    public string Verifier => Derived("verifier");

    /// <summary>Base64url of the SHA-256 of the verifier (RFC 7636 section 4.2).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static FlowSecret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>The secret of a cookie; null when it is none.</summary>
    public static FlowSecret? Of(string? cookie) => cookie?.Length == Base64Url.GetEncodedLength(Bytes) ? new FlowSecret(cookie) : null;

    private string Derived(string name) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Text), Encoding.ASCII.GetBytes(name)));
}
