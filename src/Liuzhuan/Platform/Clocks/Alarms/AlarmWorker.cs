using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Health;

namespace Liuzhuan.Platform.Clocks.Alarms;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>Raises alarms while the service runs. Every host has one; that an alarm comes once does not rest on which of them is quicker.</summary>
internal sealed partial class AlarmWorker(RaiseAlarms alarms, RecalculateClocks recalculate, Ledger ledger, TimeProvider clock, ILogger<AlarmWorker> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    public Duty Duty { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var isFresh = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                if (!ledger.IsBroken)
                {
                    // A newer program may bring a year that an older one had to guess.
                    if (!isFresh) await recalculate.RefreshAsync(stoppingToken);
                    isFresh = true;
                    (var raised, more) = await alarms.RunOnceAsync(stoppingToken);
                    if (raised.Count > 0) Raised(raised.Count);
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

    [LoggerMessage(LogLevel.Information, "{Count} legal clocks are nearly due or overdue")]
    private partial void Raised(int count);

    [LoggerMessage(LogLevel.Error, "Alarms of legal clocks could not be raised; it is tried again in a moment")]
    private partial void Failed(Exception fault);
}
