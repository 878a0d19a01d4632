using Liuzhuan.Platform.Health;

namespace Liuzhuan.Supervision.Watching;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>Has the rules look while the service runs.</summary>
internal sealed partial class WatchWorker(RaiseFindings findings, Ledger ledger, TimeProvider clock, ILogger<WatchWorker> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3), BetweenSweeps = TimeSpan.FromHours(6);

    public Duty Duty { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        DateTimeOffset? swept = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                if (!ledger.IsBroken)
                {
                    (var raised, more) = await findings.RunOnceAsync(stoppingToken);
                    if (raised > 0) Raised(raised);
                    if (swept is null || clock.GetUtcNow() - swept > BetweenSweeps)
                    {
                        await findings.ForgetAsync(stoppingToken);
                        swept = clock.GetUtcNow();
                    }
                }

                Duty.Done();
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(fault);
                Duty.Failed();
                more = false;
            }

            if (!more) await Task.Delay(Idle, clock, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} alerts about look-ups were raised")]
    private partial void Raised(int count);

    [LoggerMessage(LogLevel.Error, "Look-ups could not be judged; it is tried again in a moment")]
    private partial void Failed(Exception fault);
}
