using Liuzhuan.Platform.Health;

namespace Liuzhuan.Platform.Ledger.Accesses.Tidying;

/// <summary>Tidies in the background while the service runs. Every host may have one; they take turns.</summary>
internal sealed partial class AccessUpkeep(AccessTidying tidying, TimeProvider clock, ILogger<AccessUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public Duty Duty { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isBusy = await tidying.RunOnceAsync(stoppingToken);
                Duty.Done();
                if (!isBusy) await Task.Delay(Idle, clock, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(fault);
                Duty.Failed();
                await Task.Delay(Idle, clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Accesses could not be tidied; it is tried again in a moment")]
    private partial void Failed(Exception fault);
}
