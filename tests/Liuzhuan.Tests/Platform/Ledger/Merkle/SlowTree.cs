using System.Security.Cryptography;
using Liuzhuan.Platform.Ledger.Merkle;

namespace Liuzhuan.Tests.Platform.Ledger.Merkle;

/// <summary>The definitions of RFC 9162 section 2.1, word for word and slow.</summary>
internal static class SlowTree
{
    public static byte[] Root(byte[][] leaves) => leaves.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. leaves[0]]),
        _ => SHA256.HashData([1, .. Root(leaves[..Half(leaves.Length)]), .. Root(leaves[Half(leaves.Length)..])]),
    };

    public static byte[][] Path(int position, byte[][] leaves)
    {
        if (leaves.Length == 1) return [];
        var half = Half(leaves.Length);
        return position < half
            ? [.. Path(position, leaves[..half]), Root(leaves[half..])]
            : [.. Path(position - half, leaves[half..]), Root(leaves[..half])];
    }

    public static byte[][] Consistency(int from, byte[][] leaves) => from == 0 ? [] : Subproof(from, leaves, whole: true);

    public static byte[][] Leaves(int count, int seed = 1) => [.. Enumerable.Range(0, count).Select(i => SHA256.HashData([(byte)seed, (byte)i, (byte)(i >> 8)])[..(1 + i % 31)])];

    public static TreeHash[] Hashes(byte[][] leaves) => Array.ConvertAll(leaves, leaf => TreeHash.OfLeaf(leaf));

    public static TreeHash[] Read(byte[][] hashes) => Array.ConvertAll(hashes, hash => TreeHash.Read(hash));

    private static byte[][] Subproof(int from, byte[][] leaves, bool whole)
    {
        if (from == leaves.Length) return whole ? [] : [Root(leaves)];
        var half = Half(leaves.Length);
        return from <= half
            ? [.. Subproof(from, leaves[..half], whole), Root(leaves[half..])]
            : [.. Subproof(from - half, leaves[half..], whole: false), Root(leaves[..half])];
    }

    private static int Half(int count)
    {
        var half = 1;
        while (half * 2 < count) half *= 2;
        return half;
    }
}
