using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching;

/// <content>The cells that nearly all rows hold, without asking what only others need to be asked. What is not so is left to the methods that are slow.</content>
public sealed unsafe partial class RowKernel
{
    private const int HanBytes = 3, Four = 4;

    // What the bytes of two and of three Han characters have in common, in the first eight of them.
    private const ulong TwoHanMask = 0x0000C0C0F0C0C0F0, ThreeHanMask = 0xC0F0C0C0F0C0C0F0, ThreeHan = 0x80E08080E08080E0;

    // Reads the keys of a group, and clears what its fields will add to.
    private void ReadKeys(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<ulong> keys)
    {
        var clear = default(RowState);
        clear.IsKnown = true;
        var cleared = Vector256.Load((byte*)&clear);
        for (var i = 0; i < keys.Length; i++) cleared.Store((byte*)(_rows + i));
        var done = 0;
        if (_fast is { HasFour: true } && _space is not null && _bucketCount <= uint.MaxValue)
        {
            fixed (byte* text = block)
            fixed (CellRange* cell = cells)
            {
                for (; done <= keys.Length - Four; done += Four)
                {
                    if (ReadFourKeys(text, block.Length, cell + done * _slotCount, done)) continue;
                    for (var i = done; i < done + Four; i++) ReadKey(block, cells.Slice(i * _slotCount, _slotCount), i);
                }
            }
        }

        for (; done < keys.Length; done++) ReadKey(block, cells.Slice(done * _slotCount, _slotCount), done);
        new ReadOnlySpan<ulong>(_keys, keys.Length).CopyTo(keys);
    }

    private void ReadKey(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i)
    {
        var range = row[0];
        if (_fast is not { IsVector: true } || _space is null || range.Length != FastCitizenNumber.Length
            || !_fast.TryPackVector(ref MemoryMarshal.GetReference(block.Slice(range.Start, range.Length)), out var key)
            || _space.RankPlusOne(key) is not (not 0 and var rank) || !_space.TryScatter(key, rank, out _scattered[i]))
        {
            ReadKeySlowly(block, row, i);
            return;
        }

        (_keys[i], _homes[i]) = (key, HomeOf(_scattered[i]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadFourKeys(byte* text, int length, CellRange* cell, int i)
    {
        CellRange a = cell[0], b = cell[_slotCount], c = cell[2 * _slotCount], d = cell[3 * _slotCount];
        var last = length - FastCitizenNumber.Length;
        if (((a.Length ^ FastCitizenNumber.Length) | (b.Length ^ FastCitizenNumber.Length) | (c.Length ^ FastCitizenNumber.Length) | (d.Length ^ FastCitizenNumber.Length)) != 0
            || (a.Start | b.Start | c.Start | d.Start | last - a.Start | last - b.Start | last - c.Start | last - d.Start) < 0) return false;
        if (!_fast!.TryPackFour(text + a.Start, text + b.Start, text + c.Start, text + d.Start, out var high, out var low) || !_space!.TryScatterFour(high, low, out var scattered)) return false;
        var keys = Vector256.WidenLower(high.ToVector256Unsafe()) << KeySpace.LowBits | Vector256.WidenLower(low.ToVector256Unsafe());
        keys.Store(_keys + i);
        scattered.Store(_scattered + i);
        // The high half of a product of 64 and 32 bits.
        var (shifted, count) = (scattered << _homeShift, Vector256.Create((uint)_bucketCount).AsUInt64());
        var upper = Avx2.Multiply((shifted >> 32).AsUInt32(), count.AsUInt32());
        var lower = Avx2.Multiply(shifted.AsUInt32(), count.AsUInt32());
        (upper + (lower >> 32) >> 32).Store((ulong*)_homes + i);
        return true;
    }

    // Column by column, so that the same few branches and tables serve all rows of the group.
    private void ReadColumn(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, int count, int a)
    {
        var column = _asked[a];
        if (!BitConverter.IsLittleEndian || column.IsName && _coding != CellCoding.Utf8)
        {
            for (var i = 0; i < count; i++) ReadCellSlowly(block, cells[i * _slotCount + column.Slot], i, a);
        }
        else if (column.IsName) ReadNames(block, cells, count, a, column);
        else ReadShortCells(block, cells, count, a, column);
    }

    // Names of two and of three Han characters that the register knows: their codes side by side. Which of the two it is cannot be foretold, so that both are
    // read in the same way, and what stands behind a name of two characters is masked.
    private void ReadNames(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, int count, int a, AskedColumn column)
    {
        ref var text = ref MemoryMarshal.GetReference(block);
        ref var codes = ref MemoryMarshal.GetArrayDataReference(column.PlainCodes);
        var (room, bits, stride) = (block.Length - 3 * HanBytes, column.CharBits, _asked.Length);
        var value = _values + a;
        for (int i = 0, at = column.Slot; i < count; i++, at += _slotCount, value += stride)
        {
            var (start, length) = cells[at];
            // Two characters are six bytes and three are nine, which is odd.
            var third = (ulong)-(length & 1);
            if (length != 2 * HanBytes + (HanBytes & (int)third) || (start | room - start) < 0)
            {
                ReadCellSlowly(block, cells[at], i, a);
                continue;
            }

            ref var first = ref Unsafe.Add(ref text, start);
            var eight = Unsafe.ReadUnaligned<ulong>(ref first);
            ulong ninth = Unsafe.Add(ref first, 8);
            var (one, two, three) = Codes(ref codes, eight, ninth, third);
            var misfit = (eight ^ ThreeHan) & (TwoHanMask | ThreeHanMask & third) | (ninth ^ 0x80) & 0xC0 & third;
            if (misfit != 0 || one * two * (three | ~third & 1) == 0)
            {
                ReadCellSlowly(block, cells[at], i, a);
                continue;
            }

            Fill(column, _rows + i, value, a, one | two << bits | three << 2 * bits);
        }
    }

    // The codes of the characters in nine bytes, whatever these are; of the third only where it is asked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong One, ulong Two, ulong Three) Codes(ref ushort codes, ulong eight, ulong ninth, ulong third)
    {
        // Sixteen bits each: always within the table.
        if (Bmi2.X64.IsSupported)
        {
            var bits = Bmi2.X64.ParallelBitExtract(BinaryPrimitives.ReverseEndianness(eight), 0x0F3F3F0F3F3F0F3F);
            return (Unsafe.Add(ref codes, (nint)(bits >> 26)), Unsafe.Add(ref codes, (nint)(bits >> 10 & 0xFFFF)), Unsafe.Add(ref codes, (nint)((bits & 0x3FF) << 6 | ninth & 63)) & third);
        }

        return (Unsafe.Add(ref codes, HanAt(eight)), Unsafe.Add(ref codes, HanAt(eight >> 24)), Unsafe.Add(ref codes, HanAt(eight >> 48 | ninth << 16)) & third);
    }

    // The character of three bytes, the first of which is the lowest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint HanAt(ulong bytes) => (nint)((bytes & 15) << 12 | (bytes >> 8 & 63) << 6 | bytes >> 16 & 63);

    // Cells of up to seven bytes that were read before.
    private void ReadShortCells(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, int count, int a, AskedColumn column)
    {
        ref var text = ref MemoryMarshal.GetReference(block);
        var known = column.Words;
        var (room, stride) = (block.Length - sizeof(ulong), _asked.Length);
        var target = _values + a;
        for (int i = 0, at = column.Slot; i < count; i++, at += _slotCount, target += stride)
        {
            var (start, length) = cells[at];
            if ((uint)(length - 1) < WordMemo.Longest && (start | room - start) >= 0
                && known.TryGet(WordMemo.WordInText(ref Unsafe.Add(ref text, start), length), out var value))
                Fill(column, _rows + i, target, a, value);
            else ReadCellSlowly(block, cells[at], i, a);
        }
    }
}
