using Liuzhuan.Benchmarks.Peers;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary><c>./bench</c> and <c>./bench full</c>: the end-to-end comparison.</summary>
internal static class ComparisonCommand
{
    public static int Run(string[] arguments, TimeProvider clock)
    {
        ComparisonPlan plan;
        try
        {
            plan = ComparisonPlan.Parse(arguments);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            Console.Error.WriteLine(wrong.Message);
            return 2;
        }

        plan = plan with { Peers = [.. plan.Peers.Where(IsThere)] };
        var comparison = new Comparison(plan, line => Console.Error.WriteLine($"[{clock.GetUtcNow():HH:mm:ss}] {line}"));
        var measured = new List<Measurements>();
        var text = "";
        foreach (var people in plan.People)
        {
            measured.Add(comparison.Measure(people));
            text = Report.Write(measured, string.Join(' ', ["./bench", .. arguments]), Machine.Describe(clock));
            // Written after each size: a long run that is stopped keeps what it has.
            if (plan.Write is not { } path) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, text);
        }

        if (plan.Write is null) Console.Write(text);
        return 0;
    }

    private static bool IsThere(string peer)
    {
        var missing = peer switch
        {
            "duckdb" or "duckdb-unordered" when !File.Exists(DuckDbNative.LibraryPath) => "its npm package is not installed (npm ci in benchmarks/)",
            "postgres" when PostgresPeer.FindPrograms() is null => "PostgreSQL is not installed (apt-get install postgresql)",
            _ when !PeerList.All.ContainsKey(peer) => $"there is no such peer; there are {string.Join(", ", PeerList.All.Keys)}",
            _ => null,
        };
        if (missing is not null) Console.Error.WriteLine($"Left out {peer}: {missing}.");
        return missing is null;
    }
}
