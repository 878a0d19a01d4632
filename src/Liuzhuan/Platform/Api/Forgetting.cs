using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Platform.Api;

/// <summary>What is deleted when its time is over. Any host may do it, several at once do no harm.</summary>
/// <param name="Run">Deletes what was due at the given instant; gives back how much.</param>
internal sealed record Forgettable(string What, Func<DateTimeOffset, CancellationToken, Task<int>> Run);

/// <summary>Deletes, every minute, what is due: nonces, stored answers, payloads beside the ledger.</summary>
internal sealed partial class Forgetting(IEnumerable<Forgettable> all, ErasureTime time, TimeProvider clock, ILogger<Forgetting> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public Duty Duty { get; } = new();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await time.BeginAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stop)) await RunOnceAsync(stop);
    }

    public async Task RunOnceAsync(CancellationToken stop)
    {
        var isFailing = false;
        foreach (var one in all)
        {
            try
            {
                if (await time.NowAsync(stop) is not { } now) break;
                if (await one.Run(now, stop) is > 0 and var count) Deleted(count, one.What);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // It stays due and is tried again.
                NotDeleted(fault, one.What);
                isFailing = true;
            }
        }

        if (isFailing) Duty.Failed();
        else Duty.Done();
    }

    [LoggerMessage(LogLevel.Information, "{Count} {What} were due and are deleted")]
    private partial void Deleted(int count, string what);

    [LoggerMessage(LogLevel.Warning, "What is due of {What} could not be deleted; it is tried again")]
    private partial void NotDeleted(Exception fault, string what);
}
