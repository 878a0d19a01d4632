using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Permissions;

/// <summary>Whether somebody may do something, and on which ground.</summary>
internal sealed record PermissionDecision
{
    /// <summary>It may be done in full.</summary>
    public bool IsAllowed => Disclosure == Disclosure.Full;

    /// <summary>How much may be told. <see cref="Disclosure.NumberAndName"/> where the person belongs elsewhere and the purpose allows that much: not allowed in full, but those who know how to tell less may.</summary>
    public required Disclosure Disclosure { get; init; }

    /// <summary>Id of the line of roles.yaml that allows it, or that comes nearest; null when no role of theirs has one.</summary>
    public string? Rule { get; init; }

    /// <summary>What may be compared for the purpose; empty without one.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Why not, and what to do; null when it is allowed in full.</summary>
    public Refusal? Refusal { get; init; }
}
