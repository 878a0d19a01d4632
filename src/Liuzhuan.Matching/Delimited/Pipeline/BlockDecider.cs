using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Divides the text of a block into records and cells and has the data rows decided. One per thread.</summary>
internal sealed unsafe partial class BlockDecider
{
    private readonly BatchContext _context;
    private readonly IRowDecider _decider;
    private readonly RecordClassifier _classifier;
    private readonly int[] _columns;
    private readonly CellRange[] _cells;
    private readonly int _rowsAtOnce;
    private readonly int _maxColumns;
    private readonly int _maxRecordBytes;
    private int _waiting;

    public BlockDecider(BatchContext context, IRowDecider decider)
    {
        (_context, _decider, _classifier) = (context, decider, new RecordClassifier(context));
        _columns = context.Job.Plan.Columns.ToArray();
        _rowsAtOnce = context.Settings.RowsAtOnce;
        _cells = new CellRange[_rowsAtOnce * _columns.Length + MostPairs];
        _maxColumns = Math.Min(context.Job.Bounds.MaxColumns, ushort.MaxValue);
        _maxRecordBytes = context.Job.Bounds.MaxRecordBytes;
    }

    public void Run(Block block)
    {
        _waiting = 0;
        Divide(block);
        Flush(block);
        if (block.HasInnerLineEnds) CountLines(block);
        else block.LineCount = block.RecordCount;
    }

    // References instead of spans: this loop is passed for every row. They stay within their arrays because the last mark is
    // always that of a line end, and marks lie within the text.
    private void Divide(Block block)
    {
        var text = block.Text;
        ref var marks = ref MemoryMarshal.GetArrayDataReference(block.Marks);
        var stripCr = _context.Rules.LineEnd == TextRules.Lf;
        var headerWidth = _context.Job.HeaderWidth;
        var hasQuotes = block.HasQuotes;
        var records = block.Records;
        var count = block.MarkCount;
        var slots = _columns.Length;
        int start = 0, record = 0, next = 0;
        while (next < count)
        {
            if (record >= block.PreludeCount && next > 0)
            {
                DivideTypical(block, ref record, ref next, ref start);
                records = block.Records;
                if (next >= count) break;
            }

            ref var delimiters = ref Unsafe.Add(ref marks, next);
            var cells = 0;
            while (Unsafe.Add(ref delimiters, cells++) >= 0);
            var lineEndAt = Marks.Place(Unsafe.Add(ref delimiters, cells - 1));
            var end = lineEndAt;
            if (stripCr && end > start && ByteAt(text, end - 1) == TextRules.Cr) end--;
            if (record == records.Length) records = Grow(ref block.Records);
            if (cells > _maxColumns || end - start > _maxRecordBytes)
            {
                Refuse(block, record, cells);
                break;
            }

            var kind = RecordKind.Data;
            if (record < block.PreludeCount)
            {
                kind = block.HasHeader && record == block.PreludeCount - 1 ? RecordKind.Header : RecordKind.Title;
            }
            else
            {
                ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), _waiting * slots);
                var number = default(CellRange);
                for (var s = 0; s < slots; s++)
                {
                    int from = 0, length = 0;
                    var column = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_columns), s);
                    if (column < cells)
                    {
                        from = column == 0 ? start : Marks.Place(Unsafe.Add(ref delimiters, column - 1)) + 1;
                        length = (column == cells - 1 ? end : Marks.Place(Unsafe.Add(ref delimiters, column))) - from;
                        if (hasQuotes && ByteAt(block.Text, from) == TextRules.Quote) (from, length) = CellReader.Value(block, from, from + length, _context.Rules);
                    }

                    // One store of eight bytes; two of four would have to drain before the kernel can load the pair.
                    Unsafe.As<CellRange, ulong>(ref Unsafe.Add(ref target, s)) = BitConverter.IsLittleEndian ? (uint)from | (ulong)(uint)length << 32 : (uint)length | (ulong)(uint)from << 32;
                    if (s == 0) number = new CellRange(from, length);
                }

                if (hasQuotes) text = block.Text;
                if (!RecordClassifier.IsSurelyData(text, number)) kind = Classify(block, start, block.Marks.AsSpan(next, cells - 1), end);
                if (kind == RecordKind.Data) TakeRow(block, isTooLong: cells > headerWidth);
            }

            ref var span = ref records[record++];
            span.Start = start;
            span.End = end;
            span.FirstEnd = cells == 1 ? end : Marks.Place(delimiters);
            span.Cells = (ushort)cells;
            span.Kind = kind;
            span.EndLength = (byte)(lineEndAt - end + (lineEndAt == block.Length ? 0 : 1));
            start = lineEndAt + 1;
            next += cells;
        }

        block.RecordCount = record;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte ByteAt(byte[] text, int at) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(text), at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeRow(Block block, bool isTooLong)
    {
        if (isTooLong) TakeTooLong(block);
        else if (++_waiting == _rowsAtOnce) Flush(block);
    }

    private void TakeTooLong(Block block)
    {
        Flush(block);
        Room(block, 1);
        block.Keys[block.DataCount] = 0;
        block.Answers[block.DataCount++] = new AnswerCore(Verdict.Invalid, Reasons.RowTooLong);
    }

    private RecordKind Classify(Block block, int start, ReadOnlySpan<int> delimiters, int end)
    {
        switch (_classifier.Classify(block.Text, start, delimiters, end))
        {
            case RowKind.Data:
                return RecordKind.Data;
            case RowKind.Total:
                block.TotalCount++;
                return RecordKind.Total;
            default:
                block.BlankCount++;
                return RecordKind.Blank;
        }
    }

    private void Flush(Block block)
    {
        if (_waiting == 0) return;
        Room(block, _waiting);
        _decider.Decide(
            block.Text.AsSpan(0, block.ScratchTop),
            _cells.AsSpan(0, _waiting * _columns.Length),
            block.Answers.AsSpan(block.DataCount, _waiting),
            block.Keys.AsSpan(block.DataCount, _waiting));
        block.DataCount += _waiting;
        block.ScratchTop = block.Length + 1;
        _waiting = 0;
    }

    private void Refuse(Block block, int record, int cells)
    {
        block.RefusedRecord = record;
        block.Records[record] = default;
        var (columns, bytes) = (_maxColumns, _maxRecordBytes);
        block.Refusal = cells > columns ? line => DelimitedException.TooManyColumns(line, columns) : line => DelimitedException.RecordTooLong(line, bytes);
    }

    private void CountLines(Block block)
    {
        if (block.Lines.Length < block.RecordCount + 1) block.Lines = new int[Math.Max(block.RecordCount + 1, block.Lines.Length * 2)];
        var lines = 0;
        for (var i = 0; i < block.RecordCount; i++)
        {
            block.Lines[i] = lines;
            var record = block.Records[i];
            lines += 1 + block.Text.AsSpan(record.Start, record.End - record.Start).Count(_context.Rules.LineEnd);
        }

        block.Lines[block.RecordCount] = lines;
        block.LineCount = lines;
    }

    private static RecordSpan[] Grow(ref RecordSpan[] records)
    {
        Array.Resize(ref records, Math.Max(64, records.Length * 2));
        return records;
    }

    private static void Room(Block block, int rows)
    {
        var least = block.DataCount + rows;
        if (least <= block.Answers.Length) return;
        var size = Math.Max(least, block.Answers.Length * 2);
        Array.Resize(ref block.Answers, size);
        Array.Resize(ref block.Keys, size);
    }
}
