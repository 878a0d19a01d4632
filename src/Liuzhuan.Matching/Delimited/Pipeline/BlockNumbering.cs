using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>The step that blocks take one after the other, in file order: rows and lines get their numbers, repeated keys are found, problems are told.</summary>
internal sealed class BlockNumbering(BatchContext context, long totalBytes) : IDisposable
{
    private readonly DuplicateIndex _index = new();
    private readonly LineIndex _lineIndex = new();
    private readonly List<CellRange> _cells = [];
    private readonly long _maxRows = Math.Min(context.Job.Bounds.MaxRows, uint.MaxValue - 1);
    private long _lines;
    private int _told;

    /// <summary>Counts of all lines that are no data rows, and of repeated rows.</summary>
    public BatchSummary Lines { get; } = new();

    public long Rows { get; private set; }

    /// <summary>The valid keys of all rows so far.</summary>
    public DuplicateIndex Keys => _index;

    public void Run(Block block)
    {
        var firstLine = _lines + 1;
        if (Rows + block.DataCount > _maxRows) throw DelimitedException.TooManyRows(firstLine + block.LineOf(RecordOf(block, (int)(_maxRows - Rows))), _maxRows);
        if (block.Refusal is not null) throw block.Refusal(firstLine + (block.RecordCount == 0 ? 0 : block.LineOf(block.RefusedRecord)));

        var firstRow = (uint)(Rows + 1);
        if (Rows == 0 && block.DataCount > 0 && totalBytes > 0) _index.Reserve(Math.Min(_maxRows, (long)((double)block.DataCount * totalBytes / block.BytesRead)));
        _lineIndex.Add(block, firstRow, firstLine);
        _index.FirstRows(block.Keys.AsSpan(0, block.DataCount), firstRow, block.Repeats);
        foreach (var repeat in block.Repeats) block.RepeatLines.Add(_lineIndex.LineOf(repeat.FirstRow));
        if (context.Job.Problem is { } problem && _told < context.Job.ProblemLimit) Tell(block, problem, firstLine);

        Rows += block.DataCount;
        _lines += block.LineCount;
        block.RowsDone = Rows;
        Lines.HeaderLines += block.PreludeCount;
        Lines.TotalLines += block.TotalCount;
        Lines.BlankLines += block.BlankCount;
        Lines.Duplicates += block.Repeats.Count;
    }

    public void Dispose() => _index.Dispose();

    private static int RecordOf(Block block, int data)
    {
        for (var i = 0; ; i++)
        {
            if (block.Records[i].Kind == RecordKind.Data && data-- == 0) return i;
        }
    }

    private void Tell(Block block, Action<ProblemRow> problem, long firstLine)
    {
        int data = 0, repeat = 0;
        for (var i = 0; i < block.RecordCount; i++)
        {
            var record = block.Records[i];
            if (record.Kind != RecordKind.Data) continue;
            var answer = block.Answers[data];
            DuplicateOf? first = null;
            if (repeat < block.Repeats.Count && block.Repeats[repeat].Index == data)
            {
                first = new DuplicateOf(block.Repeats[repeat].FirstRow, null, block.RepeatLines[repeat]);
                repeat++;
            }

            data++;
            if (answer.Verdict == Verdict.Consistent) continue;
            if (_told++ >= context.Job.ProblemLimit) return;
            problem(new ProblemRow(Rows + data, firstLine + block.LineOf(i), Decode(block.Text.AsSpan(record.Start, record.End - record.Start)), answer, first));
        }
    }

    private string[] Decode(ReadOnlySpan<byte> record)
    {
        CellReader.Split(record, context.Scanner, context.Rules, _cells);
        var cells = new string[_cells.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = context.Form.Decode(CellReader.Value(record.Slice(_cells[i].Start, _cells[i].Length), context.Rules));
        return cells;
    }
}
