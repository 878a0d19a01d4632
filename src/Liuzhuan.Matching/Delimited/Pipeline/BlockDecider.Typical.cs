using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Liuzhuan.Matching.Delimited.Scanning;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <content>The rows that nearly all rows are like, without asking anything that only others need to be asked.</content>
internal sealed unsafe partial class BlockDecider
{
    // What is found unlike others only when some rows have been divided is divided again, so these are few.
    private const int MostTypical = 64, MostPairs = 4;

    // From the second record of a block on: as many cells as the header, the asked ones without quotes, a number that looks like one. Stops before the first
    // row that is not so.
    private void DivideTypical(Block block, ref int record, ref int next, ref int start)
    {
        var width = _context.Job.HeaderWidth;
        if (width > _maxColumns || !BitConverter.IsLittleEndian) return;
        foreach (var column in _columns.AsSpan())
        {
            if (column >= width) return;
        }

        while (true)
        {
            var most = Math.Min(MostTypical, Math.Min(_rowsAtOnce - _waiting, (block.MarkCount - next) / width));
            while (block.Records.Length < record + most) Grow(ref block.Records);
            var taken = TakeTypical(block, record, next, start, most, width);
            if (taken > 0) start = Marks.Place(block.Marks[next + taken * width - 1]) + 1;
            record += taken;
            next += taken * width;
            _waiting += taken;
            if (_waiting == _rowsAtOnce) Flush(block);
            if (taken < most || most == 0) return;
        }
    }

    private int TakeTypical(Block block, int record, int next, int start, int most, int width)
    {
        fixed (byte* text = block.Text)
        fixed (int* marks = &MemoryMarshal.GetArrayDataReference(block.Marks))
        fixed (RecordSpan* records = &MemoryMarshal.GetArrayDataReference(block.Records))
        fixed (CellRange* cells = &MemoryMarshal.GetArrayDataReference(_cells))
        {
            var numbers = cells + _waiting * _columns.Length;
            if (Avx2.IsSupported && width < Vector256<int>.Count && _columns.Length <= MostPairs) return TakePairs(text, marks + next, records + record, (ulong*)numbers, start, most, width, block.Length);
            var taken = TakeSpans(text, marks + next, records + record, start, most, width, block.Length);
            for (var s = 0; s < _columns.Length; s++) TakeCells(marks + next, records + record, (ulong*)numbers + s, _columns[s], width, taken);
            for (var i = 0; i < taken; i++)
            {
                if (!RecordClassifier.IsSurelyData(text, numbers[i * _columns.Length])) return i;
            }

            return taken;
        }
    }

    // Few cells and few columns asked for: both fit a vector, in which the marks on both sides of each asked cell are brought together.
    private int TakePairs(byte* text, int* row, RecordSpan* span, ulong* target, int start, int most, int width, int length)
    {
        var (longest, slots) = (_maxRecordBytes, _columns.Length);
        var stripCr = _context.Rules.LineEnd == TextRules.Lf;
        // Put together in memory: to set one element of a vector cannot be compiled ahead.
        int* parts = stackalloc int[3 * Vector256<int>.Count];
        for (var i = 0; i < Vector256<int>.Count; i++)
        {
            var column = _columns[Math.Min(i / 2, slots - 1)];
            parts[i] = column;
            parts[i + Vector256<int>.Count] = column + 1;
            parts[i + 2 * Vector256<int>.Count] = i % 2 == 1 && column == width - 1 ? -1 : 0;
        }

        var (before, behind, last) = (Avx.LoadVector256(parts), Avx.LoadVector256(parts + Vector256<int>.Count), Avx.LoadVector256(parts + 2 * Vector256<int>.Count));
        var (lastBit, allBits) = (1u << width - 1, (1u << width) - 1);
        for (var taken = 0; taken < most; taken++, row += width, span++, target += slots)
        {
            // From the line end before this record on.
            var marks = Avx.LoadVector256(row - 1);
            if ((marks.ExtractMostSignificantBits() >> 1 & allBits) != lastBit || ((marks << 1).ExtractMostSignificantBits() & allBits) != 0) return taken;
            var at = Marks.Place(row[width - 1]);
            var cr = stripCr && at > start && text[at - 1] == TextRules.Cr ? 1 : 0;
            var end = at - cr;
            if (at == length || end - start > longest) return taken;
            var places = marks & Vector256.Create(Marks.Places);
            var from = Avx2.PermuteVar8x32(places, before);
            // Start in the even elements, length in the odd ones: a cell begins behind the mark before it.
            var ranges = Avx2.Blend(from + Vector256<int>.One, Avx2.PermuteVar8x32(places, behind) - from - Vector256<int>.One + (last & Vector256.Create(-cr)), 0b10101010);
            // What is too much is overwritten by the next row.
            Avx.Store((int*)target, ranges);
            if (!RecordClassifier.IsSurelyData(text, *(CellRange*)target)) return taken;
            span->Start = start;
            span->End = end;
            span->FirstEnd = width == 1 ? end : row[0];
            span->Cells = (ushort)width;
            span->Kind = RecordKind.Data;
            span->EndLength = (byte)(1 + cr);
            start = at + 1;
        }

        return most;
    }

    // Whole records of as many cells as the header.
    private int TakeSpans(byte* text, int* row, RecordSpan* span, int start, int most, int width, int length)
    {
        var longest = _maxRecordBytes;
        // Where lines end in LF a CR before it belongs to the line end; where they end in CR there is none to take off.
        var stripCr = _context.Rules.LineEnd == TextRules.Lf;
        for (var taken = 0; taken < most; taken++, row += width, span++)
        {
            if (!IsPlainRecord(row, width)) return taken;
            var at = Marks.Place(row[width - 1]);
            var end = stripCr && at > start && text[at - 1] == TextRules.Cr ? at - 1 : at;
            if (at == length || end - start > longest) return taken;
            span->Start = start;
            span->End = end;
            span->FirstEnd = width == 1 ? end : row[0];
            span->Cells = (ushort)width;
            span->Kind = RecordKind.Data;
            span->EndLength = (byte)(at - end + 1);
            start = at + 1;
        }

        return most;
    }

    // The last of its marks is a line end and no other, and behind none of them, or of the one before, a quoted cell begins.
    private static bool IsPlainRecord(int* row, int width)
    {
        int earlier = 0, quoted = row[-1];
        for (var c = 0; c < width - 1; c++) (earlier, quoted) = (earlier | row[c], quoted | row[c]);
        return earlier >= 0 && row[width - 1] < 0 && (quoted & Marks.Quote) == 0;
    }

    // The cells of one column.
    private void TakeCells(int* row, RecordSpan* span, ulong* target, int column, int width, int count)
    {
        var slots = _columns.Length;
        for (; count > 0; count--, row += width, span++, target += slots)
        {
            var from = column == 0 ? span->Start : row[column - 1] + 1;
            var length = (column == width - 1 ? span->End : row[column]) - from;
            *target = (uint)from | (ulong)(uint)length << 32;
        }
    }
}
