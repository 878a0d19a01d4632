using System.Collections.Frozen;

namespace Liuzhuan.Supervision.Watching;

/// <summary>One look of an officer, as the rules count it.</summary>
/// <param name="Position">Of its ledger entry; looks come in this order.</param>
/// <param name="Subject">Stands for the one person it was about; empty for several.</param>
/// <param name="Listed">How many of its people stand on which list.</param>
internal sealed record Look(long Position, DateTimeOffset At, string Purpose, bool IsFile, long Asked, long NotFound, string Subject, IReadOnlyDictionary<string, long> Listed)
{
    /// <summary>Stand for the people of a list that is short enough to be kept; empty for others.</summary>
    public IReadOnlySet<string> People { get; init; } = FrozenSet<string>.Empty;

    public string Office { get; init; } = "";

    public string Division { get; init; } = "";

    public static IReadOnlyDictionary<string, long> ReadListed(string stored) => stored.Length == 0
        ? new Dictionary<string, long>()
        : stored.Split(',').Select(one => one.Split(':')).ToDictionary(pair => pair[0], pair => long.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture));
}
