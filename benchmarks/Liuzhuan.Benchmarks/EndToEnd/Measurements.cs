using Liuzhuan.Benchmarks.Limits;
using Liuzhuan.Benchmarks.Peers;

namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>Everything measured at one size of the register.</summary>
internal sealed class Measurements(long people)
{
    public long People => people;

    public long RegisterBytes { get; set; }

    /// <summary>The stores that each peer built, one for each time.</summary>
    public Dictionary<string, List<BuiltStore>> Builds { get; } = [];

    /// <summary>Milliseconds from process start to the first answer.</summary>
    public Dictionary<string, List<double>> FirstAnswers { get; } = [];

    public Dictionary<string, ProcessMemory> Memory { get; } = [];

    public List<RequestMeasurements> Requests { get; } = [];
}

/// <summary>Interleaved rounds over one request.</summary>
/// <param name="Rows">Rows in it.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record RequestMeasurements(long Rows, long Bytes)
{
    /// <summary>Milliseconds of each peer, one for each round.</summary>
    public Dictionary<string, List<double>> Rounds { get; } = [];

    /// <summary>
    /// Milliseconds of whole processes that came after the turns of all others, one for each round, where <see cref="Rounds"/> holds the same done again at once:
    /// what nobody touched for a minute need not be in memory any more, and the goals are for a register that is.
    /// </summary>
    public Dictionary<string, List<double>> AfterPause { get; } = [];

    /// <summary>The physical bound, one for each round.</summary>
    public List<LimitSample> Limits { get; } = [];

    /// <summary>Load average of the machine before each round.</summary>
    public List<double> Loads { get; } = [];

    /// <summary>The mix of answers.</summary>
    public string Mix { get; set; } = "";

    public double Median(string peer) => Series.Median(Rounds[peer]);
}
