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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Reasons ReadKey(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, RowState* state)
    {
        var cell = row[0];
        // A clean number of a province that no code names is invalid, not unknown. Keys of the register are valid, so a known prefix needs no look.
        if (_fast is not null && _fast.TryPack(block.Slice(cell.Start, cell.Length), out state->Key) && _space!.KnowsHigh(state->Key))
        {
            state->Notes = Notes.None;
            return Reasons.None;
        }

        return _keyReader.ReadSlow(block, row[.._keyCount], _coding, out state->Key, out _, out state->Notes);
    }

    private Reasons ReadFields(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, RowState* state, int i)
    {
        var reasons = Reasons.None;
        ulong pattern = 0, mask = 0;
        uint notCompared = 0, filled = 0;
        var nameNotes = Notes.None;
        var values = _values.AsSpan(i * _asked.Length, _asked.Length);
        for (var a = 0; a < _asked.Length; a++)
        {
            var column = _asked[a];
            var range = row[column.Slot];
            if (range.Length == 0)
            {
                if (column.IsRequired) reasons |= Reasons.NameMissing;
                continue;
            }

            var cell = block.Slice(range.Start, range.Length);
            ulong value;
            if (column.Layout.Form == FieldForm.Name)
            {
                if (!TryPlainName(cell, column, out value))
                {
                    var reading = ReadSlowName(cell, column, out value);
                    if (reading.Kind == ReadingKind.Invalid) reasons |= Reasons.NameCharacters;
                    if (reading.Kind == ReadingKind.Empty && column.IsRequired) reasons |= Reasons.NameMissing;
                    if (reading.Kind == ReadingKind.Unreadable) notCompared |= 1u << column.Field;
                    if (reading.Kind != ReadingKind.Value) continue;
                    if (reading.Changed) nameNotes |= Notes.NormalisedName;
                }
            }
            else
            {
                value = ReadValue(cell, column);
                if (value == EmptyMark)
                {
                    if (column.IsRequired) reasons |= Reasons.NameMissing;
                    continue;
                }

                if (value == UnreadableMark)
                {
                    notCompared |= 1u << column.Field;
                    continue;
                }
            }

            values[a] = value;
            filled |= 1u << a;
            if (column.Layout.IsHot)
            {
                pattern |= value << column.Layout.Shift;
                mask |= column.Layout.Mask;
            }
        }

        state->Pattern = pattern;
        state->Mask = mask;
        state->NotCompared = notCompared;
        state->Filled = filled;
        state->NameNotes = nameNotes;
        return reasons;
    }

    // A name made only of plain characters that the register knows: its codes side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPlainName(ReadOnlySpan<byte> cell, AskedColumn column, out ulong value)
    {
        var names = column.Codec.Names;
        value = 0;
        if (_coding == CellCoding.Utf8)
        {
            var codes = names.PlainCodeOf;
            int shift = 0, at = 0;
            ref var first = ref MemoryMarshal.GetReference(cell);
            while (at < cell.Length)
            {
                int c;
                if (at + 4 <= cell.Length || at + 3 == cell.Length)
                {
                    uint b0 = Unsafe.Add(ref first, at), b1 = Unsafe.Add(ref first, at + 1), b2 = Unsafe.Add(ref first, at + 2);
                    if ((b0 & 0xF0) == 0xE0 && (b1 & 0xC0) == 0x80 && (b2 & 0xC0) == 0x80)
                    {
                        c = (int)((b0 & 15) << 12 | (b1 & 63) << 6 | b2 & 63);
                        at += 3;
                    }
                    else if (b0 == 0xC2 && b1 == 0xB7)
                    {
                        c = '\u00B7';
                        at += 2;
                    }
                    else return false;
                }
                else return false;

                var code = codes[c];
                if (code == 0 || shift >= names.NameBits) return false;
                value |= (ulong)code << shift;
                shift += names.CharBits;
            }

            return true;
        }

        return TryPlainGbName(cell, names, out value);
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

    private FieldReading ReadSlowName(ReadOnlySpan<byte> cell, AskedColumn column, out ulong value)
    {
        var reading = ReadText(cell, column.Codec.Comparer);
        value = column.Layout.Unknown;
        if (reading.Kind == ReadingKind.Value) value = column.Codec.ValueOf(reading.Canonical);
        return reading;
    }

    private ulong ReadValue(ReadOnlySpan<byte> cell, AskedColumn column)
    {
        if (column.Layout.Form == FieldForm.Date && FastDate.TryDay(cell, out var day)) return column.Codec.ValueOfDay(day);
        if (column.Memo.TryGet(cell, out var value)) return value;
        var reading = ReadText(cell, column.Codec.Comparer);
        value = reading.Kind switch
        {
            ReadingKind.Empty => EmptyMark,
            ReadingKind.Value when reading.Alternatives is { Count: > 1 } => column.Layout.Unknown,
            ReadingKind.Value => column.Codec.ValueOf(reading.Canonical),
            _ => UnreadableMark,
        };
        column.Memo.Put(cell, value);
        return value;
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
