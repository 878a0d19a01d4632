using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Liuzhuan.Matching.Delimited;

/// <summary>
/// Tells which keys are surely new: eight bits for each key, one in each of the eight words of a block of 32 bytes, so that a key costs one line of memory
/// (B. H. Bloom, CACM 13 (1970) 422; in blocks: F. Putze, P. Sanders, J. Singler, ACM J. Exp. Algorithmics 14 (2009) 4.4, with one bit in each word).
/// With 20 bits for each key one new key in 2,400 seems to be there at the end, and one in 14,000 on the way there.
/// </summary>
/// <param name="memory">Zeroed, on a boundary of 32 bytes.</param>
/// <param name="bytes">As <see cref="BytesFor"/> says.</param>
internal readonly unsafe struct KeyFilter(byte* memory, long bytes)
{
    private const int BlockBytes = 32, Words = 8, BitsForKey = 20, TopBits = 27;

    private readonly byte* _memory = memory;
    private readonly ulong _blocks = (ulong)bytes / BlockBytes;

    // Odd numbers without a pattern: the top five bits of the lower half of a hash times each of them choose a bit in its word. Not a field, which code compiled ahead would have to look up.
    private static Vector256<uint> Factors => Vector256.Create(0x9E3779B1u, 0x85EBCA77u, 0xC2B2AE3Du, 0x27D4EB2Fu, 0x165667B1u, 0xD35A2D97u, 0xB492B66Bu, 0x5851F42Du);

    /// <summary>A multiple of a line of memory.</summary>
    public static long BytesFor(long keys) => (keys * BitsForKey / 8 + 64) & ~63L;

    /// <summary>Asks memory for what <see cref="Add"/> will need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong hash)
    {
        if (Sse.IsSupported) Sse.Prefetch0(BlockOf(hash));
    }

    /// <summary>Adds a key by its hash. True when it was surely not there before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(ulong hash) => Avx2.IsSupported ? AddVector(hash) : AddScalar(hash);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool AddVector(ulong hash)
    {
        var block = BlockOf(hash);
        var bits = Avx2.ShiftLeftLogicalVariable(Vector256<uint>.One, (Vector256.Create((uint)hash) * Factors) >>> TopBits);
        var there = Vector256.LoadAligned((uint*)block);
        if (Avx.TestC(there, bits)) return false;
        (there | bits).StoreAligned((uint*)block);
        return true;
    }

    internal bool AddScalar(ulong hash)
    {
        var block = (uint*)BlockOf(hash);
        var (factors, isNew) = (Factors, false);
        for (var i = 0; i < Words; i++)
        {
            var bit = 1u << (int)((uint)hash * factors[i] >> TopBits);
            isNew |= (block[i] & bit) == 0;
            block[i] |= bit;
        }

        return isNew;
    }

    // The upper half of the hash chooses the block, the lower half the bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* BlockOf(ulong hash) => _memory + Math.BigMul(hash, _blocks, out _) * BlockBytes;
}
