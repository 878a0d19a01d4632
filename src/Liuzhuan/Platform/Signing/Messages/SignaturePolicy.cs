namespace Liuzhuan.Platform.Signing.Messages;

/// <summary>What a signature must cover, and how old it may be, to be taken.</summary>
internal sealed record SignaturePolicy
{
    /// <summary>Parts without which a signature says too little.</summary>
    public required IReadOnlyList<Component> Required { get; init; }

    /// <summary>Fields that must be covered when the message has them, so that none can be slipped in.</summary>
    public IReadOnlyList<string> RequiredWhenPresent { get; init; } = [];

    /// <summary>Signatures with another tag belong to somebody else and are passed over.</summary>
    public string? Tag { get; init; }

    /// <summary>From the making of the signature to its arrival.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>By how much two clocks may differ.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(30);

    public bool NonceRequired { get; init; }
}
