using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Merkle;

/// <summary>What inclusion and consistency proofs consist of (RFC 9162 sections 2.1.3.1 and 2.1.4.1), over any source of hashes, and how they are verified (2.1.3.2, 2.1.4.2).</summary>
internal static class TreeProofs
{
    /// <summary>The ranges whose hashes prove that a leaf is in a tree of <paramref name="size"/> leaves, lowest first.</summary>
    public static IReadOnlyList<TreeRange> Inclusion(long position, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, size);
        var (ranges, begin, end) = (new List<TreeRange>(), 0L, size);
        while (end - begin > 1)
        {
            var middle = begin + Split(end - begin);
            ranges.Add(position < middle ? new TreeRange(middle, end) : new TreeRange(begin, middle));
            (begin, end) = position < middle ? (begin, middle) : (middle, end);
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>The ranges whose hashes prove that the tree of <paramref name="from"/> leaves is the beginning of the tree of <paramref name="to"/>; none where nothing needs proof.</summary>
    public static IReadOnlyList<TreeRange> Consistency(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        if (from == 0 || from == to) return [];
        var (ranges, begin, end) = (new List<TreeRange>(), 0L, to);
        while (end != from)
        {
            var middle = begin + Split(end - begin);
            ranges.Add(from <= middle ? new TreeRange(middle, end) : new TreeRange(begin, middle));
            (begin, end) = from <= middle ? (begin, middle) : (middle, end);
        }

        // The old tree's own root needs no proof; a smaller subtree, which began further right, does.
        if (begin != 0) ranges.Add(new TreeRange(begin, end));
        ranges.Reverse();
        return ranges;
    }

    /// <summary>True when the path leads from the leaf to the root of the tree.</summary>
    public static bool VerifyInclusion(TreeHash leaf, long position, long size, IReadOnlyList<TreeHash> path, TreeHash root)
    {
        if (position < 0 || position >= size) return false;
        var (index, last, hash) = (position, size - 1, leaf);
        foreach (var sibling in path)
        {
            if (last == 0) return false;
            if ((index & 1) == 1 || index == last)
            {
                hash = TreeHash.OfNode(sibling, hash);
                while ((index & 1) == 0 && index != 0) (index, last) = (index >> 1, last >> 1);
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            (index, last) = (index >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>True when the proof shows that the larger tree begins with the smaller one.</summary>
    public static bool VerifyConsistency(long from, TreeHash fromRoot, long to, TreeHash toRoot, IReadOnlyList<TreeHash> proof)
    {
        if (from < 0 || from > to) return false;
        if (from == to) return proof.Count == 0 && fromRoot == toRoot;
        if (from == 0) return proof.Count == 0 && fromRoot == TreeHash.Empty;
        var nodes = BitOperations.IsPow2(from) ? [fromRoot, .. proof] : proof;
        if (nodes.Count == 0) return false;
        var (index, last) = (from - 1, to - 1);
        while ((index & 1) == 1) (index, last) = (index >> 1, last >> 1);
        var (old, now) = (nodes[0], nodes[0]);
        foreach (var node in nodes.Skip(1))
        {
            if (last == 0) return false;
            if ((index & 1) == 1 || index == last)
            {
                (old, now) = (TreeHash.OfNode(node, old), TreeHash.OfNode(node, now));
                while ((index & 1) == 0 && index != 0) (index, last) = (index >> 1, last >> 1);
            }
            else
            {
                now = TreeHash.OfNode(now, node);
            }

            (index, last) = (index >> 1, last >> 1);
        }

        return last == 0 && old == fromRoot && now == toRoot;
    }

    // The largest power of two below the number of leaves.
    private static long Split(long leaves) => 1L << BitOperations.Log2((ulong)(leaves - 1));
}
