using System.Runtime.InteropServices;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching;

/// <content>Comparing field by field, where one comparison of all was not enough.</content>
public sealed unsafe partial class RowKernel
{
    private AnswerCore JudgeClosely(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i, long slot, ulong rest)
    {
        var isSuperseded = (rest & TableLayout.SupersededFlag) != 0;
        // With changes about, the record that a replaced number points to may have changed.
        if ((rest & TableLayout.ComplexFlag) != 0 || isSuperseded && _hasOverlay) return DecideText(block, row, i);
        if (isSuperseded && _touched is not null && _policy.AnswerSuperseded) _judge.TouchSuccessor(_keys[i]);
        uint differing = 0, empty = 0, open = 0;
        var found = Notes.None;
        for (var a = 0; a < _asked.Length; a++)
        {
            if ((_rows[i].Filled >> a & 1) == 0) continue;
            var column = _asked[a];
            var layout = column.Codec.Layout;
            var stored = layout.IsHot ? layout.FromHot(rest) : layout.FromCold(_snapshot.ColdOf(slot));
            var asked = _values[i * _asked.Length + a];
            var isName = layout.Form == FieldForm.Name;
            var inHeap = layout.Form == FieldForm.Heap || isName && (stored & column.Codec.Escape) != 0;
            if (stored == 0) empty |= 1u << column.Field;
            else if (inHeap || asked == layout.Unknown && !isName)
            {
                CompareText(block, row, column, stored, ref differing, ref open, ref found);
            }
            else if (stored == asked)
            {
                if (isName) found |= _rows[i].NameNotes;
            }
            else
            {
                differing |= 1u << column.Field;
                if (!isName) continue;
                found |= _rows[i].NameNotes;
                if (IsVariant(block, row, column, asked, stored)) found |= Notes.VariantCharacters;
            }
        }

        // Only the side records know former names.
        if ((rest & TableLayout.SideFlag) != 0 && differing != 0) return DecideText(block, row, i);
        var status = (RecordStatus)(rest >> TableLayout.StatusShift);
        return Decision.Conclude(new Comparison(status, isSuperseded, differing, empty, open, found), _rows[i].Notes, _rows[i].NotCompared, _policy);
    }

    private void CompareText(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, AskedColumn column, ulong value, ref uint differing, ref uint open, ref Notes found)
    {
        var comparer = column.Codec.Comparer;
        var raw = Text(block, row[column.Slot]);
        var reading = comparer.Read(raw);
        var stored = _snapshot.TextOf(column.Field, value);
        var isName = column.Codec.Layout.Form == FieldForm.Name;
        var canonical = stored;
        if (isName) comparer.TryReadStored(stored, out canonical);
        if (TextJudge.Equal(reading, canonical))
        {
            if (isName && raw != stored) found |= Notes.NormalisedName;
            return;
        }

        if (comparer.LeavesOpen(reading, canonical))
        {
            open |= 1u << column.Field;
            return;
        }

        differing |= 1u << column.Field;
        if (!isName) return;
        if (reading.Changed) found |= Notes.NormalisedName;
        if (comparer.AreVariants(reading.Canonical, canonical)) found |= Notes.VariantCharacters;
    }

    private bool IsVariant(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, AskedColumn column, ulong asked, ulong stored)
    {
        if (asked != column.Codec.Layout.Unknown && !_snapshot.MayBeVariants(asked, stored)) return false;
        var reading = column.Codec.Comparer.Read(Text(block, row[column.Slot]));
        return column.Codec.Comparer.AreVariants(reading.Canonical, _snapshot.TextOf(column.Field, stored));
    }

    // Everything again, from text.
    private AnswerCore DecideText(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i)
    {
        _keyReader.ReadSlow(block, row[.._keyCount], _coding, out var key, out var text, out _);
        var asked = new List<AskedField>(_asked.Length);
        for (var a = 0; a < _asked.Length; a++)
        {
            if ((_rows[i].Filled >> a & 1) == 0) continue;
            var raw = Text(block, row[_asked[a].Slot]);
            asked.Add(new AskedField(_asked[a].Field, raw, _asked[a].Codec.Comparer.Read(raw)));
        }

        return _judge.Decide(key, text, CollectionsMarshal.AsSpan(asked), _rows[i].Notes, _rows[i].NotCompared);
    }
}
