using Liuzhuan.Matching;
using Liuzhuan.Matching.Delimited;
using Liuzhuan.Matching.Schemas;

namespace Liuzhuan.Exchange;

/// <summary>Counts by code, as report.json and the summaries show them.</summary>
internal static class VerifyCounts
{
    /// <summary>All five verdicts, also those that did not occur.</summary>
    public static IReadOnlyDictionary<string, long> Verdicts(BatchSummary counts)
    {
        var verdicts = new Dictionary<string, long>();
        for (var i = 0; i < AnswerCodes.Verdicts.Count; i++) verdicts.Add(AnswerCodes.Verdicts[i], counts.Verdicts[i]);
        return verdicts;
    }

    /// <summary>Reason codes, differing fields and notes that occurred.</summary>
    public static IReadOnlyDictionary<string, long> Reasons(BatchSummary counts, RegisterSchema schema)
    {
        var found = new Dictionary<string, long>();
        Add(AnswerCodes.Reasons, counts.Reasons);
        Add([.. schema.Fields.Select(field => field.Name)], counts.Differing);
        Add(AnswerCodes.Notes, counts.Notes);
        Add([.. schema.Fields.Select(field => "not_compared_" + field.Name)], counts.NotCompared);
        if (counts.Duplicates > 0) found["duplicate_of_row"] = counts.Duplicates;
        return found;

        void Add(IReadOnlyList<string> codes, long[] numbers)
        {
            for (var i = 0; i < codes.Count; i++)
            {
                if (numbers[i] > 0) found[codes[i]] = numbers[i];
            }
        }
    }
}
