namespace Liuzhuan.Exchange.Hall;

/// <summary>The bounds of the drop page.</summary>
internal sealed record HallOptions
{
    public required string JobsDirectory { get; init; }

    public required long MaxUploadBytes { get; init; }

    public required TimeSpan KeepFor { get; init; }

    public required TimeSpan OldAfter { get; init; }

    /// <summary>Files verified at once; one file already uses all cores, the second keeps a short file from waiting behind a long one.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Files that may wait; further ones are asked to come back later.</summary>
    public int QueueLength { get; init; } = 64;
}
