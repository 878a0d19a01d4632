namespace Liuzhuan.Matching.Values;

/// <summary>What divisions were numbered and called before, and what became of them (data/divisions/history.csv, which knows Jilin).</summary>
internal sealed class FormerDivisions
{
    private readonly List<string[]> rows = [.. EmbeddedData.Rows("divisions/history.csv")];
    private readonly HashSet<string> inForce;
    private readonly ILookup<string, string[]> byCode;

    public FormerDivisions()
    {
        inForce = [.. rows.Where(row => row[5].Length == 0).Select(row => row[0])];
        byCode = rows.ToLookup(row => row[0]);
    }

    /// <summary>The rows whose code is in force no longer: code, name, level, parent and times. A code that was given out again stands for what it means now.</summary>
    public IEnumerable<string[]> Ended => rows.Where(row => !inForce.Contains(row[0]));

    /// <summary>The codes in force under which the people of a code are found; none where the division was divided up, or is not known here.</summary>
    public HashSet<string> Now(string code)
    {
        var now = new HashSet<string>();
        var seen = new HashSet<string>();
        var open = new Stack<string>([code]);
        while (open.TryPop(out var one))
        {
            if (one.Length == 0 || !seen.Add(one)) continue;
            if (inForce.Contains(one)) now.Add(one);
            else foreach (var row in byCode[one]) open.Push(row[6]);
        }

        return now;
    }

    /// <summary>What a code belonged to, at any time.</summary>
    public IEnumerable<string> ParentsOf(string code) => byCode[code].Select(row => row[3]).Where(parent => parent.Length > 0).Distinct();

    /// <summary>What a code was called, at any time.</summary>
    public IEnumerable<string> NamesOf(string code) => byCode[code].Select(row => row[1]).Distinct();
}
