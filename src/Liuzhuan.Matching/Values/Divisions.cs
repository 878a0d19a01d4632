namespace Liuzhuan.Matching.Values;

/// <summary>The names of administrative divisions (data/codes/divisions.csv).</summary>
public sealed class Divisions
{
    private static readonly Lazy<Divisions> Shipped = new(() => new Divisions());

    private readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> counties;

    private Divisions()
    {
        var byCode = new Dictionary<string, string[]>();
        foreach (var row in EmbeddedData.Rows("codes/divisions.csv"))
        {
            if (row[4] != "statistical") byCode.Add(row[0], row);
        }

        var byName = new Dictionary<string, string[]>(byCode.Count * 4);
        foreach (var row in byCode.Values)
        {
            if (row[2] != "county") continue;
            foreach (var name in Spellings(row, byCode)) byName[name] = byName.TryGetValue(name, out var codes) ? [.. codes, row[0]] : [row[0]];
        }

        counties = byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static Divisions Default => Shipped.Value;

    /// <summary>
    /// The codes of the counties that bear a name, written alone or behind its prefecture, its province or both; none if the name is unknown.
    /// The name of a whole prefecture or province says less than a register does and is not looked up.
    /// </summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<char> name) =>
        counties.TryGetValue(name, out var codes) ? codes : [];

    private static IEnumerable<string> Spellings(string[] county, Dictionary<string, string[]> byCode)
    {
        var name = county[1];
        yield return name;
        if (!byCode.TryGetValue(county[3], out var parent)) yield break;
        yield return parent[1] + name;
        if (!byCode.TryGetValue(parent[3], out var province)) yield break;
        yield return province[1] + name;
        yield return province[1] + parent[1] + name;
    }
}
