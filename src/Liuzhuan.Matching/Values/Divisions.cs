using System.Collections.Frozen;

namespace Liuzhuan.Matching.Values;

/// <summary>The names of administrative divisions (data/codes/divisions.csv).</summary>
public sealed class Divisions
{
    private static readonly Lazy<Divisions> Shipped = new(() => new Divisions());

    private readonly FrozenDictionary<string, string[]> counties;

    private Divisions()
    {
        var rows = EmbeddedData.Rows("codes/divisions.csv").Where(row => row[4] != "statistical").ToArray();
        var byCode = rows.ToDictionary(row => row[0]);
        counties = rows.Where(row => row[2] == "county").SelectMany(row => Spellings(row, byCode).Select(name => (Name: name, Code: row[0])))
            .GroupBy(pair => pair.Name, pair => pair.Code)
            .ToFrozenDictionary(group => group.Key, group => group.Distinct().Order(StringComparer.Ordinal).ToArray());
    }

    public static Divisions Default => Shipped.Value;

    /// <summary>
    /// The codes of the counties that bear a name, written alone or behind its prefecture, its province or both; none if the name is unknown.
    /// The name of a whole prefecture or province says less than a register does and is not looked up.
    /// </summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<char> name) =>
        counties.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var codes) ? codes : [];

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
