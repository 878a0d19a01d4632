namespace Liuzhuan.Platform.Data;

/// <summary>
/// The right to write to SQLite, among the writers of one process. SQLite itself lets who finds the database taken look again after 1, 2, 5 … 100 ms; here the next
/// one goes on at once. Taken by the ledger, and by all that writes much beside it. Writers that do not take it only meet SQLite's own lock.
/// </summary>
internal sealed class WriteTurn : IDisposable
{
    // As long as SQLite's own lock is waited for: callers are to be told in time.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private SemaphoreSlim? _turn;

    private WriteTurn(SemaphoreSlim? turn) => _turn = turn;

    /// <param name="turn">Null where there is nothing to wait for.</param>
    public static async ValueTask<WriteTurn> WaitAsync(SemaphoreSlim? turn, CancellationToken stop)
    {
        if (turn is not null) await turn.WaitAsync(stop);
        return new WriteTurn(turn);
    }

    /// <summary>As <see cref="WaitAsync"/>, for a thread of one's own, which then goes on at once; before all that wait otherwise.</summary>
    /// <exception cref="TimeoutException">Whoever writes cannot get on, perhaps because another program holds the database.</exception>
    public static WriteTurn Wait(SemaphoreSlim? turn)
    {
        if (turn is not null && !turn.Wait(LongestWait)) throw new TimeoutException("The database is being written by somebody who does not come to an end.");
        return new WriteTurn(turn);
    }

    /// <summary>Lets the next one write. The transaction must have ended.</summary>
    public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
}
