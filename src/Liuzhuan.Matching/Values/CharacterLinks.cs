namespace Liuzhuan.Matching.Values;

/// <summary>From each character to others: lists chained through two arrays, because this is filled at the first name that differs and must cost little.</summary>
internal sealed class CharacterLinks
{
    private readonly CharacterNumbers heads = new();
    private readonly List<int> targets = [0];
    private readonly List<int> nexts = [0];

    public void Add(int from, int to)
    {
        if (Has(from, to)) return;
        targets.Add(to);
        nexts.Add(heads[from]);
        heads[from] = targets.Count - 1;
    }

    /// <summary>The next character that has links, <paramref name="from"/> or above; <see cref="CharacterNumbers.Characters"/> when there is none.</summary>
    public int Next(int from) => heads.Next(from);

    public bool Has(int from, int to)
    {
        var at = from < CharacterNumbers.Characters ? heads[from] : 0;
        while (at != 0 && targets[at] != to) at = nexts[at];
        return at != 0;
    }

    /// <summary>Where the links of a character lead.</summary>
    public IEnumerable<int> Of(int from)
    {
        for (var at = from < CharacterNumbers.Characters ? heads[from] : 0; at != 0; at = nexts[at]) yield return targets[at];
    }
}
