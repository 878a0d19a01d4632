using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Works through the waiting files, and once an hour deletes those whose time is over.</summary>
internal sealed partial class JobWorkers(JobDesk desk, JobStore store, HallOptions options, ErasureTime time, TimeProvider clock, ILogger<JobWorkers> log) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the server listens: half uploads found now are left over, not under way.
        desk.Recover();
        return base.StartAsync(cancellationToken);
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
                if (await time.NowAsync(stop) is { } now && store.DeleteExpired(now) is > 0 and var count) Expired(count);
            }
            catch (IOException fault)
            {
                Failed(fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Work on the jobs folder failed")]
    private partial void Failed(Exception fault);

    [LoggerMessage(LogLevel.Information, "{Count} jobs were past their time and deleted")]
    private partial void Expired(int count);
}
