using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Liuzhuan.Platform.Ledger.Merkle;

/// <summary>A SHA-256 hash of the log's tree, and the two ways RFC 9162 section 2.1.1 makes one.</summary>
internal readonly record struct TreeHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 32;

    private const byte LeafPrefix = 0, NodePrefix = 1;
    private const int OnStack = 2048;

    // Four words instead of an array: lists of hashes lie in one piece, and copying one allocates nothing.
    private readonly ulong _a, _b, _c, _d;

    private TreeHash(ReadOnlySpan<ulong> words) => (_a, _b, _c, _d) = (words[0], words[1], words[2], words[3]);

    /// <summary>The root of a tree without leaves: the hash of nothing.</summary>
    public static readonly TreeHash Empty = Read(SHA256.HashData([]));

    /// <summary>The first 32 bytes, as a hash.</summary>
    public static TreeHash Read(ReadOnlySpan<byte> bytes) => new(MemoryMarshal.Cast<byte, ulong>(bytes[..Size]));

    public static TreeHash OfLeaf(ReadOnlySpan<byte> leaf)
    {
        byte[]? rented = null;
        var input = leaf.Length < OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(leaf.Length + 1);
        input[0] = LeafPrefix;
        leaf.CopyTo(input[1..]);
        var hash = Of(input[..(leaf.Length + 1)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    public static TreeHash OfNode(in TreeHash left, in TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Size];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Size)..]);
        return Of(input);
    }

    /// <summary>The root over as many hashes as there are (RFC 9162 section 2.1.1), a complete subtree or the right border of a tree.</summary>
    public static TreeHash OfAll(ReadOnlySpan<TreeHash> hashes)
    {
        if (hashes.Length <= 1) return hashes.Length == 0 ? Empty : hashes[0];
        var left = 1 << System.Numerics.BitOperations.Log2((uint)hashes.Length - 1);
        return OfNode(OfAll(hashes[..left]), OfAll(hashes[left..]));
    }

    public void CopyTo(Span<byte> to) => MemoryMarshal.Write(to, in this);

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Base64, as checkpoints write it.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());

    private static TreeHash Of(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(input, hash);
        return Read(hash);
    }
}
