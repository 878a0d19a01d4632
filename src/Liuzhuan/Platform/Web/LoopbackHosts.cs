using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Liuzhuan.Platform.Web;

/// <summary>Keeps the page on this computer: it listens on loopback only, and answers only requests made to a loopback name,
/// so that a foreign site whose name resolves to 127.0.0.1 (DNS rebinding) gets nothing.</summary>
internal static class LoopbackHosts
{
    /// <param name="tls">A second port for TLS and the folder of its certificates; null for none.</param>
    /// <param name="door">The listener beyond this computer; null for none.</param>
    public static IWebHostBuilder UseLoopback(this IWebHostBuilder host, int port, (int Port, string Folder)? tls, OutwardDoor? door) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 1 << 20;
        Listen(kestrel, port, _ => { });
        door?.Listen(kestrel);
        if (tls is not { } secured) return;
        var certificate = LocalCertificates.Server(secured.Folder, TimeProvider.System);
        // Which certificate stands for which client is looked up in the access list; no authority has a say.
        Listen(kestrel, secured.Port, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (_, _, _) => true,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        }));
    });

    // "localhost" binds IPv4 and IPv6 as far as they exist, but cannot take a free port by itself.
    private static void Listen(KestrelServerOptions kestrel, int port, Action<ListenOptions> configure)
    {
        if (port == 0) kestrel.Listen(IPAddress.Loopback, 0, configure);
        else kestrel.ListenLocalhost(port, configure);
    }

    public static Task RefuseOthersAsync(HttpContext context, RequestDelegate next)
    {
        if (OutwardDoor.Of(context) is { } door)
        {
            if (door.IsMeant(context.Request.Host)) return next(context);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("请用本服务公布的地址访问。\nUse the address that this service is published under.\n", context.RequestAborted);
        }

        if (context.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]") return next(context);

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("此页面只能在本机用 http://localhost 打开。\nThis page opens only on this computer, as http://localhost.\n", context.RequestAborted);
    }
}
