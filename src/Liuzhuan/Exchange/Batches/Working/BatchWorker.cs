using Liuzhuan.Exchange.Batches.Contents;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>Works through waiting batches and erases what is past its time. Any number of hosts may have one: a lease keeps two from taking the same batch.</summary>
internal sealed partial class BatchWorker(BatchLeases leases, BatchRun run, BatchErasure erasure, ErasureTime time, Ledger ledger, BatchOptions options, TimeProvider clock, ILogger<BatchWorker> log) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    /// <summary>Works on the batch that has waited longest. False when none waits.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken stop)
    {
        if (ledger.IsBroken || await leases.TakeAsync(stop) is not { } batch) return false;
        await using var held = new HeldBatch(batch, leases, options, clock, log);
        await run.RunAsync(held, stop);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A host starts to serve before this looks at the disk.
        await Task.Yield();
        if (WorkFolder.RemoveLeftovers(run.Root) is > 0 and var count) Tidied(count);
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => WorkAsync(stoppingToken)).Append(SweepAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await RunOnceAsync(stop)) await Task.Delay(options.Idle, clock, stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // Such as a database that went away, or a full disk.
                Failed(fault);
                await Task.Delay(options.Beat, clock, stop);
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
                if (await time.NowAsync(stop) is { } now && await erasure.SweepAsync(now, stop) is > 0 and var count) Erased(count);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                Failed(fault);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Work on batches failed and is tried again")]
    private partial void Failed(Exception fault);

    [LoggerMessage(LogLevel.Information, "The contents of {Count} batches were past their time and erased")]
    private partial void Erased(int count);

    [LoggerMessage(LogLevel.Information, "{Count} folders of interrupted work were removed")]
    private partial void Tidied(int count);
}
