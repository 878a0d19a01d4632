namespace Liuzhuan.Platform.Notices.Outgoing;

/// <summary>A notice while somebody has it in hand.</summary>
/// <param name="Content">Encrypted; null when it was erased.</param>
/// <param name="Attempts">This one included.</param>
/// <param name="Lease">Whoever has it; nobody else may write down what came of it.</param>
internal sealed record Notice(string Id, string Template, string Channel, string Recipient, string? Matter, byte[]? Content, bool IsUrgent, DateTimeOffset MadeAt, DateTimeOffset? ExpiresAt, int Attempts, string Lease)
{
    /// <summary>Enough to find it in the log.</summary>
    public string Short => Id[^6..];
}

/// <summary>States of a notice as they are stored.</summary>
internal static class NoticeStates
{
    /// <summary>To be sent, for the first time or again.</summary>
    public const string Waiting = "waiting";

    /// <summary>The receiver has taken it.</summary>
    public const string Sent = "sent";

    /// <summary>Given up: an operator replays it or sets it aside.</summary>
    public const string Dead = "dead";

    /// <summary>An operator looked at it; nothing more is to be done.</summary>
    public const string Aside = "aside";
}

/// <summary>What came of an attempt.</summary>
/// <param name="Cause">See <see cref="NoticeCauses"/>; empty when it was sent.</param>
/// <param name="After">How long the receiver asked to be left alone.</param>
internal readonly record struct Delivery(DeliveryKind Kind, string Cause, TimeSpan? After)
{
    public static readonly Delivery Sent = new(DeliveryKind.Sent, "", null);

    /// <summary>It may go well another time.</summary>
    public static Delivery Again(string cause, TimeSpan? after = null) => new(DeliveryKind.Again, cause, after);

    /// <summary>It would go the same way every time.</summary>
    public static Delivery Never(string cause) => new(DeliveryKind.Never, cause, null);
}

internal enum DeliveryKind
{
    Sent,
    Again,
    Never,
}
