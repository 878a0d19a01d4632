using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Works through the waiting files, and once an hour deletes those whose time is over.</summary>
/// <param name="alsoDelete">Deletes what else is over at an instant, and gives back how much; null where nothing is.</param>
internal sealed partial class JobWorkers(JobDesk desk, JobStore store, HallOptions options, ErasureTime time, TimeProvider clock, ILogger<JobWorkers> log, Func<DateTimeOffset, CancellationToken, Task<int>>? alsoDelete = null) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the server listens: half uploads found now are left over, not under way.
        desk.Recover();
        return base.StartAsync(cancellationToken);
    }

    public async Task SweepOnceAsync(CancellationToken stop)
    {
        if (await time.NowAsync(stop) is not { } now) return;
        if (store.DeleteExpired(now) is > 0 and var count) Expired(count);
        if (alsoDelete is not null && await alsoDelete(now, stop) is > 0 and var more) Expired(more);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(stoppingToken)).Append(SweepAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var id in desk.Waiting.ReadAllAsync(stop))
        {
            try
            {
                await desk.RunAsync(id, stop);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Such as a full disk: the job stays open and is taken up at the next start.
                Failed(fault);
            }
        }
    }

    private async Task SweepAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(SweepInterval, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                await SweepOnceAsync(stop);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Such as a database that is away: the next hour tries again.
                Failed(fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Work on the jobs folder failed")]
    private partial void Failed(Exception fault);

    [LoggerMessage(LogLevel.Information, "{Count} jobs were past their time and deleted")]
    private partial void Expired(int count);
}
