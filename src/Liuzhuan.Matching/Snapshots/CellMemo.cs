using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Remembers what short cells were read as, so that 男, 220102 or 汉族 is understood once per thread and not once per row.</summary>
internal sealed class CellMemo
{
    private const int Slots = 1024, Longest = 16;

    private readonly Entry[] _entries = new Entry[Slots];

    /// <summary>The value remembered for exactly these bytes.</summary>
    public bool TryGet(ReadOnlySpan<byte> cell, out ulong value)
    {
        value = 0;
        if (cell.Length > Longest) return false;
        Load(cell, out var low, out var high);
        ref var entry = ref _entries[Slot(low, high)];
        value = entry.Value;
        return entry.LengthPlusOne == cell.Length + 1 && entry.Low == low && entry.High == high;
    }

    public void Put(ReadOnlySpan<byte> cell, ulong value)
    {
        if (cell.Length > Longest) return;
        Load(cell, out var low, out var high);
        _entries[Slot(low, high)] = new Entry { Low = low, High = high, Value = value, LengthPlusOne = cell.Length + 1 };
    }

    private static int Slot(ulong low, ulong high) => (int)((low * 0x9E3779B97F4A7C15 ^ high * 0xC2B2AE3D27D4EB4F) >> 54);

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

        for (var i = cell.Length - 1; i >= 0; i--) low = low << 8 | cell[i];
    }

    private struct Entry
    {
        public ulong Low, High, Value;
        public int LengthPlusOne;
    }
}
