using System.Globalization;
using Liuzhuan.Benchmarks.Data;
using Liuzhuan.Benchmarks.Limits;
using Liuzhuan.Benchmarks.Peers;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>The end-to-end comparison: the same request through every peer, round after round, so that what else the machine does falls on all alike.</summary>
internal sealed class Comparison(ComparisonPlan plan, Action<string> say)
{
    /// <summary>Requests longer than this are put to the fast peers only.</summary>
    private const long RowsForAll = 1_000_000;

    // The build times that are compared; the other stores are built once.
    private static readonly string[] BuiltOften = [PeerList.Ours, "duckdb"];

    private static readonly string[] Slow = ["sqlite", "postgres"];

    private readonly List<(string Name, Peer Peer)> _peers = [.. plan.Peers.Select(name => (name, PeerList.All[name]()))];

    public Measurements Measure(long people)
    {
        say($"{people:N0} people: making the files");
        var folder = Places.Population(people);
        var measured = new Measurements(people) { RegisterBytes = new FileInfo(DataFiles.Register(people)).Length };
        BuildAll(folder, measured);
        MeasureFirstAnswers(folder, measured);

        var open = new Dictionary<string, PeerProcess>();
        try
        {
            foreach (var (name, _) in _peers.Where(peer => HostOf(peer) == peer.Name))
            {
                say($"{people:N0} people: opening {name}");
                open[name] = PeerProcess.Open(name, folder);
            }

            using var limits = new MachineLimits(folder);
            foreach (var rows in plan.Rows.Where(rows => rows <= people)) measured.Requests.Add(MeasureRequest(people, rows, folder, open, limits));
            foreach (var (name, process) in open) measured.Memory[name] = process.Memory();
        }
        finally
        {
            foreach (var process in open.Values) process.Dispose();
        }

        return measured;
    }

    // A variant runs in the process of the peer whose store it shares, so that no register is held in memory twice.
    private string HostOf((string Name, Peer Peer) peer) =>
        !peer.Peer.StartsAnew && peer.Peer.SharesStoreOf is { } host && plan.Peers.Contains(host) ? host : peer.Name;

    private void BuildAll(string folder, Measurements measured)
    {
        for (var build = 0; build < plan.Builds; build++)
        {
            foreach (var (name, peer) in _peers)
            {
                if (peer.StoredFiles(folder).Count == 0 || peer.SharesStoreOf is { } other && plan.Peers.Contains(other)) continue;
                if (build > 0 && !BuiltOften.Contains(name)) continue;
                say($"{measured.People:N0} people: building {name}");
                // In the system's memory for everyone: who comes second must not profit from what the first has read.
                ReadThrough(Path.Combine(folder, "register.csv"));
                (measured.Builds.TryGetValue(name, out var all) ? all : measured.Builds[name] = []).Add(PeerProcess.Build(name, folder));
            }
        }
    }

    private static void ReadThrough(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[1 << 20];
        while (file.Read(buffer) > 0);
    }

    private void MeasureFirstAnswers(string folder, Measurements measured)
    {
        var request = DataFiles.Request(measured.People, 1);
        foreach (var (name, peer) in _peers.Where(peer => HostOf(peer) == peer.Name))
        {
            say($"{measured.People:N0} people: first answer of {name}");
            var result = Result(folder, 1, name);
            // Who loads the register at every start is asked once.
            var times = peer.StoredFiles(folder).Count == 0 ? 1 : plan.Rounds;
            using var host = peer.StartsAnew ? PeerProcess.Open(name, folder) : null;
            measured.FirstAnswers[name] = [.. Enumerable.Range(0, times).Select(_ => host?.Run(name, request, result) ?? PeerProcess.FirstAnswer(name, folder, request, result))];
            File.Delete(result);
        }
    }

    private RequestMeasurements MeasureRequest(long people, long rows, string folder, Dictionary<string, PeerProcess> open, MachineLimits limits)
    {
        var request = DataFiles.Request(people, rows);
        var measured = new RequestMeasurements(rows, new FileInfo(request).Length);
        var asked = _peers.Where(peer => rows <= RowsForAll || !Slow.Contains(peer.Name)).ToList();
        foreach (var (name, _) in asked) measured.Rounds[name] = [];

        // Round 0 warms up and is not counted; small requests are answered several times in each round, and their median counts.
        var times = rows switch { < 10_000 => 15, < 500_000 => 3, _ => 1 };
        for (var round = 0; round <= plan.Rounds; round++)
        {
            var load = LoadAverage();
            say($"{people:N0} people, {rows:N0} rows: {(round == 0 ? "warm-up" : $"round {round} of {plan.Rounds}")}, load {load:F2}");
            var sample = limits.Measure(request, rows, (long)(rows * LimitsCommand.ResultBytesPerRow));
            foreach (var peer in asked)
            {
                var result = Result(folder, rows, peer.Name);
                if (times == 1 && peer.Peer.StartsAnew)
                {
                    var first = open[HostOf(peer)].Run(peer.Name, request, result);
                    // What comes next to another of them does not come after a pause.
                    if (round > 0 && !(asked.IndexOf(peer) is > 0 and var at && asked[at - 1].Peer.StartsAnew)) AfterPause(measured, peer.Name).Add(first);
                }

                var milliseconds = Series.Median([.. Enumerable.Range(0, times).Select(_ => open[HostOf(peer)].Run(peer.Name, request, result))]);
                if (round > 0) measured.Rounds[peer.Name].Add(milliseconds);
            }

            if (round == 0) continue;
            measured.Limits.Add(sample);
            measured.Loads.Add(load);
        }

        measured.Mix = Compare(folder, rows, [.. asked.Select(peer => peer.Name)]);
        return measured;
    }

    private static List<double> AfterPause(RequestMeasurements measured, string peer) => measured.AfterPause.TryGetValue(peer, out var times) ? times : measured.AfterPause[peer] = [];

    private static string Compare(string folder, long rows, List<string> peers)
    {
        var alike = peers.Where(PeerList.WritesCodes).ToList();
        var first = Result(folder, rows, alike[0]);
        foreach (var peer in alike.Skip(1))
        {
            if (ResultFile.Difference(first, Result(folder, rows, peer), anyOrder: PeerList.AnyOrder(peer)) is { } difference)
            {
                throw new InvalidDataException($"Two peers give different answers, so their times cannot be compared:\n{difference}");
            }
        }

        var mix = string.Join(", ", ResultFile.Mix(first));
        foreach (var peer in peers) File.Delete(Result(folder, rows, peer));
        return mix;
    }

    private static string Result(string folder, long rows, string peer) => Path.Combine(folder, $"result-{rows}-{peer}.csv");

    private static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
