using Liuzhuan.Matching.Delimited.Scanning;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>
/// Cuts the file into blocks of whole records, one after the other. They are indexed here, because with quotes only that tells where a record ends.
/// </summary>
internal sealed class BlockReader(BatchContext context, WorkingReader input)
{
    private byte[] _tail = [];
    private int _tailLength;
    private bool _ended;
    private int _preludeLeft = context.Job.HeaderRecord + 1;

    /// <summary>Everything has been handed out.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Reads the next block; false when there is none.</summary>
    public bool Read(Block block)
    {
        block.Clear();
        var target = Math.Max(context.Settings.BlockBytes, _tailLength + context.Settings.BlockBytes / 2);
        Room(block, target);
        _tail.AsSpan(0, _tailLength).CopyTo(block.Text);
        block.Length = _tailLength;
        while (true)
        {
            Fill(block, target);
            var length = block.Length;
            if (length == 0) break;
            var consumed = Cut(block);
            if (consumed > 0 || _ended || length > context.Job.Bounds.MaxRecordBytes)
            {
                Finish(block, length, consumed);
                break;
            }

            target = length * 2;
            Room(block, target);
        }

        IsDone = _ended && _tailLength == 0 || block.Refusal is not null;
        block.BytesRead = input.BytesRead;
        return block.Length > 0 || block.Refusal is not null;
    }

    private static void Room(Block block, int length)
    {
        if (block.Text.Length < length + Block.Slack) Array.Resize(ref block.Text, length + Block.Slack);
    }

    private void Fill(Block block, int target)
    {
        const int LeastRoom = 16;
        Room(block, target);
        while (!_ended && block.Length + LeastRoom <= target)
        {
            var read = input.Read(block.Text.AsSpan(block.Length, target - block.Length));
            if (read == 0) _ended = true;
            block.Length += read;
        }
    }

    // Returns the bytes of whole records; the rest waits for more text.
    private int Cut(Block block)
    {
        block.Scan(context.Scanner, context.Rules.Needles);
        var found = QuoteFilter.Keep(block.Text.AsSpan(0, block.Length), block.Marks.AsSpan(0, block.MarkCount), context.Rules, _ended);
        block.HasQuotes = found.HasQuotes;
        block.HasInnerLineEnds = found.HasInnerLineEnds;
        block.MarkCount = _ended ? found.Kept : found.Count;
        return found.Consumed;
    }

    private void Finish(Block block, int length, int consumed)
    {
        if (_ended)
        {
            block.Length = length;
            if (consumed < length) block.AddMissingEnd(context.Rules.LineEnd);
        }
        else
        {
            block.Length = consumed;
        }

        var rest = block.Text.AsSpan(block.Length, length - block.Length);
        if (_tail.Length < rest.Length) _tail = new byte[Math.Max(rest.Length, 1024)];
        rest.CopyTo(_tail);
        _tailLength = rest.Length;
        block.ScratchTop = block.Length + 1;
        if (_preludeLeft > 0) TakePrelude(block);
        if (consumed > 0 || _ended) return;
        var limit = context.Job.Bounds.MaxRecordBytes;
        (block.RefusedRecord, block.Refusal) = (0, line => DelimitedException.RecordTooLong(line, limit));
    }

    private void TakePrelude(Block block)
    {
        var records = 0;
        foreach (var mark in block.Marks.AsSpan(0, block.MarkCount))
        {
            if (mark < 0 && ++records == _preludeLeft) break;
        }

        block.PreludeCount = records;
        _preludeLeft -= records;
        block.HasHeader = _preludeLeft == 0;
    }
}
