namespace Liuzhuan.Platform.Health;

/// <summary>Looks at the service's health from time to time also where nobody asks, so that the log and the metrics tell of it.</summary>
internal sealed class HealthWatch(HealthDesk desk, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await desk.LookAsync(stoppingToken);
    }
}
