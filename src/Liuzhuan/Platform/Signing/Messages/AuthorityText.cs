namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>Host and port in the one form in which they are signed (RFC 9421 section 2.2.3).</summary>
internal static class AuthorityText
{
    public static string Of(string scheme, string host)
    {
        var usual = scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";
        return (host.EndsWith(usual, StringComparison.Ordinal) ? host[..^usual.Length] : host).ToLowerInvariant();
    }

    public static string Of(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        return (address.IsDefaultPort ? host : $"{host}:{address.Port}").ToLowerInvariant();
    }
}
