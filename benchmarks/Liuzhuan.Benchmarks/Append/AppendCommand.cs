using System.Globalization;

namespace Liuzhuan.Benchmarks.Append;

/// <summary><c>bench ledger [ROUNDS]</c>: appending to the ledger alone, 64 writers, with shared commits and with a commit for each entry, on both databases.</summary>
internal static class AppendCommand
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var rounds = options is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : Rounds;
        foreach (var provider in PostgresServer.IsInstalled ? new[] { "sqlite", "postgres" } : ["sqlite"])
        {
            await using var bench = new AppendBench(provider);
            var measured = await bench.RunAsync(rounds);
            output.WriteLine($"\n{provider}: {AppendBench.Writers} writers, {AppendBench.Length.TotalSeconds:F0} s each, medians of {rounds} interleaved rounds; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}\n");
            output.WriteLine("| way | entries/s | least | most | shared commits are, times faster |\n|---|---:|---:|---:|---:|");
            var shared = measured[AppendBench.Shared];
            foreach (var (way, speeds) in measured)
            {
                var ratio = Series.Median(shared.Zip(speeds, (ours, theirs) => ours / theirs));
                output.WriteLine($"| {way} | {Series.Median(speeds):N0} | {speeds.Min():N0} | {speeds.Max():N0} | {ratio:F1} |");
            }

            output.WriteLine($"\nEntries for each shared commit: {bench.EntriesPerCommit:F1}. Checking the {bench.Entries:N0} entries written: {await bench.CheckAsync():N0} entries/s.");
        }

        return 0;
    }
}
