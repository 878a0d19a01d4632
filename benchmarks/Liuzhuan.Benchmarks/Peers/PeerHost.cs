using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>The child process of one peer: takes commands line by line on standard input and answers each with one line.</summary>
internal static class PeerHost
{
    public const string Ready = "ready";

    /// <summary>Builds and ends, or takes commands: <c>run PEER REQUEST RESULT</c> (milliseconds), <c>memory</c> (peak and anonymous KiB), <c>quit</c>.</summary>
    public static int Serve(string name, string folder, bool build)
    {
        using var peer = PeerList.All[name]();
        var watch = Stopwatch.StartNew();
        if (build)
        {
            peer.Build(folder);
            var elapsed = watch.Elapsed.TotalMilliseconds;
            var (all, hot) = peer.Stored(folder);
            Reply(elapsed, peer.Memory().PeakKiB, all, hot);
            return 0;
        }

        peer.Open(folder);
        var variants = new Dictionary<string, Peer> { [name] = peer };
        Console.WriteLine(Ready);
        while (Console.ReadLine() is { } line && line != "quit")
        {
            var words = line.Split('\t');
            switch (words[0])
            {
                case "run":
                    if (!variants.TryGetValue(words[1], out var asked))
                    {
                        asked = variants[words[1]] = peer.Variant(words[1]) ?? throw new InvalidOperationException($"{name} has no variant {words[1]}.");
                    }

                    File.Delete(words[3]);
                    watch.Restart();
                    asked.Run(words[2], words[3]);
                    Reply(watch.Elapsed.TotalMilliseconds);
                    break;
                case "memory":
                    var memory = peer.Memory();
                    Reply(memory.PeakKiB, memory.AnonymousKiB);
                    break;
                default:
                    throw new InvalidOperationException($"Unknown command {words[0]}.");
            }
        }

        return 0;
    }

    private static void Reply(params double[] numbers) => Console.WriteLine(string.Join('\t', numbers.Select(x => x.ToString(CultureInfo.InvariantCulture))));
}

/// <param name="PeakKiB">VmHWM: the most that was resident, mapped files included.</param>
/// <param name="AnonymousKiB">RssAnon now: memory that is not a mapped file.</param>
internal readonly partial record struct ProcessMemory(double PeakKiB, double AnonymousKiB)
{
    private const int Children = -1;

    /// <summary>The largest of the child processes that have ended (getrusage).</summary>
    public static unsafe ProcessMemory OfChildren()
    {
        // struct rusage: two times of two words each, then ru_maxrss in KiB; 18 words in all.
        var usage = stackalloc long[18];
        return GetUsage(Children, usage) == 0 ? new(usage[4], 0) : throw new InvalidOperationException("getrusage failed.");
    }

    public static ProcessMemory Of(int process)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        return new(Field(status, "VmHWM:"), Field(status, "RssAnon:"));
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);

    private static double Field(string[] status, string name) =>
        double.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
