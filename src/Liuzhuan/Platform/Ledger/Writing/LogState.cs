using Liuzhuan.Platform.Ledger.Merkle;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>What a writer remembers of the log's end. Never changes; a group that is committed brings its own.</summary>
internal sealed record LogState(RightEdge Edge, TreeHash Root, TileTails Tails, DateTimeOffset LastAt)
{
    public static readonly LogState Empty = new(new RightEdge(), TreeHash.Empty, TileTails.Empty, LedgerHead.Empty.WrittenAt);

    public long Size => Edge.Size;

    /// <summary>The state after leaves that somebody else wrote.</summary>
    public LogState After(ReadOnlySpan<TreeHash> leaves, DateTimeOffset lastAt)
    {
        if (leaves.IsEmpty) return this with { LastAt = lastAt };
        var growth = new TreeGrowth(Edge, leaves);
        return new LogState(growth.After(), growth.Root, Tails.Grow(growth, []), lastAt);
    }
}
