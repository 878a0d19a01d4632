using Liuzhuan.Platform.Web;

namespace Liuzhuan.Supervision.Watching;

/// <summary>When looks of an officer become a finding.</summary>
internal sealed record WatchRule
{
    public required string Id { get; init; }

    public required WatchCount Counts { get; init; }

    /// <summary>For <see cref="WatchCount.Listed"/>: which list.</summary>
    public string? List { get; init; }

    /// <summary>For <see cref="WatchCount.FewPeople"/>: so many people at most. For <see cref="WatchCount.Recurring"/>: so many at most who are in list after list.</summary>
    public int People { get; init; }

    /// <summary>So much must have come together.</summary>
    public required int AtLeast { get; init; }

    /// <summary>In this time.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>And it must be so many percent of what was asked in that time; 0 for any.</summary>
    public int Share { get; init; }

    public required Text Name { get; init; }

    /// <summary>What the officer is asked to say.</summary>
    public required Text Advice { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>The first day on which it no longer holds.</summary>
    public DateOnly? ValidTo { get; init; }

    public bool IsInForce(DateOnly day) => ValidFrom <= day && (ValidTo is not { } end || day < end);

    /// <summary>How much of this look the rule counts.</summary>
    public long Of(Look look) => Counts switch
    {
        WatchCount.SamePerson => look.Subject.Length > 0 ? 1 : 0,
        WatchCount.FewPeople => look.IsFile && IsAboutFew(look) ? 1 : 0,
        WatchCount.Recurring => look.IsFile && look.People.Count > 0 ? 1 : 0,
        WatchCount.NotFound => look.NotFound,
        WatchCount.Listed => look.Listed.GetValueOrDefault(List ?? ""),
        _ => 0,
    };

    /// <summary>What is counted apart: each person, where the rule is about one.</summary>
    public IEnumerable<string> SubjectsOf(Look look) => Counts switch
    {
        WatchCount.SamePerson => [look.Subject],
        WatchCount.Recurring => look.People,
        _ => [""],
    };

    /// <summary>Is it for this rule the same as one of those before? Who mends a list and hands it in again asks for nobody new.</summary>
    public bool IsRepeat(Look look, IEnumerable<Look> before) => Counts == WatchCount.Recurring && before.Any(earlier => look.People.IsSubsetOf(earlier.People));

    /// <summary>Do looks that came together stand out as the rule says? Lists of the same people stay nearly the same from time to time; where a few stay and the others change, the others may be there to hide them.</summary>
    public bool StandsOut(IEnumerable<Look> looks)
    {
        if (Counts != WatchCount.Recurring) return true;
        var lists = looks.TakeLast(AtLeast).Select(look => look.People).ToList();
        return lists[0].Count(person => lists.TrueForAll(people => people.Contains(person))) <= People;
    }

    // Padded with numbers that do not exist, a list is still about the few that do.
    private bool IsAboutFew(Look look) => look.People.Count > 0 && (look.People.Count <= People || (look.Asked - look.NotFound is var found && found > 0 && found <= People));
}

/// <summary>What a rule counts.</summary>
internal enum WatchCount
{
    SamePerson,
    NotFound,
    FewPeople,
    Recurring,
    Listed,
}
