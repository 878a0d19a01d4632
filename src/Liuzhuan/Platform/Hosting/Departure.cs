namespace Liuzhuan.Platform.Hosting;

/// <summary>Whether the service was asked to end. It then still answers for a while, but says that it is not ready, and lets go of each connection with its next answer.</summary>
internal sealed class Departure : IDisposable
{
    private readonly CancellationTokenSource _begun = new();

    public bool IsUnderWay => _begun.IsCancellationRequested;

    /// <summary>Cancelled when it begins.</summary>
    public CancellationToken Begun => _begun.Token;

    public void Begin() => _begun.Cancel();

    public void Dispose() => _begun.Dispose();

    /// <summary>Has each client connect anew for its next request, wherever that then leads. Connections that are given up this way are never cut in a request.</summary>
    public Task LetGoAsync(HttpContext http, RequestDelegate next)
    {
        // HTTP/2 has a frame of its own for this, which the web server sends when it stops.
        if (IsUnderWay && HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
        return next(http);
    }
}
