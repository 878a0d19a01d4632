using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>What cells of up to seven bytes were read as: the whole cell and its length are one number, so that one comparison tells. For little-endian processors.</summary>
internal sealed class ShortCells
{
    /// <summary>Bytes of the longest cell.</summary>
    public const int Longest = 7;

    private const int SetBits = 9, Ways = 2, LengthAt = 8 * Longest;

    private readonly Entry[] _entries = new Entry[Ways << SetBits];

    /// <summary>The value remembered for the first bytes of these eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ulong eight, int length, out ulong value)
    {
        var cell = Packed(eight, length);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), Set(cell));
        ref var second = ref Unsafe.Add(ref first, 1);
        // Both are looked at: which of them it is cannot be foretold.
        var isFirst = first.Cell == cell;
        value = isFirst ? first.Value : second.Value;
        return isFirst | second.Cell == cell;
    }

    /// <summary>Remembers a value, if the cell is short enough.</summary>
    public void Put(ReadOnlySpan<byte> cell, ulong value)
    {
        if (cell.Length is 0 or > Longest) return;
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        eight.Clear();
        cell.CopyTo(eight);
        var packed = Packed(MemoryMarshal.Read<ulong>(eight), cell.Length);
        var set = Set(packed);
        // The newer stands first; the older of the two is forgotten.
        if (_entries[set].Cell != packed) _entries[set + 1] = _entries[set];
        _entries[set] = new Entry(packed, value);
    }

    // No cell is empty, so no packed cell is 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Packed(ulong eight, int length) => eight & (1UL << 8 * length) - 1 | (ulong)length << LengthAt;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Set(ulong cell) => (int)(cell * 0x9E3779B97F4A7C15 >> 64 - SetBits) * Ways;

    private readonly record struct Entry(ulong Cell, ulong Value);
}
