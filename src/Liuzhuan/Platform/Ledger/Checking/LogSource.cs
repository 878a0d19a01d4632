using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Platform.Ledger.Checking;

/// <summary>An entry as a source holds it, with what the source says beside it.</summary>
/// <param name="Leaf">The bytes of the entry.</param>
/// <param name="StoredAt">The time beside it, in a database.</param>
/// <param name="StoredHash">The hash beside it, in a database.</param>
internal readonly record struct StoredLeaf(ReadOnlyMemory<byte> Leaf, DateTimeOffset? StoredAt, TreeHash? StoredHash);

/// <summary>Up to 256 entries of a source: those of one tile.</summary>
/// <param name="Leaves">In the order and place in which the source has them; null where it has none.</param>
internal sealed record LogPart(long Number, IReadOnlyList<StoredLeaf?> Leaves)
{
    public long First => Number * TilePath.Full;
}

/// <summary>A whole log to be checked: a database, an exported directory, or an address that serves one.</summary>
internal abstract class LogSource : IAsyncDisposable
{
    /// <summary>The signed checkpoint it presents; empty when it has none.</summary>
    public abstract Task<string> CheckpointAsync(CancellationToken stop);

    /// <summary>The bytes of a tile of the tree; null when it has none.</summary>
    public abstract Task<byte[]?> TileAsync(TilePath path, CancellationToken stop);

    /// <summary>The entries below <paramref name="size"/> in parts of 256, from the first on.</summary>
    public abstract IAsyncEnumerable<LogPart> PartsAsync(long size, CancellationToken stop);

    /// <summary>What it holds beside the log that does not agree with the checkpoint over <paramref name="size"/> entries.</summary>
    public virtual Task<IReadOnlyList<Finding>> ExtrasAsync(long size, CancellationToken stop) => Task.FromResult<IReadOnlyList<Finding>>([]);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
