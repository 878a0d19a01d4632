namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>Time that is not counted: cells from <paramref name="From"/> up to, not including, <paramref name="To"/>.</summary>
/// <param name="Grounds">The entries that say so, each with its own part.</param>
internal sealed record ClockBlock(long From, long To, IReadOnlyList<BlockGround> Grounds)
{
    /// <summary>No end is known.</summary>
    public const long Open = long.MaxValue;

    /// <summary>The entries that keep a cell from being counted.</summary>
    public IReadOnlyList<ClockEntry> At(long cell) => [.. Grounds.Where(ground => ground.From <= cell && cell < ground.To).Select(ground => ground.Entry)];
}

/// <summary>An entry by which time is not counted, and which time.</summary>
internal sealed record BlockGround(ClockEntry Entry, long From, long To);

/// <summary>
/// The entries of a clock put in order: what is revoked is gone, overlapping suspensions are one. Does not depend on the order of the entries, nor on repetitions.
/// Time is counted in cells: days (their day number), or minutes where the limit is in hours.
/// </summary>
internal sealed class ClockTimeline
{
    private const long MinutesOfDay = 24 * 60;

    private readonly bool _hours;

    public ClockTimeline(ClockRule rule, IEnumerable<ClockEntry> entries)
    {
        _hours = rule.CountsHours;
        var all = entries.DistinctBy(entry => entry.Id).OrderBy(entry => entry.Day).ThenBy(entry => entry.Time).ThenBy(entry => entry.Act).ThenBy(entry => entry.Id).ToList();
        // What was told cannot be untold, and a revocation is not revoked but made good by a new entry.
        var revocable = all.Where(entry => entry.Act is not (ClockAct.Revoke or ClockAct.Tell)).Select(entry => entry.Id).ToHashSet();
        var revoked = all.Where(entry => entry.Act == ClockAct.Revoke && entry.Of is { } of && revocable.Contains(of)).Select(entry => entry.Of).ToHashSet();
        Live = [.. all.Where(entry => entry.Act != ClockAct.Revoke && !revoked.Contains(entry.Id))];
        Start = Live.FirstOrDefault(entry => entry.Act == ClockAct.Start);
        Stop = Live.FirstOrDefault(entry => entry.Act == ClockAct.Stop);
        Restart = Start is null ? null : Live.LastOrDefault(entry => entry.Act == ClockAct.Interrupt && CellOf(entry) >= CellOf(Start));
        Blocks = Merge(Live.Select(Ground).OfType<BlockGround>().Where(ground => ground.To > ground.From).OrderBy(ground => ground.From).ThenBy(ground => ground.To));
        // An extension that the rule does not know lengthens nothing.
        Extensions = [.. Live.Where(entry => entry.Act == ClockAct.Extend && entry.By is { } by && by.Unit == rule.Extension?.Unit && (by.Unit == LimitUnit.Hours) == rule.CountsHours)];
        Rolls = [.. Live.Where(entry => entry.Act == ClockAct.Roll)];
        Told = Live.Where(entry => entry.Act == ClockAct.Tell).MaxBy(CellOf);
    }

    /// <summary>What counts, by day.</summary>
    public IReadOnlyList<ClockEntry> Live { get; }

    public ClockEntry? Start { get; }

    /// <summary>The last interruption; null when there was none.</summary>
    public ClockEntry? Restart { get; }

    public ClockEntry? Stop { get; }

    /// <summary>What is not counted, in order and without overlap.</summary>
    public IReadOnlyList<ClockBlock> Blocks { get; }

    public IReadOnlyList<ClockEntry> Extensions { get; }

    public IReadOnlyList<ClockEntry> Rolls { get; }

    /// <summary>The latest end that somebody was told.</summary>
    public ClockEntry? Told { get; }

    public long CellOf(ClockEntry entry) => CellOf(entry.Day, entry.Time);

    public long CellOf(DateOnly day, TimeOnly time = default) => _hours ? (day.DayNumber * MinutesOfDay) + (long)time.ToTimeSpan().TotalMinutes : day.DayNumber;

    /// <summary>The first cell behind a day.</summary>
    public long CellBehind(DateOnly day) => CellOf(day.AddDays(1));

    /// <summary>The instant at which a cell begins.</summary>
    public DateTimeOffset InstantOf(long cell) => _hours ? ChinaTime.StartOf(DateOnly.MinValue.AddDays((int)(cell / MinutesOfDay))).AddMinutes(cell % MinutesOfDay) : ChinaTime.StartOf(DateOnly.FromDayNumber((int)cell));

    /// <summary>The day that a cell lies in.</summary>
    public DateOnly DayOf(long cell) => DateOnly.FromDayNumber((int)(_hours ? cell / MinutesOfDay : cell));

    private BlockGround? Ground(ClockEntry entry)
    {
        if (entry.Act == ClockAct.Exclude && entry.Until is { } last) return new BlockGround(entry, CellOf(entry.Day), CellBehind(last));
        if (entry.Act != ClockAct.Suspend) return null;
        var ends = Live.Where(other => other.Act == ClockAct.Resume && (other.Of ?? entry.Id) == entry.Id && CellOf(other) >= CellOf(entry)).Select(CellOf);
        if (entry.Until is { } until) ends = ends.Append(CellBehind(until));
        // Once the matter is over nothing is open any more.
        if (Stop is { } stop && CellOf(stop) >= CellOf(entry)) ends = ends.Append(CellBehind(stop.Day));
        return new BlockGround(entry, CellOf(entry), ends.Append(ClockBlock.Open).Min());
    }

    private static List<ClockBlock> Merge(IEnumerable<BlockGround> grounds)
    {
        var merged = new List<ClockBlock>();
        foreach (var ground in grounds)
        {
            if (merged is [.., var last] && ground.From <= last.To) merged[^1] = new ClockBlock(last.From, Math.Max(last.To, ground.To), [.. last.Grounds, ground]);
            else merged.Add(new ClockBlock(ground.From, ground.To, [ground]));
        }

        return merged;
    }
}
