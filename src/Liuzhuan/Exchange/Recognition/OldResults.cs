namespace Liuzhuan.Exchange.Recognition;

/// <summary>Finds the result columns of an earlier run in a header, in either language, so that a file sent back is not widened again.</summary>
internal static class OldResults
{
    /// <summary>Number of result columns.</summary>
    public const int Columns = 5;

    private const int Specific = 4, Fewest = 2;

    private static readonly string[][] Headings =
    [
        ["核验结论", "结论代码", "不一致项", "备注代码", "说明"],
        ["Verdict", "Verdict code", "Differing fields", "Note codes", "Explanation"],
    ];

    /// <summary>The old columns, ascending. 说明 counts only right behind the other four: a heading so common may be the sender's own.</summary>
    public static IReadOnlyList<int> Find(IReadOnlyList<string> header)
    {
        var found = new List<int>();
        foreach (var headings in Headings)
        {
            List<int> columns = [];
            var different = new HashSet<string>();
            for (var i = 0; i < header.Count; i++)
            {
                if (Array.IndexOf(headings, header[i].Trim(), 0, Specific) < 0) continue;
                columns.Add(i);
                different.Add(header[i].Trim());
            }

            if (different.Count < Fewest) continue;
            for (var i = Specific; i < header.Count; i++)
            {
                var last = i;
                if (header[i].Trim() == headings[Specific] && Enumerable.Range(0, Specific).All(k => header[last - Specific + k].Trim() == headings[k])) columns.Add(i);
            }

            found.AddRange(columns);
        }

        found.Sort();
        return found;
    }
}
