namespace Liuzhuan.Exchange.Batches.Working;

/// <summary>A batch while a worker has it: gives signs of life in the background, and says when it is lost, because it was cancelled or the signs did not arrive.</summary>
internal sealed partial class HeldBatch : IAsyncDisposable
{
    private readonly BatchLeases _leases;
    private readonly BatchOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lost = new(), _ended = new();
    private readonly Lock _gate = new();
    private readonly Task _beating;
    private VerifyProgress _progress = new("recognising", 0, 0);

    public HeldBatch(Batch batch, BatchLeases leases, BatchOptions options, TimeProvider clock, ILogger log)
    {
        (Batch, _leases, _options, _clock, _log) = (batch, leases, options, clock, log);
        Lost = _lost.Token;
        _beating = Task.Run(BeatAsync);
    }

    public Batch Batch { get; }

    /// <summary>Cancelled when the batch is somebody else's or nobody's.</summary>
    public CancellationToken Lost { get; }

    /// <summary>The end of an id: enough to find a batch in the log, too little to ask for it.</summary>
    public string Short => Batch.Id[^6..];

    public void Report(VerifyProgress progress)
    {
        lock (_gate) _progress = progress;
    }

    public void Lose() => _lost.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _beating;
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync()
    {
        var heard = _clock.GetTimestamp();
        using var timer = new PeriodicTimer(_options.Beat, _clock);
        while (await NextAsync(timer))
        {
            try
            {
                VerifyProgress progress;
                lock (_gate) progress = _progress;
                var begun = _clock.GetTimestamp();
                if (!await _leases.RenewAsync(Batch, progress, _ended.Token)) break;
                heard = begun;
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The database may be back before the lease is over.
                Unheard(fault, Short);
                if (_clock.GetElapsedTime(heard) >= _options.Lease) break;
            }
        }

        if (!_ended.IsCancellationRequested) await _lost.CancelAsync();
    }

    private async ValueTask<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_ended.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A sign of life for batch …{Batch} did not reach the database")]
    private partial void Unheard(Exception fault, string batch);
}
