using System.Runtime.CompilerServices;
using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Divides the text of a block into records and cells and has the data rows decided. One per thread.</summary>
internal sealed class BlockDecider
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
        _cells = new CellRange[_rowsAtOnce * _columns.Length];
        _maxColumns = Math.Min(context.Job.Bounds.MaxColumns, ushort.MaxValue);
        _maxRecordBytes = context.Job.Bounds.MaxRecordBytes;
    }

    public void Run(Block block)
    {
        if (!block.IsIndexed)
        {
            block.Scan(_context.Scanner, _context.Rules.WithoutQuotes);
            if (block.EndIsMissing) block.Positions[block.PositionCount++] = block.Length;
        }

        _waiting = 0;
        Divide(block);
        Flush(block);
        if (block.HasInnerLineEnds) CountLines(block);
        else block.LineCount = block.RecordCount;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide(Block block)
    {
        var text = block.Text;
        var positions = block.Positions.AsSpan(0, block.PositionCount);
        var lineEnd = _context.Rules.LineEnd;
        var stripCr = lineEnd == TextRules.Lf;
        var headerWidth = _context.Job.HeaderWidth;
        var columns = _columns.AsSpan();
        var records = block.Records.AsSpan();
        var hasQuotes = block.HasQuotes;
        int start = 0, record = 0, next = 0;
        while (next < positions.Length)
        {
            var first = next;
            while (text[positions[next]] != lineEnd) next++;
            var lineEndAt = positions[next];
            var delimiters = positions[first..next++];
            var end = lineEndAt;
            if (stripCr && end > start && text[end - 1] == TextRules.Cr) end--;
            var endLength = lineEndAt - end + (lineEndAt == block.Length ? 0 : 1);
            var cells = delimiters.Length + 1;
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
                var target = _cells.AsSpan(_waiting * columns.Length, columns.Length);
                for (var s = 0; s < target.Length; s++)
                {
                    var column = columns[s];
                    if (column >= cells)
                    {
                        target[s] = default;
                        continue;
                    }

                    var from = column == 0 ? start : delimiters[column - 1] + 1;
                    var to = column == delimiters.Length ? end : delimiters[column];
                    target[s] = hasQuotes ? CellReader.Value(block, from, to, _context.Rules) : new CellRange(from, to - from);
                }

                if (hasQuotes) text = block.Text;
                if (!RecordClassifier.IsSurelyData(text, target[0])) kind = Classify(block, start, delimiters, end);
                if (kind == RecordKind.Data)
                {
                    if (block.DataCount + _waiting == block.Answers.Length) GrowAnswers(block);
                    if (cells > headerWidth)
                    {
                        Flush(block);
                        block.Keys[block.DataCount] = 0;
                        block.Answers[block.DataCount++] = new AnswerCore(Verdict.Invalid, Reasons.RowTooLong);
                    }
                    else if (++_waiting == _rowsAtOnce)
                    {
                        Flush(block);
                    }
                }
            }

            records[record++] = new RecordSpan(start, end, delimiters.Length == 0 ? end : delimiters[0], (ushort)cells, kind, (byte)endLength);
            start = lineEndAt + 1;
        }

        block.RecordCount = record;
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

    private static Span<RecordSpan> Grow(ref RecordSpan[] records)
    {
        Array.Resize(ref records, Math.Max(64, records.Length * 2));
        return records;
    }

    private static void GrowAnswers(Block block)
    {
        var size = Math.Max(64, block.Answers.Length * 2);
        Array.Resize(ref block.Answers, size);
        Array.Resize(ref block.Keys, size);
    }
}
