using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching;

/// <content>Reading cells into the values by which this register knows them.</content>
public sealed unsafe partial class RowKernel
{
    // What a memo remembers beside the value: bits 62 and 63.
    private const ulong UnreadableMark = 1UL << 63, EmptyMark = 1UL << 62;

    // The cells whose form is not the usual one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadKeySlowly(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i)
    {
        var state = _rows + i;
        (_homes[i], state->IsKnown) = (0, false);
        // A clean number whose first six digits some record has needs no further look; any other may name no province.
        if (_fast is null || !_fast.TryPack(block.Slice(row[0].Start, row[0].Length), out _keys[i]) || !_space!.KnowsHigh(_keys[i]))
            state->Reasons = _keyReader.ReadSlow(block, row[.._keyCount], _coding, out _keys[i], out _, out state->Notes);
        if (state->Reasons != Reasons.None) _keys[i] = 0;
        else if (_space is null) (_scattered[i], state->IsKnown) = (_keys[i], true);
        else state->IsKnown = _space.TryScatter(_keys[i], out _scattered[i]);
        if (state->IsKnown) _homes[i] = HomeOf(_scattered[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long HomeOf(ulong scattered) => (long)Math.BigMul(scattered << _homeShift, _bucketCount, out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadCellSlowly(ReadOnlySpan<byte> block, CellRange range, int i, int a)
    {
        var column = _asked[a];
        var state = _rows + i;
        if (range.Length == 0)
        {
            if (column.IsRequired) state->Reasons |= Reasons.NameMissing;
            return;
        }

        var cell = block.Slice(range.Start, range.Length);
        ulong value;
        if (column.IsName)
        {
            if (!TryPlainName(cell, column, out value) && !TrySlowName(cell, column, state, out value)) return;
        }
        else
        {
            if ((!column.Memo.TryGet(cell, out value) || value >= EmptyMark) && !TryValue(cell, column, state, out value)) return;
            if (WordMemo.WordOf(cell) is not 0 and var word) column.Words.Put(word, value);
        }

        Fill(column, state, _values + i * _asked.Length + a, a, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(AskedColumn column, RowState* state, ulong* target, int a, ulong value)
    {
        *target = value;
        state->Filled |= 1u << a;
        state->Pattern |= value << column.Shift;
        state->Mask |= column.Mask;
    }

    // A name made only of plain characters that the register knows: its codes side by side.
    private bool TryPlainName(ReadOnlySpan<byte> cell, AskedColumn column, out ulong value)
    {
        value = 0;
        if (_coding != CellCoding.Utf8) return TryPlainGbName(cell, column.Codec.Names, out value);
        int shift = 0, at = 0;
        ref var first = ref MemoryMarshal.GetReference(cell);
        ref var codes = ref MemoryMarshal.GetArrayDataReference(column.PlainCodes);
        while (at + 2 < cell.Length)
        {
            uint b0 = Unsafe.Add(ref first, at), b1 = Unsafe.Add(ref first, at + 1), b2 = Unsafe.Add(ref first, at + 2);
            uint c;
            if ((b0 & 0xF0) == 0xE0 && ((b1 ^ 0x80) | (b2 ^ 0x80)) < 0x40)
            {
                c = (b0 & 15) << 12 | (b1 & 63) << 6 | b2 & 63;
                at += 3;
            }
            else if (b0 == 0xC2 && b1 == 0xB7)
            {
                c = 0xB7;
                at += 2;
            }
            else return false;

            // Sixteen bits: always within the table.
            var code = Unsafe.Add(ref codes, (nint)c);
            if (code == 0 || shift >= column.NameBits) return false;
            value |= (ulong)code << shift;
            shift += column.CharBits;
        }

        return at == cell.Length;
    }

    private static bool TryPlainGbName(ReadOnlySpan<byte> cell, NameCodec names, out ulong value)
    {
        value = 0;
        if ((cell.Length & 1) != 0) return false;
        var codes = names.CodeOfGb;
        for (int at = 0, shift = 0; at < cell.Length; at += 2, shift += names.CharBits)
        {
            var code = codes[cell[at] << 8 | cell[at + 1]];
            if (code == 0 || shift >= names.NameBits) return false;
            value |= (ulong)code << shift;
        }

        return true;
    }

    // False when there is no value to compare; why is in the reasons and the state.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TrySlowName(ReadOnlySpan<byte> cell, AskedColumn column, RowState* state, out ulong value)
    {
        var reading = ReadText(cell, column.Codec.Comparer);
        value = column.Codec.Layout.Unknown;
        switch (reading.Kind)
        {
            case ReadingKind.Value:
                value = column.Codec.ValueOf(reading.Canonical);
                if (reading.Changed) state->NameNotes = Notes.NormalisedName;
                return true;
            case ReadingKind.Invalid:
                state->Reasons |= Reasons.NameCharacters;
                return false;
            case ReadingKind.Unreadable:
                state->NotCompared |= 1u << column.Field;
                return false;
            default:
                if (column.IsRequired) state->Reasons |= Reasons.NameMissing;
                return false;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryValue(ReadOnlySpan<byte> cell, AskedColumn column, RowState* state, out ulong value)
    {
        value = ReadValue(cell, column);
        if (value == EmptyMark && column.IsRequired) state->Reasons |= Reasons.NameMissing;
        if (value == UnreadableMark) state->NotCompared |= 1u << column.Field;
        return value < EmptyMark;
    }

    private ulong ReadValue(ReadOnlySpan<byte> cell, AskedColumn column)
    {
        if (column.Codec.Layout.Form == FieldForm.Date && FastDate.TryDay(cell, out var day)) return column.Codec.ValueOfDay(day);
        if (column.Memo.TryGet(cell, out var value)) return value;
        var reading = ReadText(cell, column.Codec.Comparer);
        value = reading.Kind switch
        {
            ReadingKind.Empty => EmptyMark,
            ReadingKind.Value when reading.Alternatives is not null => column.Codec.Layout.Unknown,
            ReadingKind.Value => column.Codec.ValueOf(reading.Canonical),
            _ => UnreadableMark,
        };
        column.Memo.Put(cell, value);
        return value;
    }

    // Slots whose cells are citizen numbers, save the one that is the duplicate key.
    private int[] TouchedSlots(Schemas.RegisterSchema schema)
    {
        var slots = new List<int>();
        for (var key = 0; key < _keyCount && !schema.KeyIsCitizenNumber; key++)
        {
            if (schema.Keys[key].Kind == "citizen_number") slots.Add(key);
        }

        foreach (var column in _asked)
        {
            if (schema.Fields[column.Field].Comparer == "citizen_number") slots.Add(column.Slot);
        }

        return slots.ToArray();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Touch(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row)
    {
        foreach (var slot in _touchedSlots)
        {
            if (_keyReader.TryReadNumber(block.Slice(row[slot].Start, row[slot].Length), _coding, out var number)) _touched!.Add(number);
        }
    }

    private FieldReading ReadText(ReadOnlySpan<byte> cell, IFieldComparer comparer)
    {
        var encoding = CellText.Of(_coding);
        var rented = cell.Length > 256 ? new char[encoding.GetMaxCharCount(cell.Length)] : null;
        var chars = rented ?? stackalloc char[512];
        return comparer.Read(chars[..encoding.GetChars(cell, chars)]);
    }

    private string Text(ReadOnlySpan<byte> block, CellRange range) => CellText.Of(_coding).GetString(block.Slice(range.Start, range.Length));
}
