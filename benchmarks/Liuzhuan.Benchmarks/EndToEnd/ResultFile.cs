namespace Liuzhuan.Benchmarks.EndToEnd;

/// <summary>Holds the results of all peers against one another: a faster answer counts only when it is the same answer.</summary>
internal static class ResultFile
{
    private const int Shown = 5;

    /// <summary>Null when both files hold the same answers; otherwise the first rows in which they part.</summary>
    /// <param name="expected">A result of codes.</param>
    /// <param name="actual">Another one.</param>
    /// <param name="anyOrder">The rows may stand in any order.</param>
    public static string? Difference(string expected, string actual, bool anyOrder)
    {
        var (left, right) = (Rows(expected), Rows(actual));
        if (anyOrder) right = right.OrderBy(Sequence);
        var differing = left.Zip(right).Where(pair => pair.First != pair.Second).Take(Shown).Select(pair => $"{pair.First}  |  {pair.Second}").ToList();
        var (leftCount, rightCount) = (Rows(expected).LongCount(), Rows(actual).LongCount());
        if (leftCount != rightCount) differing.Add($"{leftCount} rows  |  {rightCount} rows");
        return differing.Count == 0 ? null : $"{Path.GetFileName(expected)}  |  {Path.GetFileName(actual)}\n{string.Join('\n', differing)}";
    }

    /// <summary>Rows per verdict code, with its share.</summary>
    public static IEnumerable<string> Mix(string result)
    {
        var rows = Rows(result).Select(row => row.Split(',')).ToList();
        return rows.GroupBy(cells => cells[3].Contains("superseded_number", StringComparison.Ordinal) ? "replaced" : cells[3].StartsWith("deceased", StringComparison.Ordinal) || cells[3].StartsWith("cancelled", StringComparison.Ordinal) ? "deregistered" : cells[1])
            .OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {100.0 * group.Count() / rows.Count:F1} %");
    }

    // A heading, where there is one, has no sequence number.
    private static IEnumerable<string> Rows(string path) => File.ReadLines(path).Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]));

    private static int Sequence(string row) => int.Parse(row.AsSpan(0, row.IndexOf(',')));
}
