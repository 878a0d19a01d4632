namespace Liuzhuan.Supervision.Watching;

/// <summary>
/// Do the looks of one officer come together to a finding? Pure: a walk over the looks in their order. What a finding has counted is not counted again by the same rule
/// (about the same person), so going on from the last finding gives what one walk over everything gives.
/// </summary>
internal static class JudgeLooks
{
    /// <param name="looks">Of one officer, by position.</param>
    /// <param name="rules">Those in force.</param>
    /// <param name="counted">Up to which position a rule has found something already, by rule and subject.</param>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<Look> looks, IReadOnlyList<WatchRule> rules, IReadOnlyDictionary<(string Rule, string Subject), long> counted)
    {
        var findings = new List<Finding>();
        foreach (var rule in rules)
        {
            foreach (var subject in looks.SelectMany(rule.SubjectsOf, (look, subject) => (look, subject)).GroupBy(one => one.subject, one => one.look)) findings.AddRange(Walk(rule, subject.Key, subject, counted.GetValueOrDefault((rule.Id, subject.Key), -1)));
        }

        return findings;
    }

    private static IEnumerable<Finding> Walk(WatchRule rule, string subject, IEnumerable<Look> looks, long counted)
    {
        var window = new Queue<Look>();
        var (sum, asked) = (0L, 0L);
        foreach (var look in looks)
        {
            if (look.Position <= counted) continue;
            while (window.TryPeek(out var oldest) && look.At - oldest.At > rule.Within)
            {
                window.Dequeue();
                (sum, asked) = (sum - rule.Of(oldest), asked - oldest.Asked);
            }

            if (rule.IsRepeat(look, window)) continue;
            window.Enqueue(look);
            (sum, asked) = (sum + rule.Of(look), asked + look.Asked);
            // Only a look that adds to it can complete a finding.
            if (rule.Of(look) == 0 || sum < rule.AtLeast || sum * 100 < asked * rule.Share || !rule.StandsOut(window)) continue;
            yield return new Finding(rule, subject, sum, asked, [.. window.Where(one => rule.Of(one) > 0)]);
            window.Clear();
            (sum, asked) = (0, 0);
        }
    }
}

/// <summary>What came together.</summary>
/// <param name="Subject">The person it is about, as a pseudonym; empty where the rule is about none.</param>
/// <param name="Counted">What the rule counted.</param>
/// <param name="Asked">Out of how many that were asked for in the time.</param>
/// <param name="Looks">The looks that counted, by position; never empty.</param>
internal sealed record Finding(WatchRule Rule, string Subject, long Counted, long Asked, IReadOnlyList<Look> Looks);
