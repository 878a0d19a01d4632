namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>What an entry does to a clock. The numbers are stored.</summary>
internal enum ClockAct
{
    /// <summary>Received or accepted: counting begins on the next day (civil code article 201), hours at once.</summary>
    Start = 0,

    /// <summary>From this day on nothing is counted, until it is resumed or <see cref="ClockEntry.Until"/> is over.</summary>
    Suspend = 1,

    /// <summary>Counting goes on, this day included.</summary>
    Resume = 2,

    /// <summary>The limit begins anew; this day is not counted.</summary>
    Interrupt = 3,

    /// <summary>The limit is longer by <see cref="ClockEntry.By"/>.</summary>
    Extend = 4,

    /// <summary>These days are not counted by law: hearing, expert review, public notice.</summary>
    Exclude = 5,

    /// <summary>The end is not before this day: offices closed, force majeure.</summary>
    Roll = 6,

    /// <summary>Somebody was told this day as the end; it is never before it again.</summary>
    Tell = 7,

    /// <summary>Done, or nothing is to be done any more.</summary>
    Stop = 8,

    /// <summary>Another entry was wrong and counts as if it had never been.</summary>
    Revoke = 9,
}

/// <summary>One fact in the life of a clock. Never changed; a wrong one is revoked by another.</summary>
internal sealed record ClockEntry
{
    public required Guid Id { get; init; }

    public required ClockAct Act { get; init; }

    /// <summary>The day in China from which it is meant.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The time of that day; matters to limits in hours only.</summary>
    public TimeOnly Time { get; init; }

    /// <summary>Last day of what is not counted; of a suspension null while its end is open.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>By how much the limit is extended.</summary>
    public Limit? By { get; init; }

    /// <summary>The entry that is resumed (null: all suspensions) or revoked.</summary>
    public Guid? Of { get; init; }

    /// <summary>Law and article.</summary>
    public required string Provision { get; init; }

    /// <summary>Who recorded it, as a reference that names no citizen.</summary>
    public required string Author { get; init; }

    /// <summary>Who approved it, in the same form.</summary>
    public string? Approver { get; init; }

    public string? Note { get; init; }

    /// <summary>When it was recorded; the arithmetic does not depend on it.</summary>
    public DateTimeOffset RecordedAt { get; init; }
}
