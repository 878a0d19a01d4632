using Liuzhuan.Platform.Web;

namespace Liuzhuan.Supervision.Watching;

/// <summary>When looks of an officer become a finding.</summary>
internal sealed record WatchRule
{
    public required string Id { get; init; }

    public required WatchCount Counts { get; init; }

    /// <summary>For <see cref="WatchCount.Listed"/>: which list.</summary>
    public string? List { get; init; }

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
        WatchCount.LoneFiles => look is { IsFile: true, Subject.Length: > 0 } ? 1 : 0,
        WatchCount.NotFound => look.NotFound,
        WatchCount.Listed => look.Listed.GetValueOrDefault(List ?? ""),
        _ => 0,
    };

    /// <summary>What is counted apart: the person, where the rule is about one.</summary>
    public string SubjectOf(Look look) => Counts == WatchCount.SamePerson ? look.Subject : "";
}

/// <summary>What a rule counts.</summary>
internal enum WatchCount
{
    SamePerson,
    NotFound,
    LoneFiles,
    Listed,
}
