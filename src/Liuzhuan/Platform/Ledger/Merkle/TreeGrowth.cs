namespace Liuzhuan.Platform.Ledger.Merkle;

/// <summary>Leaves added to a tree at once: every new node is hashed once, and each new leaf can then be proved without hashing again. Never changes; safe for many threads.</summary>
internal sealed class TreeGrowth
{
    private readonly RightEdge _before;
    private readonly TreeHash[][] _levels; // new complete nodes of each level, from index Before >> level on
    private readonly TreeHash[] _border; // the rightmost node of each level, complete or not; the last one is the root

    public TreeGrowth(RightEdge before, ReadOnlySpan<TreeHash> leaves)
    {
        ArgumentOutOfRangeException.ThrowIfZero(leaves.Length);
        (_before, Size) = (before, before.Size + leaves.Length);
        var levels = new List<TreeHash[]> { leaves.ToArray() };
        while (Size >> levels.Count != before.Size >> levels.Count) levels.Add(Above(levels.Count));
        _levels = [.. levels];
        _border = Border();

        TreeHash[] Above(int level)
        {
            var (below, first, children) = (levels[level - 1], before.Size >> level, before.Size >> (level - 1));
            var nodes = new TreeHash[(Size >> level) - first];
            for (var i = 0; i < nodes.Length; i++)
            {
                var left = 2 * (first + i) - children;
                nodes[i] = TreeHash.OfNode(left < 0 ? before.Node(level - 1) : below[left], below[left + 1]);
            }

            return nodes;
        }
    }

    /// <summary>Leaves before and after.</summary>
    public long Before => _before.Size;

    public long Size { get; }

    public TreeHash Root => _border[^1];

    /// <summary>The new complete nodes of a level, from index <c>Before &gt;&gt; level</c> on.</summary>
    public ReadOnlySpan<TreeHash> NewNodes(int level) => level < _levels.Length ? _levels[level] : [];

    /// <summary>The edge to go on with.</summary>
    public RightEdge After() => RightEdge.Of(Size, level => Complete(level, (Size >> level) - 1));

    /// <summary>The inclusion proof of a new leaf, lowest first (RFC 9162 section 2.1.3.1).</summary>
    public IReadOnlyList<TreeHash> Path(long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, Before);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Size);
        var path = new List<TreeHash>(_border.Length);
        for (var level = 0; level < _border.Length - 1; level++)
        {
            var (index, last) = (position >> level, (Size - 1) >> level);
            if ((index & 1) == 1) path.Add(Complete(level, index - 1));
            else if (index + 1 < last) path.Add(Complete(level, index + 1));
            else if (index + 1 == last) path.Add(_border[level]);
        }

        return path;
    }

    private TreeHash[] Border()
    {
        var border = new List<TreeHash> { _levels[0][^1] };
        for (var level = 0; (Size - 1) >> level > 0; level++)
        {
            var last = (Size - 1) >> level;
            border.Add((last & 1) == 1 ? TreeHash.OfNode(Complete(level, last - 1), border[level]) : border[level]);
        }

        return [.. border];
    }

    private TreeHash Complete(int level, long index)
    {
        var first = Before >> level;
        return index >= first ? _levels[level][index - first] : _before.Node(level);
    }
}
