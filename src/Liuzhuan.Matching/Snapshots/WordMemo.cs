using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Remembers what cells of up to seven bytes were read as, in front of <see cref="CellMemo"/>: bytes and length are one word.</summary>
internal sealed class WordMemo
{
    public const int Longest = 7;

    private const int SlotBits = 10;

    private readonly Entry[] _entries = new Entry[1 << SlotBits];

    /// <summary>The word of a cell behind which eight bytes may be read. Never 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WordOf(ReadOnlySpan<byte> cell) =>
        Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(cell)) & (1UL << cell.Length * 8) - 1 | (ulong)(cell.Length + 1) << 56;

    /// <summary>The value remembered for this word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ulong word, out ulong value)
    {
        ref var entry = ref At(word);
        value = entry.Value;
        return entry.Word == word;
    }

    public void Put(ulong word, ulong value) => At(word) = new Entry { Word = word, Value = value };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry At(ulong word) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), (nint)(word * 0x9E3779B97F4A7C15 >> 64 - SlotBits));

    private struct Entry
    {
        public ulong Word, Value;
    }
}
