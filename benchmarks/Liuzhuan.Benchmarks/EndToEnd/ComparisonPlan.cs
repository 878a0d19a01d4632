using System.Globalization;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>What one run of the comparison measures.</summary>
internal sealed record ComparisonPlan
{
    public IReadOnlyList<long> People { get; init; } = [1_000_000];

    public IReadOnlyList<long> Rows { get; init; } = [880, 100_000, 1_000_000];

    public int Rounds { get; init; } = 5;

    /// <summary>Peers to measure; a peer whose program is missing is left out with a sentence.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [.. Benchmarks.Peers.PeerList.All.Keys];

    /// <summary>How often each store is built for the build times.</summary>
    public int Builds { get; init; } = 3;

    /// <summary>File to write the tables to, or null.</summary>
    public string? Write { get; init; }

    public const string Usage =
        "[full] [--people N,N] [--rows N,N] [--rounds N] [--builds N] [--peers NAME,NAME] [--write FILE]";

    public static ComparisonPlan Parse(ReadOnlySpan<string> arguments)
    {
        var plan = new ComparisonPlan();
        if (arguments is ["full", ..])
        {
            plan = plan with { People = [1_000_000, 5_000_000, 27_000_000], Rows = [880, 100_000, 1_000_000, 5_000_000] };
            arguments = arguments[1..];
        }

        for (; arguments is [var option, var value, ..]; arguments = arguments[2..])
        {
            plan = option switch
            {
                "--people" => plan with { People = Numbers(value) },
                "--rows" => plan with { Rows = Numbers(value) },
                "--rounds" => plan with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--builds" => plan with { Builds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--peers" => plan with { Peers = value.Split(',') },
                "--write" => plan with { Write = value },
                _ => throw new ArgumentException($"Unknown option {option}. Usage: ./bench {Usage}"),
            };
        }

        return arguments.IsEmpty ? plan : throw new ArgumentException($"{arguments[0]} needs a value. Usage: ./bench {Usage}");
    }

    private static long[] Numbers(string value) => [.. value.Split(',').Select(x => long.Parse(x, CultureInfo.InvariantCulture))];
}
