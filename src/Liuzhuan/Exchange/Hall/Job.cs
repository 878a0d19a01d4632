using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Where a dropped file stands.</summary>
internal enum JobPhase
{
    Waiting,
    Running,
    Done,

    /// <summary>The file cannot be verified; the refusal says why and what to do.</summary>
    Refused,

    /// <summary>Kept; nobody has asked for its verification yet.</summary>
    Held,

    /// <summary>Our fault, or the server ended again and again while it worked on this file.</summary>
    Failed,
}

/// <summary>One dropped file and what became of it, as kept in its folder's <c>state.json</c>.</summary>
internal sealed record Job
{
    /// <summary>128 random bits in hex: who does not hold the link cannot guess it.</summary>
    public required string Id { get; init; }

    /// <summary>The file's name as the sender knows it.</summary>
    public required string Name { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Language of the result: that of the page the file was dropped on.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public JobPhase Phase { get; init; }

    /// <summary>When it came to its end; null while open, and for jobs of earlier versions.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often work on it was begun.</summary>
    public int Attempts { get; init; }

    public Refusal? Refusal { get; init; }

    public VerifyReport? Report { get; init; }

    /// <summary>The officer's errand; null for a file dropped where nobody is signed in.</summary>
    public Errand? Errand { get; init; }

    public bool IsOpen => Phase is JobPhase.Waiting or JobPhase.Running;

    public DateTimeOffset ExpiresAt(TimeSpan keepFor) => ReceivedAt + keepFor;
}
