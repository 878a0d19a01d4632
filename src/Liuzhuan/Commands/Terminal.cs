namespace Liuzhuan.Commands;

/// <summary>Where a command reads, writes and tells the time; tests give their own.</summary>
internal sealed class Terminal
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required Func<Stream> OpenInput { get; init; }

    public required Func<Stream> OpenOutput { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Progress is drawn on the error stream, only where somebody watches it.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>The real one.</summary>
    public static Terminal OfProcess() => new()
    {
        Out = new LateWriter(() => Console.Out),
        Error = new LateWriter(() => Console.Error),
        OpenInput = Console.OpenStandardInput,
        OpenOutput = Console.OpenStandardOutput,
        ShowsProgress = !Console.IsErrorRedirected && !Console.IsOutputRedirected,
    };
}
