namespace Liuzhuan.Platform.Web;

/// <summary>Headers that keep a page to itself: own style and script only, no frames, no guessing of types, nothing told to other sites, nothing kept by caches.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // On starting, because the error pages clear what was set before them.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            // Browsers ignore it for names of this computer, and over plain HTTP (RFC 6797 sections 7.2 and 8.1).
            if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            if (!context.Items.ContainsKey(Assets.Cacheable)) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
