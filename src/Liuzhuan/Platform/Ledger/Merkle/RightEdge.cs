using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Merkle;

/// <summary>All that is needed of a tree to go on growing it: one hash for each complete subtree along its right edge, one for each bit of its size.</summary>
internal sealed class RightEdge
{
    private const int Levels = 63;

    private readonly TreeHash[] _nodes = new TreeHash[Levels];

    /// <summary>Leaves in the tree.</summary>
    public long Size { get; private set; }

    /// <summary>The root of the tree as it is now.</summary>
    public TreeHash Root
    {
        get
        {
            if (Size == 0) return TreeHash.Empty;
            var level = BitOperations.TrailingZeroCount(Size);
            var root = _nodes[level];
            for (var rest = Size >> (level + 1) << (level + 1); rest != 0; rest &= rest - 1) root = TreeHash.OfNode(_nodes[BitOperations.TrailingZeroCount(rest)], root);
            return root;
        }
    }

    /// <summary>The edge of a tree of <paramref name="size"/> leaves, from the hashes of its complete subtrees.</summary>
    /// <param name="node">The hash of the last complete subtree of a level; asked for each bit of the size.</param>
    public static RightEdge Of(long size, Func<int, TreeHash> node)
    {
        var edge = new RightEdge { Size = size };
        for (var rest = size; rest != 0; rest &= rest - 1)
        {
            var level = BitOperations.TrailingZeroCount(rest);
            edge._nodes[level] = node(level);
        }

        return edge;
    }

    /// <summary>The hash of the last complete subtree of 2^level leaves; there is one where the size has that bit.</summary>
    public TreeHash Node(int level) =>
        (Size >> level & 1) == 1 ? _nodes[level] : throw new ArgumentOutOfRangeException(nameof(level), level, "The right edge has no complete subtree of this level.");

    /// <summary>Adds one leaf: one node hash on average.</summary>
    public void Append(TreeHash leaf)
    {
        var level = 0;
        for (; (Size >> level & 1) == 1; level++) leaf = TreeHash.OfNode(_nodes[level], leaf);
        _nodes[level] = leaf;
        Size++;
    }
}
