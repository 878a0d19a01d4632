using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Remembers what short cells were read as, so that 男, 220102 or 汉族 is understood once per thread and not once per row.</summary>
internal sealed class CellMemo
{
    private const int Slots = 1024, Ways = 4, Longest = 16;

    private readonly Entry[] _entries = new Entry[Slots];

    /// <summary>The value remembered for exactly these bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ReadOnlySpan<byte> cell, out ulong value)
    {
        value = 0;
        if (cell.Length > Longest) return false;
        Load(cell, out var low, out var high);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), Slot(low, high));
        for (var way = 0; way < Ways; way++)
        {
            ref var entry = ref Unsafe.Add(ref first, way);
            if (entry.Low != low || entry.High != high || entry.LengthPlusOne != cell.Length + 1) continue;
            value = entry.Value;
            return true;
        }

        return false;
    }

    public void Put(ReadOnlySpan<byte> cell, ulong value)
    {
        if (cell.Length > Longest) return;
        Load(cell, out var low, out var high);
        // The newest stands first; the oldest of the set is forgotten.
        var set = _entries.AsSpan(Slot(low, high), Ways);
        set[..^1].CopyTo(set[1..]);
        set[0] = new Entry { Low = low, High = high, Value = value, LengthPlusOne = cell.Length + 1 };
    }

    private static int Slot(ulong low, ulong high) => (int)((low * 0x9E3779B97F4A7C15 ^ high * 0xC2B2AE3D27D4EB4F) >> 56) * Ways;

    private static void Load(ReadOnlySpan<byte> cell, out ulong low, out ulong high)
    {
        (low, high) = (0, 0);
        if (cell.Length >= 8)
        {
            low = MemoryMarshal.Read<ulong>(cell);
            // The last eight bytes overlap the first; together with the length they are the cell.
            high = MemoryMarshal.Read<ulong>(cell[^8..]);
            return;
        }

        if (cell.Length >= 4) low = MemoryMarshal.Read<uint>(cell) | (ulong)MemoryMarshal.Read<uint>(cell[^4..]) << 32;
        else if (cell.Length > 0) low = cell[0] | (ulong)cell[cell.Length / 2] << 8 | (ulong)cell[^1] << 16;
    }

    private struct Entry
    {
        public ulong Low, High, Value;
        public int LengthPlusOne;
    }
}
