using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Lines of a register file that all have as many cells as the header and no quotes, so that a column can be read from one line after the other:
/// the same few branches and tables then serve hundreds of cells.
/// </summary>
internal sealed class RowBatch
{
    private int[] _starts = [];
    private int[] _ends = [];
    private bool[] _skipped = [];
    private CellRange[] _cells = [];
    private int _width;

    /// <summary>Bytes the cells lie in; whole vectors behind the last one may be read.</summary>
    public byte[] Block { get; private set; } = [];

    public int Count { get; private set; }

    /// <summary>Rows that a visitor has put aside; all false at first.</summary>
    public Span<bool> Skipped => _skipped.AsSpan(0, Count);

    /// <summary>Takes the lines between <paramref name="start"/> and <paramref name="end"/> with these marks; false when one of them is unlike the others.</summary>
    public bool TryTake(byte[] block, int start, int end, ReadOnlySpan<int> marks, int width)
    {
        var text = block.AsSpan(start, end - start);
        var count = text.Count((byte)'\n');
        if (width < 2 || marks.Length != count * width || text.Contains((byte)'"')) return false;
        if (_starts.Length < count) (_starts, _skipped) = (new int[count * 2], new bool[count * 2]);
        if (_ends.Length < marks.Length) _ends = new int[marks.Length * 2];
        marks.CopyTo(_ends);
        for (int row = 0, last = width - 1; row < count; row++, last += width)
        {
            var at = _ends[last];
            if (block[at] != '\n') return false;
            _starts[row] = start;
            if (block[at - 1] == '\r') _ends[last] = at - 1;
            start = at + 1;
        }

        (Block, Count, _width) = (block, count, width);
        Skipped.Clear();
        return true;
    }

    /// <summary>The cell of a column; empty for column -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Cell(int row, int column)
    {
        if (column < 0) return default;
        ref var end = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ends), row * _width + column);
        var from = column == 0 ? _starts[row] : Unsafe.Add(ref end, -1) + 1;
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Block), from), end - from);
    }

    /// <summary>All cells of a row, valid until the next call.</summary>
    public ReadOnlySpan<CellRange> Cells(int row)
    {
        if (_cells.Length < _width) _cells = new CellRange[_width];
        var from = _starts[row];
        for (var column = 0; column < _width; column++)
        {
            var end = _ends[row * _width + column];
            _cells[column] = new CellRange(from, end - from);
            from = end + 1;
        }

        return _cells.AsSpan(0, _width);
    }

    /// <summary>A whole line without its end.</summary>
    public ReadOnlySpan<byte> Line(int row) => Block.AsSpan(_starts[row], _ends[(row + 1) * _width - 1] - _starts[row]);
}
