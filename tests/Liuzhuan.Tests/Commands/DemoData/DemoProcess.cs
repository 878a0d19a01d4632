using System.Net;
using System.Net.Sockets;

namespace Liuzhuan.Tests.Commands.DemoData;

/// <summary>The demonstration as a newcomer starts it, <c>demo</c> in a process of its own.</summary>
internal sealed class DemoProcess : IDisposable
{
    private DemoProcess(Child process, int port) => (Process, Address) = (process, new Uri($"http://localhost:{port}"));

    public Child Process { get; }

    public Uri Address { get; }

    /// <summary>Returns when it answers, or has ended.</summary>
    public static async Task<DemoProcess> StartAsync(string folder, CancellationToken stop)
    {
        var port = FreePort();
        var demo = new DemoProcess(Child.Start("demo", "--people", "2000", "--data", folder, "--port", $"{port}", "--tls-port", $"{FreePort()}"), port);
        using var http = new HttpClient();
        while (!demo.Process.HasExited && !await demo.IsReadyAsync(http, stop)) await Task.Delay(50, stop);
        return demo;
    }

    public void Dispose() => Process.Dispose();

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken stop)
    {
        try
        {
            using var ready = await http.GetAsync(new Uri(Address, "/health/ready"), stop);
            return ready.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
