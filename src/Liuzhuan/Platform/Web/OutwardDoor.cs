using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Outcomes;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Liuzhuan.Platform.Web;

/// <summary>The listener beyond this computer: TLS, under the public address only, and nothing but what is marked for machines of agencies.</summary>
internal sealed class OutwardDoor(IPEndPoint place, Uri address, OutwardCertificate certificate)
{
    public OutwardCertificate Certificate { get; } = certificate;

    /// <summary>What the options ask for; refused where they cannot be meant.</summary>
    public static Result<OutwardDoor> Open(string listen, Uri? address, string? certificate, string? key)
    {
        // The port is not to be guessed.
        if (!listen.Contains(':', StringComparison.Ordinal) || !IPEndPoint.TryParse(listen, out var place)) return NotAPlace(listen);
        if (address is null || address.Scheme != Uri.UriSchemeHttps) return NoAddress;
        if (certificate is null) return OutwardCertificate.NotNamed;
        return OutwardCertificate.Open(certificate, key).Ok(out var opened, out var refusal) ? new OutwardDoor(place, address, opened) : refusal;
    }

    public void Listen(KestrelServerOptions kestrel) => kestrel.Listen(place, listen =>
    {
        listen.Use(next => connection =>
        {
            connection.Features.Set(this);
            return next(connection);
        });
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = Certificate.Current,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                // Which certificate stands for which client is looked up in the access list; no authority has a say, and who has none signs instead.
                ClientCertificateRequired = true,
#pragma warning disable CA5359 // It is about certificates of clients; the gate looks them up.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            }),
        });
    });

    /// <summary>The door through which a request came; null for this computer's own.</summary>
    public static OutwardDoor? Of(HttpContext http) => http.Features.Get<OutwardDoor>();

    /// <summary>Is this the name under which clients know the service?</summary>
    public bool IsMeant(HostString host) => host.Host.Equals(address.Host, StringComparison.OrdinalIgnoreCase) && (host.Port ?? 443) == address.Port;

    /// <summary>Keeps what is not for machines on this computer. To be asked once the endpoint is known.</summary>
    public static Task RefuseOthersAsync(HttpContext http, RequestDelegate next)
    {
        if (Of(http) is null || http.GetEndpoint()?.Metadata.GetMetadata<ForMachinesMetadata>() is not null) return next(http);
        // A page about an error is for people on this computer, but what the error is holds here too: "not there" must never stand for "not now".
        var isError = http.Features.Get<IExceptionHandlerFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        var reply = Problem.From((isError ? http.Response.StatusCode : StatusCodes.Status404NotFound) switch
        {
            StatusCodes.Status503ServiceUnavailable => ApiRefusals.DatabaseAway,
            >= StatusCodes.Status500InternalServerError => ApiRefusals.Fault,
            StatusCodes.Status400BadRequest => ApiRefusals.Broken,
            _ => ApiRefusals.NotFound,
        }, http.Request);
        if (reply.Status == StatusCodes.Status503ServiceUnavailable && http.Response.Headers.RetryAfter.Count == 0) http.Response.Headers.RetryAfter = "5";
        reply.SetHead(http.Response);
        return http.Response.Body.WriteAsync(reply.Body, http.RequestAborted).AsTask();
    }

    private static readonly Refusal NoAddress = new("serve.listen-address",
        "Serve__Listen 需要同时设置 Serve__PublicAddress（https 地址）：请写客户端所用的地址，如 https://hecha.example.gov.cn:8443。",
        "Serve__Listen needs Serve__PublicAddress as well (an https address): write the one that clients use, such as https://verify.example.gov.cn:8443.");

    private static Refusal NotAPlace(string listen) => new("serve.listen",
        $"Serve__Listen 的值“{listen}”不能用：请写 IP 地址和端口，如 0.0.0.0:8443 或 [::]:8443。",
        $"Serve__Listen cannot be \"{listen}\": write an IP address and a port, such as 0.0.0.0:8443 or [::]:8443.");
}
