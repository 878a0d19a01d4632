using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Merkle;

/// <summary>A complete subtree: 2^level leaves from <c>index &lt;&lt; level</c> on.</summary>
internal readonly record struct TreeNode(int Level, long Index);

/// <summary>Leaves whose common root stands in a proof: from <paramref name="Begin"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct TreeRange(long Begin, long End)
{
    /// <summary>The complete subtrees it consists of, from left to right, each smaller than the one before.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        for (var begin = Begin; begin < End;)
        {
            var level = BitOperations.Log2((ulong)(End - begin));
            yield return new TreeNode(level, begin >> level);
            begin += 1L << level;
        }
    }

    /// <summary>The root over the range, from the hashes of <see cref="Nodes"/>.</summary>
    public TreeHash Hash(Func<TreeNode, TreeHash> node)
    {
        var nodes = Nodes().ToArray();
        if (nodes.Length == 0) return TreeHash.Empty;
        var hash = node(nodes[^1]);
        for (var i = nodes.Length - 2; i >= 0; i--) hash = TreeHash.OfNode(node(nodes[i]), hash);
        return hash;
    }
}
