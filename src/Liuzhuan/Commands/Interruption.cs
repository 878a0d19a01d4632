using System.Runtime.InteropServices;

namespace Liuzhuan.Commands;

/// <summary>
/// Ctrl-C, and the request to end, as a token: for a command that waits in place. The command-line library has the same for actions that let go of their thread only, and
/// the code of such a one is compiled anew in each process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt, _end;
    private readonly TimeSpan _longest;
    private Timer? _patience;

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
        _patience?.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _patience ??= new Timer(_ => Environment.Exit(ExitCodes.Cancelled), null, _longest, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
