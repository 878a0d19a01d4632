using Liuzhuan.Agreements.Contract;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Questions;

/// <summary>Answers one question of one client: access first, then the registers. Writes nothing; who calls it logs before the answer leaves.</summary>
internal sealed class QuestionDesk(FactCatalogue facts, AccessList access, FactMatchers matchers, TimeProvider clock)
{
    /// <summary>One answer for each fact, in order; or the first refusal, before any register was asked.</summary>
    public Result<IReadOnlyList<FactAnswer>> Answer(KnownClient client, QuestionBody body)
    {
        var grants = new List<(FactType Fact, AccessGrant Grant, QuestionFact Asked)>();
        foreach (var asked in body.Facts)
        {
            if (facts.Find(asked.Fact) is not { } fact) return UnknownFact;
            if (Fields(fact, asked).Ok(out var fields, out var refusal) is false) return refusal;
            if (!access.Decide(client, fact.Id, body.Purpose, fields).Ok(out var grant, out refusal)) return refusal;
            if (Seal(body, grant) is { } sealing) return sealing;
            grants.Add((fact, grant, asked));
        }

        var answers = new List<FactAnswer>(grants.Count);
        foreach (var (fact, grant, asked) in grants)
        {
            if (matchers.Ask(fact, grant, body.Person.Number, body.Person.Name, asked.Values) is not { } answer) return NoRegister(fact);
            answers.Add(answer);
        }

        return answers;
    }

    private static Result<List<string>> Fields(FactType fact, QuestionFact asked)
    {
        var fields = new List<string>();
        if (fact.Name is not null) fields.Add(fact.Name);
        foreach (var name in asked.Values.Keys)
        {
            if (fact.Given.Contains(name)) continue;
            if (name == fact.Name || !fact.Compared.Contains(name)) return UnknownValue(fact);
            fields.Add(name);
        }

        return fact.Given.All(asked.Values.ContainsKey) ? fields : ValueMissing(fact);
    }

    private Refusal? Seal(QuestionBody body, AccessGrant grant)
    {
        if (body.SealedUntil is not { } until) return null;
        var days = until.DayNumber - DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;
        return days <= grant.SealDays && days > 0 ? null : SealNotGranted;
    }

    private static readonly Refusal UnknownFact = new("question.unknown-fact",
        "没有这一事实代码。可核验的事实见 /api/facts。",
        "There is no such fact. /api/facts lists those that can be asked.");

    private static readonly Refusal SealNotGranted = new("access.seal-not-granted",
        "授权不允许对当事人暂缓公开，或者期限过长。请去掉 sealedUntil，或申请相应授权。",
        "The access does not allow keeping this from the person, or not for so long. Leave out \"sealedUntil\", or apply for it.", StatusCodes.Status403Forbidden);

    private static Refusal UnknownValue(FactType fact) => new("question.unknown-value",
        $"values 中有事实 {fact.Id} 不比对的项。可用：{string.Join("、", fact.Given.Concat(fact.Compared).Where(name => name != fact.Name))}。",
        $"\"values\" holds something that the fact {fact.Id} does not compare. Possible: {string.Join(", ", fact.Given.Concat(fact.Compared).Where(name => name != fact.Name))}.");

    private static Refusal ValueMissing(FactType fact) => new("question.value-missing",
        $"事实 {fact.Id} 还需在 values 中给出：{string.Join("、", fact.Given)}。",
        $"The fact {fact.Id} also needs in \"values\": {string.Join(", ", fact.Given)}.");

    private static Refusal NoRegister(FactType fact) => new("question.no-register",
        $"本服务没有接入能回答事实 {fact.Id} 的登记库。请向持有该登记库的机关查询。",
        $"This service holds no register that answers the fact {fact.Id}. Ask the agency that keeps it.", StatusCodes.Status503ServiceUnavailable);
}
