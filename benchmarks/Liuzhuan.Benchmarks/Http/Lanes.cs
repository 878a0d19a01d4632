using static Liuzhuan.Benchmarks.EndToEnd.Report;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>Single questions at a steady pace, alone and while a batch of a million rows is worked on by the same service.</summary>
internal static class Lanes
{
    public const string Head = """

        ## Single questions beside a batch

        Single questions at a steady pace on one connection: alone, and from the moment a batch of a million rows is wholly there until its outcome. Interleaved rounds;
        p99 in milliseconds.

        | database | rounds | alone: p99 (median) | beside a batch: p99 (median) | times | batch s (median) |
        |---|---:|---:|---:|---:|---:|

        """;

    private const int PerSecond = 200, Alone = 1000, MostBeside = 12_000;

    public static async Task<string> MeasureAsync(MeasuredService service, int rounds)
    {
        var batch = new LargeBatch(service.Load);
        await service.Load.RunAsync(await service.Load.PrepareAsync(HttpHost.Logged, 16, 12_800));
        var (alone, beside, seconds) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            alone.Add(P99(await service.Load.PaceAsync(HttpHost.Logged, PerSecond, Alone, Task.Delay(Timeout.Infinite))));
            await batch.SendAllButTheEndAsync();
            var working = batch.FinishAsync();
            beside.Add(P99(await service.Load.PaceAsync(HttpHost.Logged, PerSecond, MostBeside, working)));
            seconds.Add((await working).TotalSeconds);
            await batch.EraseAsync();
        }

        return Invariant($"| {service.Provider} | {rounds} | {Series.Median(alone):0.00} | {Series.Median(beside):0.00} | {Series.Median(beside) / Series.Median(alone):0.0} | {Series.Median(seconds):0.0} |\n");
    }

    private static double P99(double[] sorted) => sorted[(int)(sorted.Length * 0.99)];
}
