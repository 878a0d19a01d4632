using System.Runtime.InteropServices;
using Liuzhuan.Platform.Ledger.Merkle;

namespace Liuzhuan.Tests.Platform.Ledger.Merkle;

public class TreeTests
{
    private const int Most = 70;

    // The eight leaves and roots with which implementations of Certificate Transparency check themselves.
    private static readonly byte[][] Known = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    private static readonly string[] KnownRoots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void The_known_tree_of_eight_leaves_has_the_known_roots()
    {
        var edge = new RightEdge();
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(edge.Root));
        for (var i = 0; i < Known.Length; i++)
        {
            edge.Append(TreeHash.OfLeaf(Known[i]));
            Assert.Equal(KnownRoots[i], Hex(edge.Root));
        }
    }

    [Fact]
    public void The_known_proofs_are_found_and_hold()
    {
        var sixth = new TreeGrowth(new RightEdge(), SlowTree.Hashes(Known));
        Assert.Equal(
            ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
            sixth.Path(5).Select(Hex));
        Assert.Equal(
            ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
            Hashes(TreeProofs.Consistency(6, 8), Known).Select(Hex));
    }

    [Fact]
    public void Appending_one_at_a_time_gives_the_root_of_the_definition()
    {
        var (edge, leaves) = (new RightEdge(), SlowTree.Leaves(600));
        for (var size = 0; size < leaves.Length; size++)
        {
            if (size < Most || size % 97 == 0) Assert.Equal(SlowTree.Root(leaves[..size]), edge.Root.ToArray());
            edge.Append(TreeHash.OfLeaf(leaves[size]));
        }
    }

    [Fact]
    public void A_group_of_leaves_grows_the_tree_as_one_leaf_at_a_time_does()
    {
        var leaves = SlowTree.Leaves(Most);
        for (var before = 0; before < Most; before++)
        {
            var edge = new RightEdge();
            foreach (var leaf in leaves[..before]) edge.Append(TreeHash.OfLeaf(leaf));
            for (var after = before + 1; after <= Most; after++)
            {
                var growth = new TreeGrowth(edge, SlowTree.Hashes(leaves[before..after]));
                Assert.Equal(SlowTree.Root(leaves[..after]), growth.Root.ToArray());
                Assert.Equal(growth.Root, growth.After().Root);
                for (var position = before; position < after; position += 5) Assert.Equal(SlowTree.Read(SlowTree.Path(position, leaves[..after])), growth.Path(position));
            }
        }
    }

    [Fact]
    public void Inclusion_proofs_are_those_of_the_definition_and_hold()
    {
        var leaves = SlowTree.Leaves(Most);
        for (var size = 1; size <= Most; size++)
        {
            var root = TreeHash.Read(SlowTree.Root(leaves[..size]));
            for (var position = 0; position < size; position++)
            {
                var path = Hashes(TreeProofs.Inclusion(position, size), leaves);
                Assert.Equal(SlowTree.Read(SlowTree.Path(position, leaves[..size])), path);
                Assert.True(TreeProofs.VerifyInclusion(TreeHash.OfLeaf(leaves[position]), position, size, path, root));
            }
        }
    }

    [Fact]
    public void Consistency_proofs_are_those_of_the_definition_and_hold()
    {
        var leaves = SlowTree.Leaves(Most);
        for (var to = 0; to <= Most; to++)
        {
            var root = TreeHash.Read(SlowTree.Root(leaves[..to]));
            for (var from = 0; from <= to; from++)
            {
                var proof = Hashes(TreeProofs.Consistency(from, to), leaves);
                Assert.Equal(SlowTree.Read(from == to ? [] : SlowTree.Consistency(from, leaves[..to])), proof);
                Assert.True(TreeProofs.VerifyConsistency(from, TreeHash.Read(SlowTree.Root(leaves[..from])), to, root, proof));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(37)]
    [InlineData(64)]
    public void An_inclusion_proof_with_anything_changed_fails(int size)
    {
        var leaves = SlowTree.Leaves(size);
        var (root, hashes) = (TreeHash.Read(SlowTree.Root(leaves)), SlowTree.Hashes(leaves));
        for (var position = 0; position < size; position++)
        {
            var path = SlowTree.Read(SlowTree.Path(position, leaves));
            foreach (var (leaf, at, of, changed, over) in Tampered(hashes[position], position, path, root)) Assert.False(TreeProofs.VerifyInclusion(leaf, at, of, changed, over));
        }

        IEnumerable<(TreeHash Leaf, long Position, long Size, TreeHash[] Path, TreeHash Root)> Tampered(TreeHash leaf, long position, TreeHash[] path, TreeHash over)
        {
            foreach (var bit in (int[])[0, 77, 255])
            {
                yield return (Flip(leaf, bit), position, size, path, over);
                yield return (leaf, position, size, path, Flip(over, bit));
                for (var i = 0; i < path.Length; i++) yield return (leaf, position, size, [.. path[..i], Flip(path[i], bit), .. path[(i + 1)..]], over);
            }

            yield return (leaf, -1, size, path, over);
            yield return (leaf, size, size, path, over);
            yield return (leaf, position, size, [.. path, over], over);
            for (var i = 0; i < path.Length; i++) yield return (leaf, position, size, [.. path[..i], .. path[(i + 1)..]], over);
            for (var other = 0; other < size; other++)
            {
                if (other != position) yield return (leaf, other, size, path, over);
            }
        }
    }

    [Fact]
    public void A_consistency_proof_with_anything_changed_fails()
    {
        var leaves = SlowTree.Leaves(40);
        for (var to = 1; to <= 40; to++)
        {
            var toRoot = TreeHash.Read(SlowTree.Root(leaves[..to]));
            for (var from = 1; from < to; from++)
            {
                var (fromRoot, proof) = (TreeHash.Read(SlowTree.Root(leaves[..from])), SlowTree.Read(SlowTree.Consistency(from, leaves[..to])));
                Assert.False(TreeProofs.VerifyConsistency(from, Flip(fromRoot, 9), to, toRoot, proof));
                Assert.False(TreeProofs.VerifyConsistency(from, fromRoot, to, Flip(toRoot, 9), proof));
                Assert.False(TreeProofs.VerifyConsistency(from, fromRoot, to, toRoot, [.. proof, toRoot]));
                Assert.False(TreeProofs.VerifyConsistency(to, toRoot, from, fromRoot, proof));
                for (var i = 0; i < proof.Length; i++)
                {
                    Assert.False(TreeProofs.VerifyConsistency(from, fromRoot, to, toRoot, [.. proof[..i], Flip(proof[i], 200), .. proof[(i + 1)..]]));
                    Assert.False(TreeProofs.VerifyConsistency(from, fromRoot, to, toRoot, [.. proof[..i], .. proof[(i + 1)..]]));
                }
            }
        }
    }

    [Fact]
    public void A_leaf_and_a_node_of_the_same_bytes_differ()
    {
        var (left, right) = (TreeHash.OfLeaf([1]), TreeHash.OfLeaf([2]));
        Assert.NotEqual(TreeHash.OfNode(left, right), TreeHash.OfLeaf([.. left.ToArray(), .. right.ToArray()]));
    }

    [Theory]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(65535)]
    public void Long_leaves_hash_like_short_ones(int length)
    {
        var leaf = new byte[length];
        new Random(3).NextBytes(leaf);
        Assert.Equal(SlowTree.Root([leaf]), TreeHash.OfLeaf(leaf).ToArray());
    }

    private static TreeHash Flip(TreeHash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return TreeHash.Read(bytes);
    }

    // A source of hashes that knows complete subtrees only, as tiles do.
    private static TreeHash[] Hashes(IReadOnlyList<TreeRange> ranges, byte[][] leaves) =>
        [.. ranges.Select(range => range.Hash(node => TreeHash.Read(SlowTree.Root(leaves[(int)(node.Index << node.Level)..(int)((node.Index + 1) << node.Level)]))))];

    private static string Hex(TreeHash hash) => Convert.ToHexStringLower(MemoryMarshal.AsBytes([hash]));
}
