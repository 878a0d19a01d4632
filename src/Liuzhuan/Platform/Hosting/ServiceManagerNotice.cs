using System.Globalization;
using System.Net.Sockets;
using Liuzhuan.Platform.Health;

namespace Liuzhuan.Platform.Hosting;

/// <summary>Tells systemd that the service is ready, alive and ending (sd_notify(3)): datagrams to the socket it names. Without one, nothing is done.</summary>
internal sealed class ServiceManagerNotice(Departure departure, HealthDesk health, TimeProvider clock) : BackgroundService, IHostedLifecycleService
{
    private const string SocketVariable = "NOTIFY_SOCKET", WatchdogVariable = "WATCHDOG_USEC";

    private readonly string? _socket = Environment.GetEnvironmentVariable(SocketVariable);
    private CancellationTokenRegistration _ending;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Everything has started and the web server listens.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _ending = departure.Begun.Register(() => Send("STOPPING=1"));
        Send("READY=1");
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _ending.Dispose();
        base.Dispose();
    }

    // A sign of life proves that work is still scheduled and finished. It does not depend on what the look finds: starting anew mends no database.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_socket is not { Length: > 0 } || !long.TryParse(Environment.GetEnvironmentVariable(WatchdogVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) || microseconds <= 0) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / 2), clock);
        do
        {
            var report = await health.LookAsync(stoppingToken);
            Send($"WATCHDOG=1\nSTATUS={HealthReport.Code(report.State)}");
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Send(string message)
    {
        if (_socket is not { Length: > 0 } path) return;
        // A name that begins with @ lies in the abstract space of sockets, which a zero byte stands for.
        var place = new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.SendTo(System.Text.Encoding.UTF8.GetBytes(message), place);
        }
        catch (SocketException)
        {
            // Whoever started us does not listen any more; that is no reason to end.
        }
    }
}
