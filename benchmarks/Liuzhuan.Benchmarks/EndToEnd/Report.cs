using System.Globalization;
using System.Text;
using Liuzhuan.Benchmarks.Peers;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>The measurements as Markdown tables.</summary>
internal static class Report
{
    private const string Ours = PeerList.Ours;

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["liuzhuan-codes"] = "**Liuzhuan**, codes",
        ["liuzhuan-full"] = "**Liuzhuan**, five columns",
        ["liuzhuan-process"] = "**Liuzhuan**, whole `liuzhuan verify` process, codes",
        ["liuzhuan-process-full"] = "**Liuzhuan**, whole `liuzhuan verify` process, five columns",
        ["duckdb"] = "DuckDB, integer key, 2 threads",
        ["duckdb-unordered"] = "DuckDB, rows in any order",
        ["dictionary"] = "C# dictionary, lines, 2 threads",
        ["dictionary-bytes"] = "C# dictionary, bytes, 2 threads",
        ["sqlite"] = "SQLite, integer key, mmap, 2 threads",
        ["postgres"] = "PostgreSQL, integer key",
    };

    public static string Write(IReadOnlyList<Measurements> all, string command, string machine)
    {
        var text = new StringBuilder($"# Matching: measured numbers\n\nWritten by `{command}`; running it again replaces them.\n{machine}\n");
        Goals.Append(text, all);
        foreach (var measured in all) AppendSize(text, measured);
        return text.ToString();
    }

    private static void AppendSize(StringBuilder text, Measurements measured)
    {
        text.Append(Invariant($"\n## {measured.People:N0} people\n"));
        foreach (var request in measured.Requests) AppendRequest(text, request);
        AppendStores(text, measured);
    }

    private static void AppendRequest(StringBuilder text, RequestMeasurements request)
    {
        text.Append(Invariant($"\n### {request.Rows:N0} rows ({request.Bytes / 1e6:F1} MB)\n\n"));
        text.Append(Invariant($"Request file to result file, warm; medians of {request.Loads.Count} interleaved rounds; load average {request.Loads.Min():F1} to {request.Loads.Max():F1}; {request.Mix}.\n\n"));
        var ours = request.Rounds.ContainsKey(Ours);
        text.Append("| engine | median ms | least | most | million rows/s | times ours |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (var (peer, rounds) in request.Rounds)
        {
            var median = request.Median(peer);
            var ratio = ours ? Ratio(rounds, request.Rounds[Ours]) : "";
            text.Append(Invariant($"| {Title(peer)} | {median:F1} | {rounds.Min():F1} | {rounds.Max():F1} | {request.Rows / median / 1e3:F2} | {ratio} |\n"));
        }

        var bound = Series.Median(request.Limits.Select(sample => sample.Bound));
        text.Append(Invariant($"| physical bound (scan + memory + write) | {bound:F1} | {request.Limits.Min(s => s.Bound):F1} | {request.Limits.Max(s => s.Bound):F1} | {request.Rows / bound / 1e3:F2} | |\n"));
        if (ours) text.Append(Invariant($"\nShare of the bound reached: **{100 * bound / request.Median(Ours):F0} %** (scan {Part(request, s => s.Scan2)}, random lines {Part(request, s => s.Random2)}, write {Part(request, s => s.Write)} ms).\n"));
        if (request.AfterPause.Count == 0) return;
        text.Append("\nWhole processes are started twice in a row and the second counts: the register is then in the page cache. The first, after the turns of the others: ");
        text.Append(string.Join("; ", request.AfterPause.Select(first => $"{Title(first.Key)} {Spread(first.Value)}"))).Append(".\n");
    }

    private static string Spread(List<double> times) => Invariant($"{Series.Median(times):F0} ({times.Min():F0}-{times.Max():F0}) ms");

    // The ratio of each round, so that a slow minute counts for both.
    private static string Ratio(List<double> rounds, List<double> ours)
    {
        var ratios = Ratios(rounds, ours);
        return Invariant($"{Series.Median(ratios):F1} ({ratios.Min():F1}-{ratios.Max():F1})");
    }

    internal static List<double> Ratios(List<double> rounds, List<double> ours) => [.. rounds.Zip(ours, (theirs, mine) => theirs / mine)];

    private static string Part(RequestMeasurements request, Func<Limits.LimitSample, double> part) => Invariant($"{Series.Median(request.Limits.Select(part)):F1}");

    private static void AppendStores(StringBuilder text, Measurements measured)
    {
        text.Append(Invariant($"\n### Building and starting (register CSV {measured.RegisterBytes / 1e6:F0} MB, {(double)measured.RegisterBytes / measured.People:F1} bytes for each person)\n\n"));
        text.Append("| engine | build s | times ours | peak MB building | bytes/person | of these hot | process start to first answer ms | peak MB answering | of it not file-backed, at the end |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (peer, memory) in measured.Memory)
        {
            var built = measured.Builds.TryGetValue(peer, out var builds) ? Built(builds, measured) : " | | | |";
            var first = measured.FirstAnswers.TryGetValue(peer, out var times) ? Invariant($"{Series.Median(times):F0}") : "";
            text.Append(Invariant($"| {Title(peer)} | {built} | {first} | {memory.PeakKiB / 1024:F0} | {memory.AnonymousKiB / 1024:F0} |\n"));
        }
    }

    private static string Built(List<BuiltStore> builds, Measurements measured)
    {
        var seconds = Seconds(builds);
        var ratio = measured.Builds.TryGetValue(Ours, out var ours) ? Invariant($"{seconds / Seconds(ours):F1}") : "";
        var hot = builds[0].HotBytes > 0 ? Invariant($"{builds[0].HotBytes / measured.People:F1}") : "";
        return Invariant($"{seconds:F1} | {ratio} | {builds.Max(b => b.PeakKiB) / 1024:F0} | {builds[0].Bytes / measured.People:F1} | {hot}");
    }

    private static double Seconds(List<BuiltStore> builds) => Series.Median(builds.Select(b => b.Milliseconds)) / 1e3;

    private static string Title(string peer) => Titles.GetValueOrDefault(peer, peer);

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
