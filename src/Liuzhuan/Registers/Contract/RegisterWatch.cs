using Liuzhuan.Platform.Health;

namespace Liuzhuan.Registers.Contract;

/// <summary>Picks up changes to registers while the server runs. They must be in use within two seconds, so it looks every second.</summary>
internal sealed partial class RegisterWatch(RegisterShelf shelf, TimeProvider clock, ILogger<RegisterWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public Duty Duty { get; } = new();

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        string? lastFault = null;
        while (await timer.WaitForNextTickAsync(stop))
        {
            string? fault = null;
            if (shelf.Refresh(failed => fault = failed.Message)) Refreshed(shelf.Main.AsOf);
            // The register in use stays in use; the same fault is told once, not every second.
            if (fault is not null && fault != lastFault) NotRefreshed(fault);
            if (fault is null) Duty.Done();
            else Duty.Failed();
            lastFault = fault;
        }
    }

    [LoggerMessage(LogLevel.Information, "Register changes are in use; data as of {AsOf:u}")]
    private partial void Refreshed(DateTimeOffset asOf);

    [LoggerMessage(LogLevel.Warning, "Register changes cannot be used, the register stays as it was: {Reason}")]
    private partial void NotRefreshed(string reason);
}
