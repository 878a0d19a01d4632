namespace Liuzhuan.Platform.People.Providers;

/// <summary>Where the provider may be, and where this service is for people who come back from there.</summary>
/// <param name="publicAddress">The address under which people reach the pages; null for this computer's own.</param>
internal sealed class ProviderAddress(Uri? publicAddress)
{
    /// <summary>The page that takes what the provider says.</summary>
    public const string ReturnPath = "/sign-in/provider/callback";

    /// <summary>The page that says that one is signed out.</summary>
    public const string LeftPath = "/sign-in?left=1";

    /// <summary>Nothing that proves an identity goes over an open line (OpenID Connect Discovery section 7.1), but within this machine.</summary>
    public static bool IsFit(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>A page of this service as the provider knows it. Without a public address only names of this computer are answered, so the request's own is one of those.</summary>
    public string Of(HttpContext http, string path) => (publicAddress?.GetLeftPart(UriPartial.Authority) ?? $"{http.Request.Scheme}://{http.Request.Host}") + path;
}
