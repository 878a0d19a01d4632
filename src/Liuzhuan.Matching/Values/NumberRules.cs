namespace Liuzhuan.Matching.Values;

/// <summary>Dated facts on which the validity of a citizen number depends; parameters, because not all of them are sourced.</summary>
public sealed class NumberRules
{
    private static readonly Lazy<NumberRules> Shipped = new(() => Read(EmbeddedData.Rows("codes/number_prefixes.csv")));

    private readonly bool[] known = new bool[100];

    /// <param name="provinces">The first two digits that name a province or a residence permit (GB/T 2260; 81, 82, 83).</param>
    /// <param name="acceptForeignResidents">Whether numbers that begin with 9, those of foreign permanent residents, are accepted.</param>
    public NumberRules(IEnumerable<int> provinces, bool acceptForeignResidents)
    {
        foreach (var province in provinces) known[province] = true;
        AcceptForeignResidents = acceptForeignResidents;
        if (acceptForeignResidents) known.AsSpan(90, 10).Fill(true);
    }

    /// <summary>The shipped facts (data/codes/number_prefixes.csv).</summary>
    public static NumberRules Default => Shipped.Value;

    /// <summary>Rules that know every prefix, for numbers that were checked before.</summary>
    internal static NumberRules Any { get; } = OfAll();

    /// <summary>Whether numbers that begin with 9 are accepted, whatever follows.</summary>
    public bool AcceptForeignResidents { get; }

    /// <summary>May a number begin with these two digits (0-99)? County codes are not checked: abolished ones stay valid inside numbers.</summary>
    public bool Knows(int firstTwoDigits) => known[firstTwoDigits];

    private static NumberRules OfAll()
    {
        var all = new NumberRules([], true);
        Array.Fill(all.known, true);
        return all;
    }

    private static NumberRules Read(IEnumerable<string[]> rows)
    {
        var provinces = new List<int>();
        var foreigners = false;
        foreach (var row in rows)
        {
            if (row[2] == "foreign_resident") foreigners = true;
            else provinces.Add(int.Parse(row[0]));
        }

        return new NumberRules(provinces, foreigners);
    }
}
