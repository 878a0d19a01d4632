using System.Globalization;

namespace Liuzhuan.Benchmarks.Http;

/// <summary><c>bench http [ROUNDS]</c>: signed, logged answers per second over HTTP, with the ledger and without, on both databases, interleaved.</summary>
internal static class HttpCommand
{
    private const int Connections = 64, Warm = 12_800, Requests = 19_200;

    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var rounds = options is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 5;
        output.WriteLine("| database | connections | ledger on: answers/s (median) | p50 ms | p99 ms | ledger off: answers/s | p99 ms | on / off |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var provider in PostgresServer.IsInstalled ? new[] { "sqlite", "postgres" } : ["sqlite"])
        {
            var folder = Path.Combine(Places.Data, "http", provider);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            using var server = provider == "postgres" ? new PostgresServer(Path.Combine(Path.GetTempPath(), $"liuzhuan-bench-http-{Environment.ProcessId}")) : null;
            using var service = new HttpProcess(provider, folder, server?.Connection);
            var load = await SignedLoad.ConnectAsync(service.Address, HttpHost.KeyIn(folder));
            foreach (var connections in new[] { 1, Connections }) await MeasureAsync(load, provider, connections, rounds, output);
        }

        return 0;
    }

    private static async Task MeasureAsync(SignedLoad load, string provider, int connections, int rounds, TextWriter output)
    {
        var requests = connections == 1 ? Requests / 8 : Requests;
        await load.RunAsync(HttpHost.Logged, connections, connections == 1 ? Warm / 8 : Warm);
        await load.RunAsync(HttpHost.Unlogged, connections, connections == 1 ? Warm / 8 : Warm);
        var (on, off) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < rounds; round++)
        {
            on.Add(await load.RunAsync(HttpHost.Logged, connections, requests));
            off.Add(await load.RunAsync(HttpHost.Unlogged, connections, requests));
        }

        var ratio = Median(on.Zip(off, (with, without) => with.PerSecond / without.PerSecond));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {provider} | {connections} | {Median(on.Select(run => run.PerSecond)):N0} | {Median(on.Select(run => run.Median)):0.00} | {Median(on.Select(run => run.P99)):0.0} | {Median(off.Select(run => run.PerSecond)):N0} | {Median(off.Select(run => run.P99)):0.0} | {ratio:0.00} |"));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
