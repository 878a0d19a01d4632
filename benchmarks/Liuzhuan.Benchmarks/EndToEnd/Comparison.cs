using System.Globalization;
using Liuzhuan.Benchmarks.Data;
using Liuzhuan.Benchmarks.Limits;
using Liuzhuan.Benchmarks.Peers;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>The end-to-end comparison: the same request through every peer, round after round, so that what else the machine does falls on all alike.</summary>
internal sealed class Comparison(ComparisonPlan plan, Action<string> say)
{
    // A peer that loads its register at every start is only asked once for its first answer, and one that is slow to build is built once.
    private static readonly string[] BuiltOften = ["liuzhuan-codes", "duckdb"];

    public Measurements Measure(long people)
    {
        say($"{people:N0} people: making the files");
        var folder = Places.Population(people);
        var measured = new Measurements(people) { RegisterBytes = new FileInfo(DataFiles.Register(people)).Length };
        var peers = plan.Peers.ToList();
        BuildAll(peers, folder, measured);
        MeasureFirstAnswers(peers, folder, measured);

        var open = new List<PeerProcess>();
        try
        {
            foreach (var name in peers)
            {
                say($"{people:N0} people: opening {name}");
                open.Add(PeerProcess.Open(name, folder));
            }

            using var limits = new MachineLimits(folder);
            foreach (var rows in plan.Rows) measured.Requests.Add(MeasureRequest(people, rows, folder, open, limits));
            foreach (var peer in open) measured.Memory[peer.Name] = peer.Memory();
        }
        finally
        {
            foreach (var peer in open) peer.Dispose();
        }

        return measured;
    }

    private void BuildAll(List<string> peers, string folder, Measurements measured)
    {
        for (var build = 0; build < plan.Builds; build++)
        {
            foreach (var name in peers)
            {
                using var peer = PeerList.All[name]();
                var stored = peer.StoredFiles(folder);
                if (stored.Count == 0 || peer.SharesStoreOf is { } other && peers.Contains(other)) continue;
                if (build > 0 && !BuiltOften.Contains(name)) continue;
                say($"{measured.People:N0} people: building {name}");
                (measured.Builds.TryGetValue(name, out var all) ? all : measured.Builds[name] = []).Add(PeerProcess.Build(name, folder));
            }
        }
    }

    private void MeasureFirstAnswers(List<string> peers, string folder, Measurements measured)
    {
        var request = DataFiles.Request(measured.People, 1);
        foreach (var name in peers)
        {
            say($"{measured.People:N0} people: first answer of {name}");
            using var peer = PeerList.All[name]();
            var result = Path.Combine(folder, $"result-1-{name}.csv");
            var times = peer.StoredFiles(folder).Count == 0 ? 1 : plan.Rounds;
            using var host = peer.StartsAnew ? PeerProcess.Open(name, folder) : null;
            measured.FirstAnswers[name] = [.. Enumerable.Range(0, times).Select(_ => host?.Run(request, result) ?? PeerProcess.FirstAnswer(name, folder, request, result))];
            File.Delete(result);
        }
    }

    private RequestMeasurements MeasureRequest(long people, long rows, string folder, List<PeerProcess> open, MachineLimits limits)
    {
        var request = DataFiles.Request(people, rows);
        var measured = new RequestMeasurements(rows, new FileInfo(request).Length);
        foreach (var peer in open) measured.Rounds[peer.Name] = [];

        // Round 0 warms up and is not counted; small requests are answered several times in each round, and their median counts.
        var times = rows switch { < 10_000 => 15, < 500_000 => 3, _ => 1 };
        for (var round = 0; round <= plan.Rounds; round++)
        {
            var load = LoadAverage();
            say($"{people:N0} people, {rows:N0} rows: {(round == 0 ? "warm-up" : $"round {round} of {plan.Rounds}")}, load {load:F2}");
            var sample = limits.Measure(request, rows, (long)(rows * LimitsCommand.ResultBytesPerRow));
            foreach (var peer in open)
            {
                var result = Result(folder, rows, peer.Name);
                var milliseconds = Series.Median([.. Enumerable.Range(0, times).Select(_ => peer.Run(request, result))]);
                if (round > 0) measured.Rounds[peer.Name].Add(milliseconds);
            }

            if (round == 0) continue;
            measured.Limits.Add(sample);
            measured.Loads.Add(load);
        }

        measured.Mix = Compare(folder, rows, open);
        return measured;
    }

    private static string Compare(string folder, long rows, List<PeerProcess> open)
    {
        var alike = open.Where(peer => PeerList.WritesCodes(peer.Name)).ToList();
        var first = Result(folder, rows, alike[0].Name);
        foreach (var peer in alike.Skip(1))
        {
            if (ResultFile.Difference(first, Result(folder, rows, peer.Name), anyOrder: PeerList.AnyOrder(peer.Name)) is { } difference)
            {
                throw new InvalidDataException($"Two peers give different answers, so their times cannot be compared:\n{difference}");
            }
        }

        var mix = string.Join(", ", ResultFile.Mix(first));
        foreach (var peer in open) File.Delete(Result(folder, rows, peer.Name));
        return mix;
    }

    private static string Result(string folder, long rows, string peer) => Path.Combine(folder, $"result-{rows}-{peer}.csv");

    private static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
