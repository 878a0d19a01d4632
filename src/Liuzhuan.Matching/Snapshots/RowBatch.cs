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

    /// <summary>
    /// Takes the lines between <paramref name="start"/> and <paramref name="end"/>, whose marks are the first <paramref name="found"/> of <paramref name="marks"/>;
    /// false when one of them is unlike the others. When it takes them the marks are its own until the next call.
    /// </summary>
    public bool TryTake(byte[] block, int start, int end, int[] marks, int found, int width)
    {
        var text = block.AsSpan(start, end - start);
        var count = text.Count((byte)'\n');
        if (width < 2 || found != count * width || text.Contains((byte)'"')) return false;
        for (var last = width - 1; last < found; last += width)
        {
            if (block[marks[last]] != '\n') return false;
        }

        if (_starts.Length < count) (_starts, _skipped) = (new int[count * 2], new bool[count * 2]);
        (_ends, _width, Block, Count) = (marks, width, block, count);
        for (int row = 0, last = width - 1; row < count; row++, last += width)
        {
            var at = marks[last];
            _starts[row] = start;
            if (block[at - 1] == '\r') marks[last] = at - 1;
            start = at + 1;
        }

        Skipped.Clear();
        return true;
    }

    /// <summary>The cells of a column, row by row.</summary>
    public ColumnCells Column(int column) => column == 0
        ? new(ref MemoryMarshal.GetArrayDataReference(_starts), 1, 0, ref _ends[0], _width, ref MemoryMarshal.GetArrayDataReference(Block))
        : new(ref _ends[column - 1], _width, 1, ref _ends[column], _width, ref MemoryMarshal.GetArrayDataReference(Block));

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

    /// <summary>Goes down a column: a cell starts so many bytes behind the one mark, and ends before the other.</summary>
    public readonly ref struct ColumnCells(ref int before, int beforeStride, int behind, ref int end, int endStride, ref byte text)
    {
        private readonly ref int _before = ref before;
        private readonly ref int _end = ref end;
        private readonly ref byte _text = ref text;

        /// <summary>The cell of a row that there is.</summary>
        public ReadOnlySpan<byte> this[int row]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                var from = Unsafe.Add(ref _before, row * beforeStride) + behind;
                return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _text, from), Unsafe.Add(ref _end, row * endStride) - from);
            }
        }
    }
}
