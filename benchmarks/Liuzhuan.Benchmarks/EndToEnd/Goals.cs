using System.Text;
using Liuzhuan.Benchmarks.Peers;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>What the engine must reach, and what this run measured of it.</summary>
internal static class Goals
{
    // It writes codes, as the others do.
    private const string Process = "liuzhuan-process";
    private const long Province = 27_000_000, Prefecture = 5_000_000, Million = 1_000_000;

    /// <param name="What">The goal in words.</param>
    /// <param name="Must">The floor.</param>
    /// <param name="Stretch">What would be good.</param>
    /// <param name="AtLeast">More is better; otherwise less is.</param>
    /// <param name="Value">The measured value, or null when this run did not measure it.</param>
    private sealed record Goal(string What, double Must, double Stretch, bool AtLeast, Func<IReadOnlyList<Measurements>, double?> Value);

    private static readonly Goal[] All =
    [
        new("times faster than DuckDB, 1M rows against 27M people", 25, 40, true, all => Times(all, Province, Million, "duckdb")),
        new("times faster than DuckDB, 1M rows against 5M people", 15, 22, true, all => Times(all, Prefecture, Million, "duckdb")),
        new("times faster than DuckDB, 100k rows against 27M people", 80, 150, true, all => Times(all, Province, 100_000, "duckdb")),
        new("times faster than the dictionary program, 1M rows against 27M people", 8, 15, true, all => Times(all, Province, Million, "dictionary")),
        new("% of the physical bound, 1M rows against 27M people", 20, 40, true, all => Share(all, Province, Million)),
        new("% of the physical bound, 5M rows against 27M people", 20, 40, true, all => Share(all, Province, 5 * Million)),
        new("whole process over warm run, both with codes, 1M rows against 27M people", 4, 4, false, all => Times(all, Province, Million, Process)),
        new("DuckDB's warm run over our whole process with codes, 1M rows against 27M people", 7, 12, true, all => Times(all, Province, Million, "duckdb", Process)),
        new("hot bytes for each person at 27M", 16, 13, false, all => Store(all)?.HotBytes / Province),
        new("bytes for each person at 27M, all columns", 28, 22, false, all => Store(all)?.Bytes / Province),
        new("ms from process start to first answer at 27M", 150, 60, false, all => First(all, Process)),
        new("PostgreSQL's restart to first answer over ours at 27M", 2, 5, true, all => First(all, "postgres") / First(all, Process)),
        new("DuckDB's build time over ours at 27M", 3.5, 6, true, all => Seconds(all, "duckdb") / Seconds(all, PeerList.Ours)),
    ];

    /// <summary>A table of the goals that this run measured; nothing when it measured none.</summary>
    public static void Append(StringBuilder text, IReadOnlyList<Measurements> all)
    {
        var measured = All.Select(goal => (Goal: goal, Value: goal.Value(all))).Where(pair => pair.Value is not null).ToList();
        if (measured.Count == 0) return;
        text.Append("\n## Goals\n\n| goal | must | stretch | measured | |\n|---|---:|---:|---:|---|\n");
        foreach (var (goal, value) in measured)
        {
            var sign = goal.AtLeast ? "≥" : "≤";
            var verdict = Reaches(goal, value!.Value, goal.Stretch) ? "stretch reached" : Reaches(goal, value.Value, goal.Must) ? "reached" : "**missed**";
            text.Append(Report.Invariant($"| {goal.What} | {sign} {goal.Must} | {sign} {goal.Stretch} | {value:F1} | {verdict} |\n"));
        }
    }

    private static bool Reaches(Goal goal, double value, double mark) => goal.AtLeast ? value >= mark : value <= mark;

    private static Measurements? At(IReadOnlyList<Measurements> all, long people) => all.FirstOrDefault(measured => measured.People == people);

    private static RequestMeasurements? At(IReadOnlyList<Measurements> all, long people, long rows) =>
        At(all, people)?.Requests.FirstOrDefault(request => request.Rows == rows && request.Rounds.ContainsKey(PeerList.Ours));

    // The median of the rounds' ratios: what befell the machine in a round befell both.
    private static double? Times(IReadOnlyList<Measurements> all, long people, long rows, string peer, string ours = PeerList.Ours) =>
        At(all, people, rows) is { } request && request.Rounds.TryGetValue(peer, out var rounds) && request.Rounds.TryGetValue(ours, out var own) ? Series.Median(Report.Ratios(rounds, own)) : null;

    private static double? Share(IReadOnlyList<Measurements> all, long people, long rows) =>
        At(all, people, rows) is { } request ? 100 * Series.Median(request.Limits.Select(sample => sample.Bound)) / request.Median(PeerList.Ours) : null;

    private static BuiltStore? Store(IReadOnlyList<Measurements> all) => At(all, Province)?.Builds.GetValueOrDefault(PeerList.Ours)?[0];

    private static double? First(IReadOnlyList<Measurements> all, string peer) =>
        At(all, Province)?.FirstAnswers.GetValueOrDefault(peer) is { } times ? Series.Median(times) : null;

    private static double? Seconds(IReadOnlyList<Measurements> all, string peer) =>
        At(all, Province)?.Builds.GetValueOrDefault(peer) is { } builds ? Series.Median(builds.Select(build => build.Milliseconds)) / 1e3 : null;
}
