namespace Liuzhuan.Benchmarks.Data;

/// <summary>Writes files of rows that can be computed each alone: blocks are filled in parallel and written in order.</summary>
internal static class RowFile
{
    private const int RowsPerBlock = 32_768;

    /// <summary>Writes one row into the span and returns its length.</summary>
    public delegate int RowWriter(long row, Span<byte> target);

    /// <summary>Writes the file beside <paramref name="path"/> and renames it, so a file that exists is whole.</summary>
    public static void Write(string path, string header, long rows, int maxRowBytes, RowWriter write)
    {
        var unfinished = path + ".part";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(header));
            var blocks = Enumerable.Range(0, (int)((rows + RowsPerBlock - 1) / RowsPerBlock)).AsParallel().AsOrdered()
                .WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(block => Fill(block, rows, maxRowBytes, write));
            foreach (var (bytes, length) in blocks)
            {
                file.Write(bytes, 0, length);
                System.Buffers.ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        File.Move(unfinished, path, overwrite: true);
    }

    private static (byte[] Bytes, int Length) Fill(int block, long rows, int maxRowBytes, RowWriter write)
    {
        var bytes = System.Buffers.ArrayPool<byte>.Shared.Rent(RowsPerBlock * maxRowBytes);
        var (row, end, length) = ((long)block * RowsPerBlock, Math.Min(rows, (block + 1L) * RowsPerBlock), 0);
        for (; row < end; row++) length += write(row, bytes.AsSpan(length, maxRowBytes));
        return (bytes, length);
    }
}

/// <summary>Appends text to a span.</summary>
internal ref struct RowText(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    public int Length { get; private set; }

    /// <summary>The unwritten rest; commit what was written there with <see cref="Advance"/>.</summary>
    public readonly Span<byte> Rest => _target[Length..];

    public void Advance(int bytes) => Length += bytes;

    public void Add(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_target[Length..]);
        Length += text.Length;
    }

    public void Add(byte character) => _target[Length++] = character;

    public void AddNumber(long value, int digits)
    {
        People.WriteDigits(value, _target.Slice(Length, digits));
        Length += digits;
    }
}
