namespace Liuzhuan.Platform.People.Sessions;

/// <summary>The cookie that holds a session's secret: for this site, out of reach of script, gone when the browser is closed.</summary>
internal sealed class SessionCookie(bool isSecure)
{
    public const string Name = "liuzhuan.session";

    private const string Helper = "liuzhuan.helper";

    /// <summary>True where people reach the pages with TLS only.</summary>
    public bool IsSecure { get; } = isSecure;

    /// <param name="publicAddress">The address under which people reach the pages; null for this computer's own.</param>
    public static SessionCookie For(Uri? publicAddress) => new(publicAddress?.Scheme == Uri.UriSchemeHttps);

    public static string? Read(HttpContext http) => http.Request.Cookies[Name];

    public void Write(HttpContext http, string secret) => http.Response.Cookies.Append(Name, secret, Form(http));

    public void Remove(HttpContext http) => http.Response.Cookies.Delete(Name, Form(http));

    /// <summary>Keeps an officer's secret while a citizen is helped in the same browser.</summary>
    public void Keep(HttpContext http, string secret) => http.Response.Cookies.Append(Helper, secret, Form(http));

    /// <summary>What was kept; null for nothing.</summary>
    public static string? Kept(HttpContext http) => http.Request.Cookies[Helper];

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(Helper, Form(http));

    // Lax, because whoever comes back from a provider of identities, or follows a link in a notice, comes from another site.
    private CookieOptions Form(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", Secure = IsSecure || http.Request.IsHttps };
}
