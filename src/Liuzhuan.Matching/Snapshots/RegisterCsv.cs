using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Reads a register file (CSV, UTF-8, one header line) in parallel chunks. A line break inside a quoted value is not allowed here:
/// such a line is rejected, so that a lost quote cannot swallow the people after it.
/// </summary>
internal sealed class RegisterCsv : IDisposable
{
    public const int ChunkBytes = 1 << 19;
    public const int MaxLineBytes = 1 << 16;

    private readonly FileStream _file;
    private readonly long _dataStart;
    private readonly byte _delimiter;

    private RegisterCsv(FileStream file, long dataStart, byte delimiter, string[] header)
    {
        (_file, _dataStart, _delimiter, Header) = (file, dataStart, delimiter, header);
        ChunkCount = (int)((Length - dataStart + ChunkBytes - 1) / ChunkBytes);
    }

    public string[] Header { get; }

    public long Length => _file.Length;

    public int ChunkCount { get; }

    /// <summary>Called for each line of a chunk; cells have quotes taken off.</summary>
    public interface IRowVisitor
    {
        /// <param name="line">The whole line without its end.</param>
        /// <param name="block">Bytes the cells point into.</param>
        /// <param name="cells">Cells of the line.</param>
        /// <param name="isWellFormed">False when quoting is broken.</param>
        /// <param name="lineInChunk">From 0.</param>
        void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk);
    }

    /// <exception cref="RegisterException">input_unreadable: missing, empty, not UTF-8 or no header.</exception>
    public static RegisterCsv Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RegisterException("input_unreadable", $"{path} cannot be read ({fault.Message.TrimEnd('.')}). Check the path and the permissions.", fault) { Detail = path };
        }

        var head = new byte[(int)Math.Min(file.Length, MaxLineBytes)];
        file.ReadExactly(head);
        var start = head.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var end = head.AsSpan(start).IndexOf((byte)'\n');
        if (end < 0) end = head.Length - start;
        var line = head.AsSpan(start, end).TrimEnd((byte)'\r');
        if (line.IsEmpty || line.Contains((byte)0) || head.AsSpan().StartsWith("PK"u8))
        {
            file.Dispose();
            throw new RegisterException("input_unreadable", $"{path} has no header line. A register file is CSV in UTF-8 whose first line names the columns.") { Detail = path };
        }

        var delimiter = line.Contains((byte)',') ? (byte)',' : line.Contains((byte)'\t') ? (byte)'\t' : line.Contains((byte)';') ? (byte)';' : (byte)',';
        string[] header = [.. Encoding.UTF8.GetString(line).Split((char)delimiter).Select(name => name.Trim().Trim('"').Trim().ToLowerInvariant())];
        return new RegisterCsv(file, Math.Min(start + end + 1, file.Length), delimiter, header);
    }

    /// <summary>Visits the lines that start in chunk <paramref name="chunk"/>; gives back how many there were. Each thread brings its own <paramref name="scratch"/>.</summary>
    public int Read<T>(int chunk, Scratch scratch, ref T visitor)
        where T : IRowVisitor, allows ref struct
    {
        var from = _dataStart + (long)chunk * ChunkBytes;
        var to = Math.Min(from + ChunkBytes, Length);
        // One byte before tells whether a line starts exactly here; bytes beyond finish the last line.
        var readFrom = chunk == 0 ? from : from - 1;
        var wanted = (int)Math.Min(to - readFrom + MaxLineBytes, Length - readFrom);
        var block = scratch.Block(wanted);
        Fill(block.AsSpan(0, wanted), readFrom);

        var start = 0;
        if (chunk != 0)
        {
            var lineEnd = block.AsSpan(0, wanted).IndexOf((byte)'\n');
            if (lineEnd < 0) return 0;
            start = lineEnd + 1;
        }

        return Lines(block, wanted, start, (int)(to - readFrom), readFrom + wanted == Length, scratch, ref visitor);
    }

    public void Dispose() => _file.Dispose();

    private int Lines<T>(byte[] block, int length, int start, int stop, bool endsFile, Scratch scratch, ref T visitor)
        where T : IRowVisitor, allows ref struct
    {
        var lines = 0;
        while (start < stop && start < length)
        {
            var rest = block.AsSpan(start, length - start);
            var cells = scratch.Cells;
            var count = Split(rest, start, _delimiter, ref cells, out var lineLength, out var isWellFormed, scratch);
            scratch.Cells = cells;
            var line = rest[..lineLength];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            // A line cut off by the end of the buffer is longer than any record can be.
            if (start + lineLength == length && !endsFile) isWellFormed = false;
            if (!line.IsEmpty) visitor.Row(line, block, cells.AsSpan(0, count), isWellFormed, lines);
            lines++;
            start += lineLength + 1;
        }

        return lines;
    }

    // Splits one line; vectors find the delimiters of plain lines, a quote sends the line to the careful way.
    private static int Split(Span<byte> rest, int at, byte delimiter, ref CellRange[] cells, out int lineLength, out bool isWellFormed, Scratch scratch)
    {
        isWellFormed = true;
        int count = 0, cellStart = 0, i = 0;
        ref var first = ref MemoryMarshal.GetReference(rest);
        for (; i + 64 <= rest.Length; i += 64)
        {
            var bytes = Vector512.LoadUnsafe(ref first, (nuint)i);
            var hits = (Vector512.Equals(bytes, Vector512.Create(delimiter)) | Vector512.Equals(bytes, Vector512.Create((byte)'\n')) | Vector512.Equals(bytes, Vector512.Create((byte)'"'))).ExtractMostSignificantBits();
            for (; hits != 0; hits &= hits - 1)
            {
                var position = i + BitOperations.TrailingZeroCount(hits);
                var found = rest[position];
                if (found == '"') return Careful(rest, at, delimiter, ref cells, out lineLength, out isWellFormed, scratch);
                Add(ref cells, ref count, at + cellStart, position - cellStart);
                if (found == '\n') return EndLine(rest, position, cells, count, out lineLength);
                cellStart = position + 1;
            }
        }

        for (; i < rest.Length; i++)
        {
            var found = rest[i];
            if (found == '"') return Careful(rest, at, delimiter, ref cells, out lineLength, out isWellFormed, scratch);
            if (found != delimiter && found != '\n') continue;
            Add(ref cells, ref count, at + cellStart, i - cellStart);
            if (found == '\n') return EndLine(rest, i, cells, count, out lineLength);
            cellStart = i + 1;
        }

        Add(ref cells, ref count, at + cellStart, rest.Length - cellStart);
        return EndLine(rest, rest.Length, cells, count, out lineLength);
    }

    private static int EndLine(Span<byte> rest, int position, CellRange[] cells, int count, out int lineLength)
    {
        lineLength = position;
        if (position > 0 && rest[position - 1] == '\r' && cells[count - 1].Length > 0) cells[count - 1] = cells[count - 1] with { Length = cells[count - 1].Length - 1 };
        return count;
    }

    // Quoted cells are unescaped in place: the text only gets shorter, and the line is not read again.
    private static int Careful(Span<byte> rest, int at, byte delimiter, ref CellRange[] cells, out int lineLength, out bool isWellFormed, Scratch scratch)
    {
        lineLength = rest.IndexOf((byte)'\n');
        if (lineLength < 0) lineLength = rest.Length;
        var line = rest[..lineLength];
        if (line.EndsWith("\r"u8)) line = line[..^1];
        isWellFormed = true;
        scratch.KeepOriginal(line);
        int count = 0, i = 0;
        while (true)
        {
            if (i < line.Length && line[i] == '"')
            {
                int write = i, read = i + 1;
                var closed = false;
                while (read < line.Length)
                {
                    if (line[read] == '"')
                    {
                        if (read + 1 < line.Length && line[read + 1] == '"') read++;
                        else
                        {
                            closed = true;
                            read++;
                            break;
                        }
                    }

                    line[write++] = line[read++];
                }

                if (!closed || read < line.Length && line[read] != delimiter) isWellFormed = false;
                Add(ref cells, ref count, at + i, write - i);
                var next = line[read..].IndexOf(delimiter);
                if (next < 0) return count;
                i = read + next + 1;
            }
            else
            {
                var next = line[i..].IndexOf(delimiter);
                Add(ref cells, ref count, at + i, next < 0 ? line.Length - i : next);
                if (next < 0) return count;
                i += next + 1;
            }
        }
    }

    private static void Add(ref CellRange[] cells, ref int count, int start, int length)
    {
        if (count == cells.Length) Array.Resize(ref cells, count * 2);
        cells[count++] = new CellRange(start, length);
    }

    private void Fill(Span<byte> block, long from)
    {
        while (!block.IsEmpty)
        {
            var read = RandomAccess.Read(_file.SafeFileHandle, block, from);
            if (read == 0) throw new EndOfStreamException("The register file became shorter while it was read.");
            block = block[read..];
            from += read;
        }
    }

    /// <summary>Buffers of one reading thread.</summary>
    public sealed class Scratch
    {
        private byte[] _block = [];
        private byte[] _original = [];

        public CellRange[] Cells { get; set; } = new CellRange[64];

        /// <summary>The last line with quotes, as it stood before its cells were unescaped in place.</summary>
        public ReadOnlySpan<byte> Original => _original;

        public byte[] Block(int length)
        {
            if (_block.Length < length + 64) _block = new byte[length + 64];
            return _block;
        }

        public void KeepOriginal(ReadOnlySpan<byte> line) => _original = line.ToArray();
    }
}
