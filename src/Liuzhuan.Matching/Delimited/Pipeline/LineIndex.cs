namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>
/// On which line a data row stands, without keeping it for each row: a stretch in which every line is one data row is two
/// numbers, however long. Only blocks with rows of several lines or with other lines in between take one byte per row.
/// </summary>
internal sealed class LineIndex
{
    private readonly List<Stretch> _stretches = [];

    /// <summary>Adds the rows of the next block, the first of which is <paramref name="firstRow"/>; its text starts on <paramref name="firstLine"/>.</summary>
    public void Add(Block block, uint firstRow, long firstLine)
    {
        if (block.DataCount == 0) return;
        var record = 0;
        while (block.Records[record].Kind != RecordKind.Data) record++;
        var line = firstLine + block.LineOf(record);
        var steps = Steps(block, record);
        if (steps is null && _stretches.Count > 0)
        {
            var last = _stretches[^1];
            if (last.Steps is null && line - firstRow == last.FirstLine - last.FirstRow) return;
        }

        _stretches.Add(new Stretch(firstRow, line, steps));
    }

    /// <summary>The line on which a row starts.</summary>
    public long LineOf(uint row)
    {
        int low = 0, high = _stretches.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_stretches[middle].FirstRow <= row) low = middle;
            else high = middle - 1;
        }

        var stretch = _stretches[low];
        if (stretch.Steps is null) return stretch.FirstLine + (row - stretch.FirstRow);
        var line = stretch.FirstLine;
        var at = 0;
        for (var left = row - stretch.FirstRow; left > 0; left--)
        {
            for (var shift = 0; ; shift += 7)
            {
                var b = stretch.Steps[at++];
                line += (long)(b & 0x7F) << shift;
                if (b < 0x80) break;
            }
        }

        return line;
    }

    // Lines from each data row to the next, seven bits to a byte; null when that is always one.
    private static byte[]? Steps(Block block, int first)
    {
        if (!block.HasInnerLineEnds && block.DataCount == block.RecordCount - first) return null;
        List<byte> steps = new(block.DataCount);
        var line = block.LineOf(first);
        for (var i = first + 1; i < block.RecordCount; i++)
        {
            if (block.Records[i].Kind != RecordKind.Data) continue;
            var step = block.LineOf(i) - line;
            line += step;
            for (; step >= 0x80; step >>= 7) steps.Add((byte)(step | 0x80));
            steps.Add((byte)step);
        }

        return steps.TrueForAll(step => step == 1) ? null : [.. steps];
    }

    private readonly record struct Stretch(uint FirstRow, long FirstLine, byte[]? Steps);
}
