using System.Globalization;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>What <c>bench http</c> is to measure.</summary>
internal sealed record HttpPlan
{
    public const string Answers = "answers", Lanes = "lanes";

    private const int MostLaneRounds = 10;

    public int Rounds { get; private init; } = 5;

    public IReadOnlyList<string> Parts { get; private init; } = [Answers, Lanes];

    public IReadOnlyList<string> Databases { get; private init; } = PostgresServer.IsInstalled ? ["sqlite", "postgres"] : ["sqlite"];

    public IReadOnlyList<int> Connections { get; private init; } = [1, 64];

    /// <summary>Requests of one run; one connection alone gets an eighth of them.</summary>
    public int Requests { get; private init; } = 19_200;

    /// <summary>Where the table goes; null for standard output.</summary>
    public string? Write { get; private init; }

    /// <summary>Rounds with and without a batch: ten, unless fewer rounds are asked for altogether.</summary>
    public int LaneRounds => Rounds >= 3 ? MostLaneRounds : Rounds;

    public static HttpPlan Parse(string[] options)
    {
        var plan = new HttpPlan();
        if (options is [var first, ..] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)) (plan, options) = (plan with { Rounds = rounds }, options[1..]);
        for (; options.Length > 0; options = options[2..])
        {
            plan = options switch
            {
                ["--parts", var parts, ..] => plan with { Parts = parts.Split(',') },
                ["--databases", var databases, ..] => plan with { Databases = databases.Split(',') },
                ["--connections", var connections, ..] => plan with { Connections = [.. connections.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))] },
                ["--requests", var requests, ..] => plan with { Requests = int.Parse(requests, CultureInfo.InvariantCulture) },
                ["--write", var path, ..] => plan with { Write = path },
                _ => throw new ArgumentException($"bench http does not know {options[0]}."),
            };
        }

        return plan;
    }
}
