using System.Net;

namespace Liuzhuan.Platform.Web;

/// <summary>Keeps the page on this computer: it listens on loopback only, and answers only requests made to a loopback name,
/// so that a foreign site whose name resolves to 127.0.0.1 (DNS rebinding) gets nothing.</summary>
internal static class LoopbackHosts
{
    public static IWebHostBuilder UseLoopback(this IWebHostBuilder host, int port) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 1 << 20;
        // "localhost" binds IPv4 and IPv6 as far as they exist, but cannot take a free port by itself.
        if (port == 0) kestrel.Listen(IPAddress.Loopback, 0);
        else kestrel.ListenLocalhost(port);
    });

    public static Task RefuseOthersAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]") return next(context);

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("此页面只能在本机用 http://localhost 打开。\nThis page opens only on this computer, as http://localhost.\n", context.RequestAborted);
    }
}
