using System.Runtime.InteropServices;

namespace Liuzhuan.Commands;

/// <summary>
/// Ctrl-C, and the request to end, as a token: for a command that waits in place. The command-line library has this for actions that let go of their thread only, and
/// the code of such a one is compiled anew in each process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // What the shell reports of a process that a signal ended.
    private const int Ended = 143;

    private readonly CancellationTokenSource _source = new();
    private readonly Lock _stopping = new();
    private readonly PosixSignalRegistration _interrupt, _end;
    private readonly TimeSpan _longest;
    private Timer? _patience;
    private bool _isOver;

    /// <param name="longest">A command that has not ended so long after it was asked to is ended.</param>
    public Interruption(TimeSpan longest)
    {
        _longest = longest;
        (_interrupt, _end) = (PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _end.Dispose();
        // A signal may be on its way on another thread.
        lock (_stopping)
        {
            _isOver = true;
            _patience?.Dispose();
            _source.Dispose();
        }
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        var code = context.Signal == PosixSignal.SIGTERM ? Ended : ExitCodes.Cancelled;
        lock (_stopping)
        {
            if (_isOver) return;
            _patience ??= new Timer(_ => Environment.Exit(code), null, _longest, Timeout.InfiniteTimeSpan);
            _source.Cancel();
        }
    }
}
