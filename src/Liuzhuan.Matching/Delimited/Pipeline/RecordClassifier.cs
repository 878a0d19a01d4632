using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Liuzhuan.Matching.Delimited.Scanning;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Tells data rows from total and blank lines (<see cref="RowKinds"/>), most of them from eight bytes.</summary>
internal sealed class RecordClassifier
{
    private readonly BatchContext _context;
    private readonly int[] _required;
    private char[] _filled = [];
    private char[] _number = [];
    private char[] _cell = [];

    public RecordClassifier(BatchContext context)
    {
        _context = context;
        var plan = context.Job.Plan;
        List<int> required = [.. plan.Columns[..plan.KeyCount]];
        for (var i = 0; i < plan.Fields.Length; i++)
        {
            if (plan.Schema.Fields[plan.Fields[i]].Required) required.Add(plan.Columns[plan.KeyCount + i]);
        }

        _required = [.. required];
    }

    /// <summary>A key cell that begins with eight digits is filled and looks like a number: the line is a data row, whatever its first cell says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSurelyData(byte[] text, CellRange number)
    {
        if (number.Length < 8) return false;
        return AreDigits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(text), number.Start)));
    }

    /// <summary>The same for text that does not move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool IsSurelyData(byte* text, CellRange number) => number.Length >= 8 && AreDigits(*(ulong*)(text + number.Start));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong bytes)
    {
        return (bytes & 0xF0F0F0F0F0F0F0F0 | (bytes + 0x0606060606060606 & 0xF0F0F0F0F0F0F0F0) >> 4) == 0x3333333333333333;
    }

    /// <summary>Classifies a record from its cell ends (marks of its delimiters, then the end of the record).</summary>
    public RowKind Classify(ReadOnlySpan<byte> text, int start, ReadOnlySpan<int> delimiters, int end)
    {
        ReadOnlySpan<char> firstFilled = [];
        for (int i = 0, from = start; i <= delimiters.Length; i++)
        {
            var to = i < delimiters.Length ? Marks.Place(delimiters[i]) : end;
            var cell = Decode(text[from..to], ref _filled);
            from = to + 1;
            if (RowKinds.IsBlank(cell)) continue;
            firstFilled = cell;
            break;
        }

        var any = false;
        for (var i = 0; i < _required.Length && !any; i++) any = !RowKinds.IsBlank(Decode(Cell(text, start, delimiters, end, _required[i]), ref _cell));
        return RowKinds.Classify(firstFilled, Decode(Cell(text, start, delimiters, end, _required[0]), ref _number), any);
    }

    private static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> text, int start, ReadOnlySpan<int> delimiters, int end, int column)
    {
        if (column > delimiters.Length) return [];
        var from = column == 0 ? start : Marks.Place(delimiters[column - 1]) + 1;
        return text[from..(column == delimiters.Length ? end : Marks.Place(delimiters[column]))];
    }

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> raw, ref char[] buffer)
    {
        var cell = CellReader.Value(raw, _context.Rules);
        if (cell.IsEmpty) return [];
        if (buffer.Length < cell.Length) buffer = new char[Math.Max(cell.Length, 256)];
        return buffer.AsSpan(0, _context.Form.Decode(cell, buffer));
    }
}
