using Liuzhuan.Agreements.Contract;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Batches;

/// <summary>On what terms a client may have a file answered; asked when the file is announced and again when it is worked on.</summary>
internal sealed class BatchAccess(FactCatalogue facts, AccessList access, RegisterShelf shelf)
{
    // The day begins in Beijing.
    private static readonly TimeSpan ChinaTime = TimeSpan.FromHours(8);

    /// <summary>The terms in force now, or why there are none.</summary>
    public Result<BatchTerms> Decide(KnownClient client, string factId, string purpose)
    {
        if (facts.Find(factId) is not { } fact) return BatchRefusals.UnknownFact;
        List<string> least = fact.Name is null ? [] : [fact.Name];
        // The access that covers most, where a client has several; the name alone is enough.
        if (!access.Decide(client, fact.Id, purpose, least.Concat(fact.Compared)).Ok(out var grant, out _) && !access.Decide(client, fact.Id, purpose, least).Ok(out grant, out var refusal)) return refusal;
        return shelf.Find(fact.Schema.Id) is { } register ? new BatchTerms(fact, grant, register) : BatchRefusals.NoRegister(fact);
    }

    /// <summary>Why persons may not be kept from seeing the access until a day, or null.</summary>
    public static Refusal? RefuseSeal(AccessGrant grant, DateOnly? until, DateTimeOffset now)
    {
        if (until is not { } day) return null;
        var days = day.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
        return days <= grant.SealDays && days > 0 ? null : BatchRefusals.SealNotGranted;
    }

    /// <summary>When the persons see an access that was sealed until a day (yyyy-MM-dd).</summary>
    public static DateTimeOffset? RevealedAt(string? day) =>
        day is null ? null : new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture).ToDateTime(TimeOnly.MinValue), ChinaTime).ToUniversalTime();
}

/// <summary>On what terms a file is answered.</summary>
internal sealed record BatchTerms(FactType Fact, AccessGrant Grant, Register Register)
{
    /// <summary>Fields of the fact that the access does not cover.</summary>
    public IReadOnlyList<string> LeftOut => [.. Fact.Compared.Where(name => !Grant.Fields.Contains(name))];

    /// <summary>Does an answer compare this column of the register, where a file has it?</summary>
    public bool Compares(string field) => (field == Fact.Name || Fact.Compared.Contains(field)) && Grant.Fields.Contains(field);

    /// <summary>What an answer may say: as for a single question on the same access.</summary>
    public DisclosurePolicy Policy
    {
        get
        {
            uint fields = 0;
            for (var i = 0; i < Fact.Schema.Fields.Count; i++)
            {
                if (Compares(Fact.Schema.Fields[i].Name)) fields |= 1u << i;
            }

            return new DisclosurePolicy(fields, DisclosurePolicy.Full.Notes, Grant.AnswerSuperseded);
        }
    }
}
