namespace Liuzhuan.Benchmarks.Accesses;

/// <summary><c>bench accesses [MILLIONS]</c>: what recording accesses costs and how quickly a person's list is read, on both databases.</summary>
internal static class AccessesCommand
{
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        var batches = options is [var millions, ..] ? int.Parse(millions) : 100;
        foreach (var provider in PostgresServer.IsInstalled ? new[] { "sqlite", "postgres" } : ["sqlite"])
        {
            output.WriteLine($"\n| {provider}, {batches} batches of a million among {AccessPopulation.People:N0} people | |\n|---|---:|");
            await using var bench = new AccessBench(provider, output);
            await bench.RunAsync(batches);
            output.WriteLine($"| load of the machine at the end | {File.ReadAllText("/proc/loadavg").Split(' ')[0]} |");
        }

        return 0;
    }
}
