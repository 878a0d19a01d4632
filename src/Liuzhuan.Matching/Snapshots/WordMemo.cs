using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Remembers what cells of up to seven bytes were read as, in front of <see cref="CellMemo"/>: bytes and length are one word, so that one comparison tells.</summary>
internal sealed class WordMemo
{
    /// <summary>Bytes of the longest cell.</summary>
    public const int Longest = 7;

    private const int SetBits = 9, Ways = 2, LengthAt = 8 * Longest;

    private readonly Entry[] _entries = new Entry[Ways << SetBits];

    /// <summary>The word of a cell, which is never 0; 0 for a longer one.</summary>
    public static ulong WordOf(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > Longest) return 0;
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        eight.Clear();
        cell.CopyTo(eight);
        return WordInText(ref MemoryMarshal.GetReference(eight), cell.Length);
    }

    /// <summary>The same for a cell of at most <see cref="Longest"/> bytes, where eight bytes may be read from its first one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WordInText(ref byte first, int length)
    {
        var eight = Unsafe.ReadUnaligned<ulong>(ref first);
        if (!BitConverter.IsLittleEndian) eight = BinaryPrimitives.ReverseEndianness(eight);
        return eight & (1UL << 8 * length) - 1 | (ulong)(length + 1) << LengthAt;
    }

    /// <summary>The value remembered for this word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ulong word, out ulong value)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_entries), Set(word));
        ref var second = ref Unsafe.Add(ref first, 1);
        // Both are looked at: which of them it is cannot be foretold.
        var isFirst = first.Word == word;
        value = isFirst ? first.Value : second.Value;
        return isFirst | second.Word == word;
    }

    /// <summary>Remembers a value. The newer of two stands first; the older is forgotten.</summary>
    public void Put(ulong word, ulong value)
    {
        var set = Set(word);
        if (_entries[set].Word != word) _entries[set + 1] = _entries[set];
        _entries[set] = new Entry(word, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Set(ulong word) => (int)(word * 0x9E3779B97F4A7C15 >> 64 - SetBits) * Ways;

    private readonly record struct Entry(ulong Word, ulong Value);
}
