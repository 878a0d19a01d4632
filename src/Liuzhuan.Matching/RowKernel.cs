using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private readonly TouchedNumbers? _touched;
    private readonly int[] _touchedSlots;
    private readonly KeySpace? _space;
    private readonly byte* _buckets;
    private readonly ulong _bucketCount;
    private readonly int _homeShift;

    // Held in memory that does not move, so that the loops below need no bounds checks.
    private readonly RowState[] _states = GC.AllocateArray<RowState>(Group, pinned: true);
    private readonly RowState* _rows;
    private readonly ulong[] _keyMemory = GC.AllocateArray<ulong>(3 * Group, pinned: true);
    private readonly ulong* _keys, _scattered;
    private readonly long* _homes;
    private readonly ulong[] _valueMemory;
    private readonly ulong* _values;
    private readonly int[] _displaced = new int[Group];
    private readonly int[] _cold = new int[Group];

    /// <param name="register">Answers come from the register as it is now; for many kernels of one batch give a pinned one.</param>
    /// <param name="touched">Is told all persons but those whose numbers are the duplicate keys.</param>
    /// <param name="cellsAreTyped">The cells come from a workbook: see <see cref="KeyContext.CellsAreTyped"/>.</param>
    public RowKernel(Register register, QuestionPlan plan, DisclosurePolicy policy, CellCoding coding, TouchedNumbers? touched = null, bool cellsAreTyped = false)
    {
        _view = register.View;
        (_snapshot, _plan, _policy, _coding) = (_view.Snapshot, plan, policy, coding);
        (_keyReader, _judge) = (cellsAreTyped ? _snapshot.KeyReader.ForTypedCells() : _snapshot.KeyReader, new TextJudge(_view, policy, touched));
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
        _touched = touched;
        _touchedSlots = touched is null ? [] : TouchedSlots(plan.Schema);
        _asksCold = _asked.Any(column => column.Mask == 0);
        _valueMemory = GC.AllocateArray<ulong>(Group * Math.Max(1, _asked.Length), pinned: true);
        _values = (ulong*)Unsafe.AsPointer(ref _valueMemory[0]);
        _rows = (RowState*)Unsafe.AsPointer(ref _states[0]);
        _keys = (ulong*)Unsafe.AsPointer(ref _keyMemory[0]);
        _scattered = _keys + Group;
        _homes = (long*)_keys + 2 * Group;
        _buckets = _snapshot.Buckets;
        (_space, _bucketCount, _homeShift) = (_snapshot.Keys, (ulong)_snapshot.Layout.Buckets, 64 - _snapshot.KeyBits);
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
        GC.KeepAlive(_states);
        GC.KeepAlive(_keyMemory);
        GC.KeepAlive(_valueMemory);
    }

    private void DecideGroup(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers, Span<ulong> duplicateKeys)
    {
        ReadKeys(block, cells, duplicateKeys);
        // All requests to memory in one go: their address look-ups then overlap, and reading the fields covers the time the lines take.
        if (Sse.IsSupported)
        {
            for (var i = 0; i < answers.Length; i++) Sse.Prefetch0(_buckets + _homes[i] * TableLayout.BucketBytes);
        }

        for (var a = 0; a < _asked.Length; a++) ReadColumn(block, cells, answers.Length, a);
        for (var i = 0; i < answers.Length && _touchedSlots.Length != 0; i++) Touch(block, cells.Slice(i * _slotCount, _slotCount));
        Probe(block, cells, answers);
    }

    private void Probe(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, Span<AnswerCore> answers)
    {
        int displaced = 0, cold = 0;
        var isPlain = _space is not null && !_hasOverlay && !_asksCold;
        for (var i = 0; i < answers.Length; i++)
        {
            var state = _rows + i;
            var line = _buckets + _homes[i] * TableLayout.BucketBytes;
            // Nine rows in ten: the record stands where it is looked for first, nothing about it is special, and every asked field is equal in one comparison.
            if (isPlain && state->IsKnown && state->Reasons == Reasons.None)
            {
                var entry = FindIn(line, 0, _scattered[i]);
                if (entry >= 0)
                {
                    var rest = ((ulong*)(line + 16))[entry];
                    answers[i] = Judge(block, cells, i, entry, rest);
                    continue;
                }
            }

            answers[i] = ProbeSlowly(block, cells, i, line, ref displaced, ref cold);
        }

        foreach (var i in _displaced.AsSpan(0, displaced)) DecideDisplaced(block, cells.Slice(i * _slotCount, _slotCount), i, ref answers[i], ref cold);
        foreach (var i in _cold.AsSpan(0, cold)) answers[i] = JudgeClosely(block, cells.Slice(i * _slotCount, _slotCount), i, _rows[i].Slot, _rows[i].Rest);
    }

    // The answer, or nothing yet for a row that waits for more of memory.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private AnswerCore ProbeSlowly(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, int i, byte* line, ref int displaced, ref int cold)
    {
        var state = _rows + i;
        if (state->Reasons != Reasons.None) return Decision.Invalid(state->Reasons);
        if (_hasOverlay && _view.Overlay.MayContain(_keys[i])) return DecideText(block, cells.Slice(i * _slotCount, _slotCount), i);
        if (!state->IsKnown) return Decision.NotInRegister(state->Notes, state->NotCompared);
        if (_space is null) return DecideWide(block, cells.Slice(i * _slotCount, _slotCount), i);
        var entry = FindIn(line, 0, _scattered[i]);
        if (entry >= 0)
        {
            var rest = ((ulong*)(line + 16))[entry];
            if (!_asksCold) return Judge(block, cells, i, entry, rest);
            AskCold(state, i, _homes[i] * TableLayout.EntriesPerBucket + entry, rest, ref cold);
            return default;
        }

        if ((*(uint*)line >> BucketFill.OverflowBit & 1) == 0) return Decision.NotInRegister(state->Notes, state->NotCompared);
        if (Sse.IsSupported) Sse.Prefetch0(line + TableLayout.BucketBytes);
        _displaced[displaced++] = i;
        return default;
    }

    // By an entry of the home bucket.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private AnswerCore Judge(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, int i, int entry, ulong rest)
    {
        var state = _rows + i;
        return ((rest ^ state->Pattern) & state->Mask | rest & TableLayout.AttentionMask) == 0
            ? new AnswerCore(Verdict.Consistent, 0, state->Notes | state->NameNotes, 0, state->NotCompared)
            : JudgeClosely(block, cells.Slice(i * _slotCount, _slotCount), i, _homes[i] * TableLayout.EntriesPerBucket + entry, rest);
    }

    // Some asked field lies in the cold record: ask memory for it and judge when all of the group's are on their way.
    private void AskCold(RowState* state, int i, long slot, ulong rest, ref int cold)
    {
        (state->Slot, state->Rest) = (slot, rest);
        if (Sse.IsSupported) Sse.Prefetch0(_snapshot.Cold + slot * _snapshot.Layout.ColdStride);
        _cold[cold++] = i;
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
                if ((head >> candidate * 4 & 15) == displacement && _snapshot.HasTagHigh(line, candidate, scattered)) return candidate;
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

    private void DecideDisplaced(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i, ref AnswerCore answer, ref int cold)
    {
        var state = _rows + i;
        for (uint displacement = 1; displacement <= TableLayout.MaxDisplacement; displacement++)
        {
            var bucket = _homes[i] + displacement;
            var line = _buckets + bucket * TableLayout.BucketBytes;
            var entry = FindIn(line, displacement, _scattered[i]);
            if (entry >= 0)
            {
                var rest = ((ulong*)(line + 16))[entry];
                if (_asksCold) AskCold(state, i, bucket * TableLayout.EntriesPerBucket + entry, rest, ref cold);
                else answer = JudgeClosely(block, row, i, bucket * TableLayout.EntriesPerBucket + entry, rest);
                return;
            }

            if ((*(uint*)line >> BucketFill.OverflowBit & 1) == 0) break;
        }

        answer = Decision.NotInRegister(state->Notes, state->NotCompared);
    }

    private AnswerCore DecideWide(ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> row, int i)
    {
        var reason = _keyReader.ReadSlow(block, row[.._keyCount], _coding, out _, out var text, out _);
        var slot = reason == Reasons.None ? _snapshot.FindSlot(_scattered[i], text) : -1;
        return slot < 0 ? Decision.NotInRegister(_rows[i].Notes, _rows[i].NotCompared) : JudgeClosely(block, row, i, slot, _snapshot.Rest(slot));
    }

    /// <summary>What reading one row's cells has given. The first 32 bytes are what fields add to, and are cleared in one go.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct RowState
    {
        public ulong Pattern, Mask;
        public uint NotCompared, Filled;
        public Notes Notes, NameNotes;
        public Reasons Reasons;

        /// <summary>The register may hold the key; then the home bucket is set.</summary>
        public bool IsKnown;
        public ulong Rest;
        public long Slot;
    }

    /// <summary>A field that is asked and may be compared, with what the loops need of it at hand.</summary>
    private sealed class AskedColumn(int slot, int field, bool isRequired, FieldCodec codec)
    {
        public readonly CellMemo Memo = new();
        public readonly WordMemo Words = new();
        public readonly FieldCodec Codec = codec;
        public readonly ushort[] PlainCodes = codec.Names.PlainCodeOf;
        public readonly int Slot = slot;
        public readonly int Field = field;
        public readonly bool IsRequired = isRequired;
        public readonly bool IsName = codec.Layout.Form == FieldForm.Name;
        public readonly int NameBits = codec.Names.NameBits;
        public readonly int CharBits = codec.Names.CharBits;

        /// <summary>Place in the hot word; a cold field has an empty mask.</summary>
        public readonly int Shift = codec.Layout.Shift;
        public readonly ulong Mask = codec.Layout.IsHot ? codec.Layout.Mask : 0;
    }
}
