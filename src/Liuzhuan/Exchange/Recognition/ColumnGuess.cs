using Liuzhuan.Matching.Delimited;
using Liuzhuan.Platform.Spreadsheets;

namespace Liuzhuan.Exchange.Recognition;

/// <summary>Guesses which columns hold what, for the example in a refusal only: nothing is verified by a guess.</summary>
internal static class ColumnGuess
{
    private const int DigitsOfNumber = 15, LeastName = 2, LongestName = 30;

    /// <summary>The options that name each wanted column: keys where numbers stand, others where words in Chinese do, and what cannot be told by the next free letter.</summary>
    public static string Example(IReadOnlyList<WantedColumn> wanted, IReadOnlyList<PreviewRecord> records)
    {
        var row = records.FirstOrDefault(record => record.Cells.Any(IsNumber))?.Cells ?? [];
        List<int> taken = [.. wanted.Select(_ => -1)];
        for (var i = 0; i < taken.Count; i++) taken[i] = Find(row, taken, wanted[i].IsKey ? IsNumber : IsWord);
        for (var i = 0; i < taken.Count; i++)
        {
            if (taken[i] >= 0) continue;
            // The first column is mostly a number in sequence.
            taken[i] = Enumerable.Range(1, taken.Count + 1).First(column => !taken.Contains(column));
        }

        return string.Join(" ", wanted.Select((column, i) => $"--column {column.Name}={ColumnName.Of(taken[i])}"));
    }

    private static int Find(IReadOnlyList<string> row, List<int> taken, Func<string, bool> looks)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (!taken.Contains(i) && looks(row[i])) return i;
        }

        return -1;
    }

    private static bool IsNumber(string cell) => cell.Count(char.IsDigit) >= DigitsOfNumber;

    private static bool IsWord(string cell) => cell.Trim() is { Length: >= LeastName and <= LongestName } word && word.All(c => c is '\u00B7' or (>= '\u3400' and <= '\u9FFF') || char.IsSurrogate(c));
}
