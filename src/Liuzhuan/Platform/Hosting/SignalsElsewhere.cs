namespace Liuzhuan.Platform.Hosting;

/// <summary>
/// Leaves the signals that ask the process to end to the command line, which tells the server by its stop token. The framework's own lifetime would hear
/// the same signal and stop the web server at once, in the middle of the time in which it still answers and says that it is ending.
/// </summary>
internal sealed class SignalsElsewhere : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
