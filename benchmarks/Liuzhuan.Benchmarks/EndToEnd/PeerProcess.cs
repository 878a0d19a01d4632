using System.Diagnostics;
using System.Globalization;
using Liuzhuan.Benchmarks.Peers;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>A peer in its own process, as the comparison sees it.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(string name, Process process) => (Name, _process) = (name, process);

    public string Name { get; }

    /// <summary>Builds a peer's store in a process of its own.</summary>
    public static BuiltStore Build(string name, string folder)
    {
        using var process = Start(name, folder, "build");
        var numbers = Numbers(process.StandardOutput.ReadToEnd(), name);
        process.WaitForExit();
        return new(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /// <summary>Starts a peer and waits until it can answer.</summary>
    public static PeerProcess Open(string name, string folder)
    {
        var process = Start(name, folder);
        if (process.StandardOutput.ReadLine() != PeerHost.Ready) throw new InvalidOperationException($"{name} did not start; its message is above.");
        return new(name, process);
    }

    /// <summary>Milliseconds from starting the process to the answer to a request being written.</summary>
    public static double FirstAnswer(string name, string folder, string request, string result)
    {
        var started = Stopwatch.GetTimestamp();
        using var peer = Open(name, folder);
        peer.Run(name, request, result);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>Answers a request; gives milliseconds, measured inside the process.</summary>
    /// <param name="variant">The peer in this process.</param>
    public double Run(string variant, string request, string result) => Ask($"run\t{variant}\t{request}\t{result}")[0];

    /// <summary>Peak resident and present anonymous memory in KiB.</summary>
    public ProcessMemory Memory() => Ask("memory") is [var peak, var anonymous] ? new(peak, anonymous) : throw new InvalidOperationException($"{Name} gave no memory.");

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Start(string name, string folder, params string[] more) => Process.Start(
        new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "peer", name, folder, .. more]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private double[] Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        return Numbers(_process.StandardOutput.ReadLine(), Name);
    }

    private static double[] Numbers(string? line, string name) => string.IsNullOrWhiteSpace(line)
        ? throw new InvalidOperationException($"{name} failed; its message is above.")
        : [.. line.Trim().Split('\t').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
}

/// <param name="Milliseconds">Time it took.</param>
/// <param name="PeakKiB">Peak memory of the process that built it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="HotBytes">Bytes that most answers touch, or 0 when they cannot be told apart.</param>
internal readonly record struct BuiltStore(double Milliseconds, double PeakKiB, double Bytes, double HotBytes);
