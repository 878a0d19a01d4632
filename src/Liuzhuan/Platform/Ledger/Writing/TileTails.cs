using System.Runtime.InteropServices;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Tiles;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>A tile that has become full, with the hash over it.</summary>
internal sealed record FullTile(int Level, long Number, TreeHash Root, byte[] Hashes);

/// <summary>The hashes of each tile level since its last full tile: what is needed to fill the next one. Never changes.</summary>
internal sealed class TileTails
{
    public static readonly TileTails Empty = new([]);

    private readonly TreeHash[][] _levels;

    /// <param name="levels">The tail of each tile level, lowest first.</param>
    public TileTails(TreeHash[][] levels) => _levels = levels;

    /// <summary>The tails after the tree has grown; tiles that became full are added to <paramref name="full"/>.</summary>
    public TileTails Grow(TreeGrowth growth, List<FullTile> full)
    {
        var levels = new List<TreeHash[]>();
        for (var level = 0; ; level++)
        {
            var added = growth.NewNodes(TilePath.Height * level);
            if (added.IsEmpty) return new TileTails([.. levels, .. _levels.Skip(level)]);
            TreeHash[] hashes = [.. Tail(level), .. added];
            var roots = growth.NewNodes(TilePath.Height * (level + 1));
            var (first, filled) = (growth.Before >> (TilePath.Height * (level + 1)), hashes.Length / TilePath.Full);
            for (var i = 0; i < filled; i++)
            {
                full.Add(new FullTile(level, first + i, roots[i], MemoryMarshal.AsBytes(hashes.AsSpan(i * TilePath.Full, TilePath.Full)).ToArray()));
            }

            levels.Add(hashes[(filled * TilePath.Full)..]);
        }
    }

    /// <summary>The right edge of the tree of <paramref name="size"/> leaves that these are the tails of.</summary>
    public RightEdge Edge(long size) => RightEdge.Of(size, level =>
    {
        var (tile, height) = (level / TilePath.Height, level % TilePath.Height);
        var first = ((size >> level) - 1 << height) - (size >> (TilePath.Height * tile)) / TilePath.Full * TilePath.Full;
        return TreeHash.OfAll(Tail(tile).AsSpan((int)first, 1 << height));
    });

    private TreeHash[] Tail(int level) => level < _levels.Length ? _levels[level] : [];
}
