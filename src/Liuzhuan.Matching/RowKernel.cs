using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching;

/// <summary>
/// Decides rows of cells against a register. One instance per thread; it keeps scratch space.
/// Rows go through in groups: read the cells and ask memory for each row's bucket; then, when the lines have arrived, compare.
/// </summary>
public sealed unsafe partial class RowKernel
{
    private const int Group = 64;

    private readonly RegisterView _view;
    private readonly Snapshot _snapshot;
    private readonly QuestionPlan _plan;
    private readonly DisclosurePolicy _policy;
    private readonly CellCoding _coding;
    private readonly KeyReader _keyReader;
    private readonly FastCitizenNumber? _fast;
    private readonly TextJudge _judge;
    private readonly AskedColumn[] _asked;
    private readonly bool _asksCold;
    private readonly int _keyCount, _slotCount;
    private readonly bool _hasOverlay;

    // One entry per row of the group.
    private readonly ulong[] _key = new ulong[Group];
    private readonly ulong[] _scattered = new ulong[Group];
    private readonly ulong[] _pattern = new ulong[Group];
    private readonly ulong[] _mask = new ulong[Group];
    private readonly ulong[] _values;
    private readonly Notes[] _notes = new Notes[Group];
    private readonly Notes[] _nameNotes = new Notes[Group];
    private readonly uint[] _notCompared = new uint[Group];
    private readonly uint[] _filled = new uint[Group];
    private readonly long[] _home = new long[Group];
    private readonly int[] _probing = new int[Group];
    private readonly int[] _displaced = new int[Group];

    /// <param name="register">Answers come from the register as it is now; for many kernels of one batch give a pinned one.</param>
    public RowKernel(Register register, QuestionPlan plan, DisclosurePolicy policy, CellCoding coding)
    {
        _view = register.View;
        (_snapshot, _plan, _policy, _coding) = (_view.Snapshot, plan, policy, coding);
        (_keyReader, _judge) = (_snapshot.KeyReader, new TextJudge(_view, policy));
        _fast = _keyReader.Fast;
        (_keyCount, _slotCount) = (plan.KeyCount, plan.SlotCount);
        _hasOverlay = _view.Overlay.Count > 0;
        var asked = new List<AskedColumn>();
        for (var i = 0; i < plan.Fields.Length; i++)
        {
            var field = plan.Fields[i];
            if (!plan.Schema.Fields[field].Disclosed || (policy.Fields >> field & 1) == 0) continue;
            asked.Add(new AskedColumn(_keyCount + i, field, plan.Schema.Fields[field].Required, _snapshot.Codecs[field]));
        }

        _asked = [.. asked];
        _asksCold = _asked.Any(column => !column.Codec.Layout.IsHot);
        _values = new ulong[Group * Math.Max(1, _asked.Length)];
        if (_coding == CellCoding.Gb18030) _ = _snapshot.Names.CodeOfGb;
    }

    /// <summary>Decides any number of rows.</summary>
    /// <param name="block">Bytes that <paramref name="cells"/> point into.</param>
    /// <param name="cells">Rows times <see cref="QuestionPlan.SlotCount"/> cells, row by row.</param>
    /// <param name="answers">One answer per row.</param>
    /// <param name="duplicateKeys">Per row a value that is equal for rows with the same valid key, or 0 when the row has no valid key.</param>
    public void Decide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> duplicateKeys)
    {
        for (var row = 0; row < answers.Length; row += Group)
        {
            var count = Math.Min(Group, answers.Length - row);
            DecideGroup(block, cells.Slice(row * _slotCount, count * _slotCount), answers.Slice(row, count), duplicateKeys.Slice(row, count));
        }

        GC.KeepAlive(_snapshot);
    }

    private void DecideGroup(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> duplicateKeys)
    {
        var probing = 0;
        for (var i = 0; i < answers.Length; i++)
        {
            var row = cells.Slice(i * _slotCount, _slotCount);
            var reasons = ReadKey(block, row, i);
            reasons |= ReadFields(block, row, i);
            duplicateKeys[i] = (reasons & NumberReasons) == 0 ? _key[i] : 0;
            if (reasons != Reasons.None) answers[i] = Decision.Invalid(reasons);
            else if (_hasOverlay && _view.Overlay.MayContain(_key[i])) answers[i] = DecideText(block, row, i);
            else if (_snapshot.Keys is { } space && !space.TryScatter(_key[i], out _scattered[i])) answers[i] = Decision.NotInRegister(_notes[i], _notCompared[i]);
            else
            {
                if (_keyReader.IsWide) _scattered[i] = _key[i];
                _home[i] = _snapshot.Layout.Home(_scattered[i], _snapshot.KeyBits);
                if (Sse.IsSupported) Sse.Prefetch0(_snapshot.Buckets + _home[i] * TableLayout.BucketBytes);
                _probing[probing++] = i;
            }
        }

        var displaced = 0;
        for (var p = 0; p < probing; p++)
        {
            var i = _probing[p];
            var row = cells.Slice(i * _slotCount, _slotCount);
            if (_keyReader.IsWide)
            {
                answers[i] = DecideWide(block, row, i);
                continue;
            }

            var line = _snapshot.Buckets + _home[i] * TableLayout.BucketBytes;
            var entry = FindIn(line, 0, _scattered[i]);
            if (entry >= 0) answers[i] = Judge(block, row, i, _home[i], entry);
            else if ((*(uint*)line >> BucketFill.OverflowBit & 1) == 0) answers[i] = Decision.NotInRegister(_notes[i], _notCompared[i]);
            else
            {
                if (Sse.IsSupported) Sse.Prefetch0(line + TableLayout.BucketBytes);
                _displaced[displaced++] = i;
            }
        }

        for (var d = 0; d < displaced; d++)
        {
            var i = _displaced[d];
            answers[i] = DecideDisplaced(block, cells.Slice(i * _slotCount, _slotCount), i);
        }
    }

    // The entry of a bucket with this tag and displacement, or -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindIn(byte* line, uint displacement, ulong scattered)
    {
        var head = *(uint*)line;
        if (Vector128.IsHardwareAccelerated)
        {
            // Two tags' room of head, then six tags: one comparison finds all candidates.
            var same = Vector128.Equals(Vector128.Load((ushort*)line), Vector128.Create((ushort)scattered)).ExtractMostSignificantBits() >> 2;
            same &= (1u << (int)(head >> BucketFill.CountShift & 7)) - 1;
            for (; same != 0; same &= same - 1)
            {
                var candidate = System.Numerics.BitOperations.TrailingZeroCount(same);
                if (_snapshot.IsEntry(line, head, candidate, displacement, scattered)) return candidate;
            }

            return -1;
        }

        var count = (int)(head >> BucketFill.CountShift & 7);
        for (var i = 0; i < count; i++)
        {
            if (_snapshot.IsEntry(line, head, i, displacement, scattered)) return i;
        }

        return -1;
    }

    private AnswerCore DecideDisplaced(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i)
    {
        for (uint displacement = 1; displacement <= TableLayout.MaxDisplacement; displacement++)
        {
            var line = _snapshot.Buckets + (_home[i] + displacement) * TableLayout.BucketBytes;
            var entry = FindIn(line, displacement, _scattered[i]);
            if (entry >= 0) return Judge(block, row, i, _home[i] + displacement, entry);
            if ((*(uint*)line >> BucketFill.OverflowBit & 1) == 0) break;
        }

        return Decision.NotInRegister(_notes[i], _notCompared[i]);
    }

    private AnswerCore DecideWide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i)
    {
        _keyReader.ReadSlow(block, row[.._keyCount], _coding, out _, out var text, out _);
        var slot = _snapshot.FindSlot(_scattered[i], text);
        return slot < 0
            ? Decision.NotInRegister(_notes[i], _notCompared[i])
            : Judge(block, row, i, slot / TableLayout.EntriesPerBucket, (int)(slot % TableLayout.EntriesPerBucket));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AnswerCore Judge(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i, long bucket, int entry)
    {
        var rest = ((ulong*)(_snapshot.Buckets + bucket * TableLayout.BucketBytes + 16))[entry];
        // Nine rows in ten: nothing special about the record, and every asked field equal in one comparison.
        if (((rest ^ _pattern[i]) & _mask[i] | rest & TableLayout.AttentionMask) == 0 && !_asksCold)
            return new AnswerCore(Verdict.Consistent, 0, _notes[i] | _nameNotes[i], 0, _notCompared[i]);
        return JudgeClosely(block, row, i, bucket * TableLayout.EntriesPerBucket + entry, rest);
    }

    private const Reasons NumberReasons =
        Reasons.NumberMissing | Reasons.NumberLength | Reasons.NumberCharacters | Reasons.NumberDate | Reasons.NumberDivision | Reasons.NumberCheckDigit | Reasons.NumberDamagedBySpreadsheet;

    /// <summary>A field that is asked and may be compared.</summary>
    private sealed class AskedColumn(int slot, int field, bool isRequired, FieldCodec codec)
    {
        public readonly int Slot = slot;
        public readonly int Field = field;
        public readonly bool IsRequired = isRequired;
        public readonly FieldCodec Codec = codec;
        public readonly FieldLayout Layout = codec.Layout;
        public readonly CellMemo Memo = new();
    }
}
