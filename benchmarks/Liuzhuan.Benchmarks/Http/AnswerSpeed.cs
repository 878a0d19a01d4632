using static Liuzhuan.Benchmarks.EndToEnd.Report;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>Answers per second with the ledger and without, in interleaved rounds.</summary>
internal static class AnswerSpeed
{
    public const string Head = """

        ## Answers

        The service in one process, the load in another on the same processors; every request carries a token and a signature made beforehand, every answer is matched, logged
        and signed. "Off" is the same endpoint without the entry. Medians of interleaved rounds; µs are processor time of the service for each answer.

        | database | connections | on: answers/s | p50 ms | p99 ms | µs | off: answers/s | p99 ms | µs | on / off (least-most) |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|

        """;

    private const int FewerAlone = 8, WarmAtLeast = 12_800;

    public static async Task<string> MeasureAsync(MeasuredService service, int connections, HttpPlan plan)
    {
        var fewer = connections == 1 ? FewerAlone : 1;
        var requests = plan.Requests / fewer;
        foreach (var path in new[] { HttpHost.Logged, HttpHost.Unlogged }) await RunAsync(service, path, connections, WarmAtLeast / fewer);
        var (on, off) = (new List<Run>(), new List<Run>());
        for (var round = 0; round < plan.Rounds; round++)
        {
            on.Add(await RunAsync(service, HttpHost.Logged, connections, requests));
            off.Add(await RunAsync(service, HttpHost.Unlogged, connections, requests));
        }

        var ratios = on.Zip(off, (with, without) => with.Load.PerSecond / without.Load.PerSecond).ToList();
        return Invariant($"| {service.Provider} | {connections} | {Median(on, run => run.Load.PerSecond):N0} | {Median(on, run => run.Load.Median):0.00} | {Median(on, run => run.Load.P99):0.0} | {Median(on, run => run.Processor):0} ")
            + Invariant($"| {Median(off, run => run.Load.PerSecond):N0} | {Median(off, run => run.Load.P99):0.0} | {Median(off, run => run.Processor):0} | {Series.Median(ratios):0.00} ({ratios.Min():0.00}-{ratios.Max():0.00}) |\n");
    }

    private static async Task<Run> RunAsync(MeasuredService service, string path, int connections, int requests)
    {
        var prepared = await service.Load.PrepareAsync(path, connections, requests);
        var before = service.Process.ProcessorTime;
        var load = await service.Load.RunAsync(prepared);
        return new Run(load, (service.Process.ProcessorTime - before).TotalMicroseconds / (prepared.Length * prepared[0].Length));
    }

    private static double Median(List<Run> runs, Func<Run, double> value) => Series.Median(runs.Select(value));

    /// <param name="Processor">Microseconds of processor time of the service for each answer.</param>
    private sealed record Run(LoadResult Load, double Processor);
}
