using System.ComponentModel.DataAnnotations;
using Liuzhuan.Platform.Configuration;

namespace Liuzhuan.Exchange.Batches;

/// <summary>Section "Batches": the bounds of files handed in over HTTP, and how they are worked through.</summary>
internal sealed class BatchOptions
{
    /// <summary>The largest file.</summary>
    [Between("1KB", "1024GB")]
    public long MostBytes { get; init; } = 512L << 20;

    /// <summary>How many batches of one client may be without an outcome.</summary>
    [Range(1, 10_000)]
    public int MostOpen { get; init; } = 20;

    /// <summary>How much input one client may have lying here, outcome or not.</summary>
    [Between("1KB", "1048576GB")]
    public long MostStored { get; init; } = 8L << 30;

    /// <summary>How long contents are kept after the outcome.</summary>
    [Between("1h", "366d")]
    public TimeSpan KeepContents { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long an upload may rest before it is given up.</summary>
    [Between("1m", "30d")]
    public TimeSpan KeepUploads { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Batches this host works on at once; 0 leaves them to other hosts.</summary>
    [Range(0, 64)]
    public int Workers { get; init; } = 1;

    /// <summary>How long a batch stays with a worker that gives no sign of life.</summary>
    [Between("2s", "1h")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a worker gives a sign of life; a cancelled batch is let go within this time.</summary>
    [Between("100ms", "5m")]
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to look away when nothing waits.</summary>
    [Between("10ms", "1m")]
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often work on one batch is begun before it is set aside.</summary>
    [Range(1, 100)]
    public int MostAttempts { get; init; } = 3;

    /// <summary>A register older than this is noted with the outcome.</summary>
    [Between("1h", "3650d")]
    public TimeSpan OldAfter { get; init; } = TimeSpan.FromDays(30);
}
