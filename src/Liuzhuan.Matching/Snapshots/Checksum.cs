using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// A 64-bit checksum that runs at memory speed, against accidental damage only (SHA-256 stands beside it for proof).
/// Eight lanes of 64 bits take 64-byte stripes; the key changes and the lanes turn with every stripe, so order counts.
/// </summary>
internal struct Checksum
{
    private const int Stripe = 64;
    private const ulong Prime1 = 0x9E3779B185EBCA87, Prime2 = 0xC2B2AE3D27D4EB4F;

    private Vector512<ulong> _lanes = Vector512.Create(1UL, 2, 3, 4, 5, 6, 7, 8) * Vector512.Create(Prime1);
    private Vector512<ulong> _key = Vector512.Create(11UL, 12, 13, 14, 15, 16, 17, 18) * Vector512.Create(Prime2);
    private ulong _length;

    public Checksum()
    {
    }

    /// <summary>The checksum of one buffer.</summary>
    public static ulong Of(ReadOnlySpan<byte> data)
    {
        var sum = new Checksum();
        return sum.Finish(data);
    }

    /// <summary>A 64-bit hash of a short text; never 0.</summary>
    public static ulong OfText(ReadOnlySpan<char> text)
    {
        var hash = Prime1 ^ (ulong)text.Length;
        foreach (var c in text) hash = BitOperations.RotateLeft((hash ^ c) * Prime2, 29);
        hash = Mix(hash);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>Takes whole stripes; gives back how many bytes it took.</summary>
    public int Add(ReadOnlySpan<byte> data)
    {
        var stripes = MemoryMarshal.Cast<byte, Vector512<ulong>>(data);
        var (lanes, key) = (_lanes, _key);
        var prime = Vector512.Create(Prime2);
        foreach (var stripe in stripes)
        {
            // The multiplication does not wait for the lanes, so the loop runs as fast as memory delivers.
            var mixed = stripe ^ key;
            lanes = ((lanes << 1) | (lanes >>> 63)) + stripe + MultiplyHalves(mixed);
            key += prime;
        }

        (_lanes, _key) = (lanes, key);
        _length += (ulong)stripes.Length * Stripe;
        return stripes.Length * Stripe;
    }

    /// <summary>Takes the rest and gives the checksum.</summary>
    public ulong Finish(ReadOnlySpan<byte> rest)
    {
        rest = rest[Add(rest)..];
        Span<byte> last = stackalloc byte[Stripe];
        last.Clear();
        rest.CopyTo(last);
        var length = _length + (ulong)rest.Length;
        Add(last);
        var hash = length * Prime1;
        for (var i = 0; i < Vector512<ulong>.Count; i++) hash = Mix(hash ^ _lanes[i]) * Prime2;
        return Mix(hash);
    }

    // Low half times high half of each 64-bit element.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyHalves(Vector512<ulong> x) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(x.AsUInt32(), (x >>> 32).AsUInt32())
            : (x & Vector512.Create(0xFFFFFFFFUL)) * (x >>> 32);

    private static ulong Mix(ulong x)
    {
        x = (x ^ x >> 32) * Prime1;
        x = (x ^ x >> 29) * Prime2;
        return x ^ x >> 32;
    }
}
