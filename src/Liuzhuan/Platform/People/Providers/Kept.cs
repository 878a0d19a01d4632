namespace Liuzhuan.Platform.People.Providers;

/// <summary>Something of the provider's that is read now and then and kept meanwhile. One reads, others wait for it; after a failure nobody asks for a moment.</summary>
/// <param name="read">Gives back null when it cannot be had.</param>
internal sealed class Kept<T>(Func<CancellationToken, Task<T?>> read, TimeProvider clock) : IDisposable
    where T : class
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);

    private volatile Copy? _copy;

    /// <summary>What is kept, read anew when it is older than given; null when it cannot be had.</summary>
    public async Task<T?> GetAsync(TimeSpan atMost, CancellationToken stop)
    {
        if (IsGood(_copy, atMost)) return _copy?.Value;
        await _turn.WaitAsync(stop);
        try
        {
            if (!IsGood(_copy, atMost)) _copy = new Copy(await read(stop), clock.GetUtcNow());
            return _copy?.Value;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // A clock that was set back makes a copy of the future, which is read anew as well.
    private bool IsGood(Copy? copy, TimeSpan atMost) => copy is not null && clock.GetUtcNow() - copy.At is var age && age >= TimeSpan.Zero && age < (copy.Value is null ? PauseAfterFailure : atMost);

    private sealed record Copy(T? Value, DateTimeOffset At);
}
