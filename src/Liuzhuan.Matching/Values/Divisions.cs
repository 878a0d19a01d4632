using System.Collections.Concurrent;

namespace Liuzhuan.Matching.Values;

/// <summary>The names of administrative divisions (data/codes/divisions.csv), the numbers they had before, and what lies in what.</summary>
public sealed class Divisions
{
    private static readonly Lazy<Divisions> Shipped = new(() => new Divisions());

    private readonly Dictionary<string, string[]> byCode = [];
    private readonly FormerDivisions former = new();
    private readonly ILookup<string, string> formerCodes;
    private readonly Dictionary<string, string[]> counties = [];
    private readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> countyOf;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> largerOf;
    private readonly ConcurrentDictionary<string, HashSet<string>> around = [];

    private Divisions()
    {
        foreach (var row in EmbeddedData.Rows("codes/divisions.csv"))
        {
            if (row[4] != "statistical") byCode.Add(row[0], row);
        }

        formerCodes = former.Ended.Select(row => row[0]).Distinct().Select(code => (Code: code, Now: former.Now(code)))
            .Where(ended => ended.Now.Count == 1).ToLookup(ended => ended.Now.Single(), ended => ended.Code);
        var larger = new Dictionary<string, string>();
        foreach (var row in byCode.Values)
        {
            foreach (var name in Spellings(row[1], [row[3]], NameOf))
            {
                if (row[2] == "county") Name(name, row[0]);
                else larger[name] = row[0];
            }
        }

        // A name that another place bears today means that place.
        var inForce = counties.ToDictionary();
        foreach (var row in former.Ended)
        {
            if (former.Now(row[0]) is not { Count: 1 } now || !IsCounty(now.Single())) continue;
            foreach (var name in Spellings(row[1], [row[3]], code => former.NamesOf(code)))
            {
                if (!larger.ContainsKey(name) && (!inForce.TryGetValue(name, out var bearers) || bearers.Contains(now.Single()))) Name(name, now.Single());
            }
        }

        (countyOf, largerOf) = (counties.GetAlternateLookup<ReadOnlySpan<char>>(), larger.GetAlternateLookup<ReadOnlySpan<char>>());
    }

    public static Divisions Default => Shipped.Value;

    /// <summary>
    /// The codes of the counties that bear a name, written alone or behind its prefecture, its province or both, each followed by the codes it had before;
    /// none if the name is unknown.
    /// </summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<char> name) => countyOf.TryGetValue(name, out var codes) ? codes : [];

    /// <summary>The code of the prefecture or province of a name, or null.</summary>
    public string? FindLarger(ReadOnlySpan<char> name) => largerOf.TryGetValue(name, out var code) ? code : null;

    /// <summary>A county whose code is listed.</summary>
    public bool IsCounty(string code) => byCode.TryGetValue(code, out var row) && row[2] == "county";

    /// <summary>A prefecture or province.</summary>
    public bool IsLarger(string code) => byCode.TryGetValue(code, out var row) && row[2] != "county";

    /// <summary>
    /// May a division lie in a prefecture or province, or that in it? False only for a division whose place is known, now and under its former numbers:
    /// of a code that is not listed nothing is said.
    /// </summary>
    public bool MayLieIn(string code, string larger)
    {
        var places = around.GetOrAdd(code, PlacesAround);
        return places.Count == 0 || places.Contains(larger) || around.GetOrAdd(larger, PlacesAround).Contains(code);
    }

    private void Name(string name, string code)
    {
        string[] codes = [code, .. formerCodes[code]];
        counties[name] = counties.TryGetValue(name, out var known) ? [.. known.Union(codes)] : codes;
    }

    // The division itself, what it was and became, and all that these belong to; nothing where none of them is listed.
    private HashSet<string> PlacesAround(string code)
    {
        var places = new HashSet<string>();
        var open = new Stack<string>([code, .. formerCodes[code]]);
        while (open.TryPop(out var one))
        {
            if (one.Length == 0 || !places.Add(one)) continue;
            if (byCode.TryGetValue(one, out var row)) open.Push(row[3]);
            foreach (var other in former.ParentsOf(one).Concat(former.Now(one))) open.Push(other);
        }

        return places.Any(byCode.ContainsKey) && (byCode.ContainsKey(code) || former.Now(code).Count > 0) ? places : [];
    }

    private IEnumerable<string> NameOf(string code) => byCode.TryGetValue(code, out var row) ? [row[1]] : [];

    // A name alone, and behind the names of its prefecture, its province, and both.
    private IEnumerable<string> Spellings(string name, IEnumerable<string> parents, Func<string, IEnumerable<string>> names)
    {
        yield return name;
        foreach (var parent in parents)
        {
            var province = parent.Length == 0 || parent.EndsWith("0000", StringComparison.Ordinal) ? "" : NameOf(parent[..2] + "0000").FirstOrDefault("");
            if (province.Length > 0) yield return province + name;
            foreach (var above in names(parent))
            {
                yield return above + name;
                if (province.Length > 0) yield return province + above + name;
            }
        }
    }
}
