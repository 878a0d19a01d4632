using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Reads a register file (CSV, UTF-8, one header line) in parallel chunks. A line break inside a quoted value is not allowed here:
/// such a line is rejected, so that a lost quote cannot swallow the people after it.
/// </summary>
internal sealed class RegisterCsv : IDisposable
{
    public const int ChunkBytes = 1 << 19;
    public const int MaxLineBytes = 1 << 16;

    // A file in another encoding shows it by then: names begin with the first line.
    private const int ProofBytes = 1 << 20;

    // Read beyond a chunk at first: most often its last line ends there.
    private const int UsualTail = 1 << 10;
    private const int Piece = 1 << 14;

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

    /// <summary>Takes the lines of a chunk; cells have quotes taken off.</summary>
    public interface IRowVisitor
    {
        /// <param name="line">The whole line without its end.</param>
        /// <param name="block">Bytes the cells point into.</param>
        /// <param name="cells">Cells of the line.</param>
        /// <param name="isWellFormed">False when quoting is broken.</param>
        /// <param name="lineInChunk">From 0.</param>
        void Row(ReadOnlySpan<byte> line, ReadOnlySpan<byte> block, ReadOnlySpan<CellRange> cells, bool isWellFormed, int lineInChunk);

        /// <summary>Takes many lines at once that have as many cells as the header and no quotes.</summary>
        /// <param name="firstLine">Line in chunk of the first of them.</param>
        void Rows(RowBatch rows, int firstLine)
        {
            for (var row = 0; row < rows.Count; row++) Row(rows.Line(row), rows.Block, rows.Cells(row), true, firstLine + row);
        }
    }

    /// <exception cref="RegisterException">input_unreadable: missing, empty or no header. input_encoding: not UTF-8. input_columns: a column stands twice.</exception>
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

        try
        {
            return Open(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static RegisterCsv Open(FileStream file, string path)
    {
        var proof = new byte[(int)Math.Min(file.Length, ProofBytes)];
        file.ReadExactly(proof);
        var head = proof.AsSpan(0, Math.Min(proof.Length, MaxLineBytes));
        if (!head.StartsWith("PK"u8)) RefuseOtherEncoding(proof, proof.Length == file.Length, path);
        var start = head.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var end = head[start..].IndexOf((byte)'\n');
        if (end < 0) end = head.Length - start;
        var line = head.Slice(start, end).TrimEnd((byte)'\r');
        if (line.IsEmpty || line.Contains((byte)0) || head.StartsWith("PK"u8))
            throw new RegisterException("input_unreadable", $"{path} has no header line. A register file is CSV in UTF-8 whose first line names the columns.") { Detail = path };

        var delimiter = line.Contains((byte)',') ? (byte)',' : line.Contains((byte)'\t') ? (byte)'\t' : line.Contains((byte)';') ? (byte)';' : (byte)',';
        string[] header = [.. Encoding.UTF8.GetString(line).Split((char)delimiter).Select(name => name.Trim().Trim('"').Trim().ToLowerInvariant())];
        if (header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1 && group.Key.Length > 0) is { } twice)
            throw new RegisterException("input_columns", $"{path} names the column '{twice.Key}' {twice.Count()} times. Keep one of them.") { Cause = "twice", Detail = twice.Key };
        return new RegisterCsv(file, Math.Min(start + end + 1, file.Length), delimiter, header);
    }

    private static void RefuseOtherEncoding(ReadOnlySpan<byte> text, bool isWhole, string path)
    {
        // What the end of the piece cuts in two is not looked at.
        if (!isWhole) text = text[..(text.LastIndexOf((byte)'\n') + 1)];
        if (Utf8.IsValid(text)) return;
        var line = 1;
        for (int end; (end = text.IndexOf((byte)'\n')) >= 0 && Utf8.IsValid(text[..end]); line++) text = text[(end + 1)..];
        throw new RegisterException("input_encoding", $"{path} is not in UTF-8: line {line} holds bytes that are no UTF-8 text. Save it as CSV in UTF-8 (from GB18030: iconv -f GB18030 -t UTF-8) and try again. Nothing was changed.") { Detail = $"{path}:{line}" };
    }

    /// <summary>Visits the lines that start in chunk <paramref name="chunk"/>; gives back how many there were. Each thread brings its own <paramref name="scratch"/>.</summary>
    public int Read<T>(int chunk, Scratch scratch, ref T visitor)
        where T : IRowVisitor, allows ref struct
    {
        var from = _dataStart + (long)chunk * ChunkBytes;
        var to = Math.Min(from + ChunkBytes, Length);
        // One byte before tells whether a line starts exactly here; bytes beyond finish the last line.
        var readFrom = chunk == 0 ? from : from - 1;
        var stop = (int)(to - readFrom);
        var length = (int)Math.Min(stop + UsualTail, Length - readFrom);
        var block = scratch.Block(stop + MaxLineBytes);
        Fill(block.AsSpan(0, length), readFrom);
        var isCut = false;
        if (!EndAtLine(block, stop, ref length))
        {
            var most = (int)Math.Min(stop + MaxLineBytes, Length - readFrom);
            Fill(block.AsSpan(length, most - length), readFrom + length);
            length = most;
            // A line cut off by the end of the buffer is longer than any record can be.
            isCut = !EndAtLine(block, stop, ref length) && readFrom + length < Length;
        }

        var start = 0;
        if (chunk != 0)
        {
            start = block.AsSpan(0, length).IndexOf((byte)'\n') + 1;
            if (start == 0 || start >= stop) return 0;
        }

        return Lines(block, start, length, isCut, scratch, ref visitor);
    }

    public void Dispose() => _file.Dispose();

    // Shortens the text to the end of the last line that starts before stop; false when that end is not among what was read.
    private static bool EndAtLine(byte[] block, int stop, ref int length)
    {
        var end = block.AsSpan(stop - 1, length - stop + 1).IndexOf((byte)'\n');
        if (end >= 0) length = stop + end;
        return end >= 0;
    }

    // Lines are divided some kilobytes at a time, whole ones only, so that what is found stays in the first-level cache until it is used.
    private int Lines<T>(byte[] block, int start, int length, bool isCut, Scratch scratch, ref T visitor)
        where T : IRowVisitor, allows ref struct
    {
        var lines = 0;
        // Stands for the line end that the last line of a file may lack.
        block[length] = (byte)'\n';
        while (start < length)
        {
            var end = start;
            for (var size = Piece; end == start; size *= 2)
            {
                var most = Math.Min(start + size, length);
                end = start + block.AsSpan(start, most - start).LastIndexOf((byte)'\n') + 1;
                if (end == start && most == length) end = length + 1;
            }

            Piecewise(block, start, end, isCut && end > length, scratch, ref lines, ref visitor);
            start = end;
        }

        return lines;
    }

    // References instead of spans: each line of the file passes here. They stay within their arrays because the last mark is that of a line end.
    private void Piecewise<T>(byte[] block, int start, int end, bool isCut, Scratch scratch, ref int lines, ref T visitor)
        where T : IRowVisitor, allows ref struct
    {
        var delimiter = _delimiter;
        var found = scratch.Mark(block, start, end, new Needles(delimiter, (byte)'\n', (byte)'"'));
        if (!isCut && scratch.Batch.TryTake(block, start, end, scratch.Marks, found, Header.Length))
        {
            visitor.Rows(scratch.Batch, lines);
            lines += scratch.Batch.Count;
            return;
        }

        ref var mark = ref MemoryMarshal.GetArrayDataReference(scratch.Marks);
        ref var last = ref Unsafe.Add(ref mark, found);
        ref var text = ref MemoryMarshal.GetArrayDataReference(block);
        while (Unsafe.IsAddressLessThan(ref mark, ref last))
        {
            var cells = scratch.Cells;
            int count = 0, cellStart = start, at;
            byte ending;
            do
            {
                at = mark;
                mark = ref Unsafe.Add(ref mark, 1);
                ending = Unsafe.Add(ref text, at);
                Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(cells), count++) = new CellRange(cellStart, at - cellStart);
                cellStart = at + 1;
            }
            while (ending == delimiter);

            var isWellFormed = true;
            if (ending == '"')
            {
                at = start + block.AsSpan(start, end - start).IndexOf((byte)'\n');
                for (; Unsafe.IsAddressLessThan(ref mark, ref last) && mark <= at; mark = ref Unsafe.Add(ref mark, 1))
                {
                }
            }

            var lineEnd = at > start && Unsafe.Add(ref text, at - 1) == '\r' ? at - 1 : at;
            ReadOnlySpan<byte> line = block.AsSpan(start, lineEnd - start);
            if (ending == '"')
            {
                count = Careful(block.AsSpan(start, lineEnd - start), start, delimiter, ref cells, out isWellFormed, scratch);
                scratch.Cells = cells;
                line = scratch.Original;
            }
            else if (lineEnd < at && cells[count - 1].Length > 0) cells[count - 1] = new CellRange(cells[count - 1].Start, cells[count - 1].Length - 1);

            if (!line.IsEmpty) visitor.Row(line, block, cells.AsSpan(0, count), isWellFormed && !isCut, lines);
            lines++;
            start = at + 1;
        }
    }

    // Quoted cells are unescaped in place: the text only gets shorter, and the line is not read again.
    private static int Careful(Span<byte> line, int at, byte delimiter, ref CellRange[] cells, out bool isWellFormed, Scratch scratch)
    {
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

        /// <summary>Room for the cells of any line of the piece at hand.</summary>
        public CellRange[] Cells { get; set; } = [];

        /// <summary>Delimiters, line ends and quotes of the piece at hand.</summary>
        public int[] Marks { get; private set; } = [];

        /// <summary>The lines of the piece at hand, where they are all alike.</summary>
        public RowBatch Batch { get; } = new();

        /// <summary>The last line with quotes, as it stood before its cells were unescaped in place.</summary>
        public ReadOnlySpan<byte> Original => _original;

        /// <summary>Room for so much text, a line end behind it, and whole vectors.</summary>
        public byte[] Block(int length)
        {
            if (_block.Length < length + 64) _block = new byte[length + 64];
            return _block;
        }

        /// <summary>Finds what divides the text from <paramref name="start"/> to <paramref name="end"/>; gives back how many marks there are.</summary>
        public int Mark(byte[] block, int start, int end, Needles needles)
        {
            if (Marks.Length < end - start + IStructuralScanner.Slack) Marks = new int[end - start + IStructuralScanner.Slack];
            var found = Scanners.Best.Scan(block.AsSpan(start, end - start), start, needles, Marks);
            Delimited.Scanning.Marks.Strip(Marks.AsSpan(0, found));
            if (Cells.Length < found) Cells = new CellRange[found * 2];
            return found;
        }

        public void KeepOriginal(ReadOnlySpan<byte> line) => _original = line.ToArray();
    }
}
