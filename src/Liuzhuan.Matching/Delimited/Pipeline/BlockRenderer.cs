using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Liuzhuan.Matching.Delimited.Scanning;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Writes the output lines of a block into its output buffer. One per thread.</summary>
internal sealed class BlockRenderer
{
    // Short pieces are copied as one whole vector, or half of one; what is written beyond their end is overwritten by the next piece.
    internal const int Piece = 64;
    private const int Margin = 2 * Piece + 2;
    private const int ResultColumns = 5;
    private static readonly IReadOnlyList<string> VerdictCodes = AnswerCodes.Verdicts;
    private readonly BatchContext _context;
    private readonly WorkingWriter _file;
    private readonly List<CellRange> _cells = [];
    private readonly byte[] _delimiters;
    private readonly ushort _crLf = MemoryMarshal.Read<ushort>([TextRules.Cr, TextRules.Lf]);
    private readonly ushort _lineEnd;
    private Suffix _headings;
    private readonly Suffix _none = Suffix.Of([]);
    private byte[] _line = [];

    public BlockRenderer(BatchContext context)
    {
        (_context, _file) = (context, new WorkingWriter(context.Form));
        Suffixes = new SuffixTable(context);
        _lineEnd = MemoryMarshal.Read<ushort>([context.Rules.LineEnd, 0]);
        _delimiters = new byte[context.Width + Piece];
        _delimiters.AsSpan().Fill(context.Rules.Delimiter);
    }

    public SuffixTable Suffixes { get; }

    public void Run(Block block)
    {
        if (_context.IsFull) RenderLines(block);
        else RenderCodes(block);
        if (block.EndIsMissing) KeepLastByte(block);
        if (!_context.Form.IsUtf16()) return;
        var bytes = _file.ToFile(block.Output.AsSpan(0, block.OutputLength));
        if (block.Output.Length < bytes.Length) block.Output = new byte[bytes.Length];
        bytes.CopyTo(block.Output);
        block.OutputLength = bytes.Length;
    }

    private void RenderLines(Block block)
    {
        int data = 0, repeat = 0;
        var text = block.Text;
        var output = block.Output;
        var length = 0;
        var width = _context.Width;
        var cutsColumns = _context.HasOldColumns;
        foreach (ref readonly var record in block.Records.AsSpan(0, block.RecordCount))
        {
            var suffix = _none;
            var source = text;
            int from = record.Start, size = record.End - from, pad = 0;
            if (record.Kind is RecordKind.Data or RecordKind.Header)
            {
                suffix = record.Kind == RecordKind.Header ? Headings() : SuffixOf(block, data++, ref repeat);
                int cells = record.Cells;
                if (cutsColumns)
                {
                    (size, cells) = CutColumns(text.AsSpan(record.Start, record.End - record.Start));
                    (source, from) = (_line, 0);
                }

                pad = Math.Max(width - cells, 0);
            }

            if (output.Length < length + size + pad + suffix.Length + Margin) output = Grow(block, length + size + pad + suffix.Length + Margin);
            Copy(source, from, size, output, length);
            length += size;
            if (pad > 0)
            {
                Copy(_delimiters, 0, pad, output, length);
                length += pad;
            }

            Copy(suffix.Bytes, 0, suffix.Length, output, length);
            length += suffix.Length;
            WriteLineEnd(record.EndLength, output, length);
            length += record.EndLength;
        }

        block.OutputLength = length;
    }

    private void RenderCodes(Block block)
    {
        int data = 0, repeat = 0;
        var text = block.Text;
        var output = block.Output;
        var length = 0;
        foreach (ref readonly var record in block.Records.AsSpan(0, block.RecordCount))
        {
            if (record.Kind is not (RecordKind.Data or RecordKind.Header)) continue;
            var suffix = record.Kind == RecordKind.Header ? Headings() : SuffixOf(block, data++, ref repeat);
            var size = record.FirstEnd - record.Start;
            if (output.Length < length + size + suffix.Length + Margin) output = Grow(block, length + size + suffix.Length + Margin);
            Copy(text, record.Start, size, output, length);
            length += size;
            Copy(suffix.Bytes, 0, suffix.Length, output, length);
            length += suffix.Length;
            WriteLineEnd(record.EndLength, output, length);
            length += record.EndLength;
        }

        block.OutputLength = length;
    }

    private Suffix Headings() => _headings.Length > 0 ? _headings : _headings = Suffixes.Headings();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Suffix SuffixOf(Block block, int data, ref int repeat)
    {
        var answer = block.Answers[data];
        var suffix = Suffixes.Count(answer);
        return repeat < block.Repeats.Count && block.Repeats[repeat].Index == data ? Repeated(block, answer, repeat++) : suffix;
    }

    private Suffix Repeated(Block block, AnswerCore answer, int repeat) =>
        Suffixes.Describe(answer, new DuplicateOf(block.Repeats[repeat].FirstRow, null, block.RepeatLines[repeat]));

    // The cells of earlier results are left out; what stays is joined again.
    private (int Size, int Cells) CutColumns(ReadOnlySpan<byte> line)
    {
        CellReader.Split(line, _context.Scanner, _context.Rules, _cells);
        // In a row longer than the header the results of the earlier run stand behind its last cell, and all before them is the sender's.
        var isTooLong = _cells.Count > _context.OldColumns.Length;
        var keep = isTooLong && HasResultsAtEnd(line) ? _cells.Count - ResultColumns : _cells.Count;
        if (_line.Length < line.Length + Piece) _line = new byte[Math.Max(line.Length + Piece, _line.Length * 2)];
        int size = 0, cells = 0;
        for (var i = 0; i < keep; i++)
        {
            if (!isTooLong && _context.OldColumns[i]) continue;
            if (cells++ > 0) _line[size++] = _context.Rules.Delimiter;
            line.Slice(_cells[i].Start, _cells[i].Length).CopyTo(_line.AsSpan(size));
            size += _cells[i].Length;
        }

        return (size, Math.Max(cells, 1));
    }

    private bool HasResultsAtEnd(ReadOnlySpan<byte> line)
    {
        if (_cells.Count <= ResultColumns) return false;
        var code = _cells[_cells.Count - ResultColumns + 1];
        return VerdictCodes.Contains(System.Text.Encoding.UTF8.GetString(line.Slice(code.Start, code.Length)));
    }

    private static byte[] Grow(Block block, int least)
    {
        Array.Resize(ref block.Output, Math.Max(least, Math.Max(block.Length * 2, block.Output.Length * 2)));
        return block.Output;
    }

    // A text that ends in CR, where lines end in LF: half a line end.
    private void KeepLastByte(Block block)
    {
        ref readonly var last = ref block.Records[block.RecordCount - 1];
        var isWritten = _context.IsFull || last.Kind is RecordKind.Data or RecordKind.Header;
        if (last.EndLength == 1 && isWritten) block.Output[block.OutputLength - 1] = block.Text[last.End];
    }

    // Two bytes, whether they all belong to the line end or not: what is too much is overwritten.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteLineEnd(byte length, byte[] target, int to) =>
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), to), length == 2 ? _crLf : _lineEnd);

    // Both arrays reach at least one piece beyond what is copied.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte[] source, int from, int size, byte[] target, int to)
    {
        if (size <= Piece / 2)
        {
            var piece = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(source), (nuint)from);
            piece.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)to);
            return;
        }

        if (size <= Piece)
        {
            var piece = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(source), (nuint)from);
            piece.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(target), (nuint)to);
            return;
        }

        source.AsSpan(from, size).CopyTo(target.AsSpan(to));
    }
}
