using Liuzhuan.Matching;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Picks up changes to the register while the server runs. They must be in use within two seconds, so it looks every second.</summary>
internal sealed partial class RegisterWatch(HallEngine engine, TimeProvider clock, ILogger<RegisterWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        string? lastFault = null;
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                if (engine.Refresh()) Refreshed(engine.Facts().AsOf);
                lastFault = null;
            }
            catch (Exception fault) when (fault is RegisterException or IOException)
            {
                // The register in use stays in use; the same fault is told once, not every second.
                if (lastFault != fault.Message) NotRefreshed(lastFault = fault.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Register changes are in use; data as of {AsOf:u}")]
    private partial void Refreshed(DateTimeOffset asOf);

    [LoggerMessage(LogLevel.Warning, "Register changes cannot be used, the register stays as it was: {Reason}")]
    private partial void NotRefreshed(string reason);
}
