namespace Liuzhuan.Platform.Data;

/// <summary>
/// Carries over what SQLite's write-ahead log holds into the database file, a little at a time and beside the writers. Left to a writer it happens within its commit:
/// some MB to write and a second wait for the disk, and all who share that commit wait with it.
/// </summary>
internal sealed partial class WalUpkeep(DataStore store, TimeProvider clock, ILogger<WalUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private bool _isFailing;

    /// <summary>Carries over what is there now; waits for nobody, and nobody waits for it.</summary>
    public async Task RunOnceAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ExecuteAsync(null, "pragma wal_checkpoint(passive)", stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store.IsShared) return;
        using var timer = new PeriodicTimer(Interval, clock);
        // The driver blocks, and the disk may be slow: not on a worker of the pool.
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Task.Factory.StartNew(() => Try(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Try(CancellationToken stop)
    {
        try
        {
            RunOnceAsync(stop).GetAwaiter().GetResult();
            _isFailing = false;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // What is left is carried over when the last connection closes.
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // Nothing is lost: the log keeps what it has, and grows.
            if (!_isFailing) Failing(fault);
            _isFailing = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "SQLite's write-ahead log cannot be carried over into the database file, and grows until it can")]
    private partial void Failing(Exception fault);
}
