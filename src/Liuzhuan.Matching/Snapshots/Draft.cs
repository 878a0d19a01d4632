using System.Numerics;
using System.Runtime.CompilerServices;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// The rows that one thread took in the first pass, so that the file need not be read twice: for each row a few values, which are numbers of this thread's own.
/// They lie in blocks of some hundred rows, a column at a time, each in as many bytes as its values need in that block.
/// </summary>
internal sealed unsafe class Draft(Slabs slabs, int columns)
{
    // So many rows make a block: few enough to stay in the first-level cache until they are put down.
    private const int BlockRows = 128;

    private readonly ulong[][] _columns = [.. Enumerable.Range(0, columns).Select(_ => Array.Empty<ulong>())];
    private readonly List<Slab> _slabs = [];
    private byte* _slab;
    private int _used = Slabs.Bytes;
    private int _rows;

    /// <summary>What was put down, to be read in any order.</summary>
    public IReadOnlyList<Slab> Filled => _slabs;

    /// <summary>Makes room for so many rows behind those taken.</summary>
    public void Room(int rows)
    {
        for (var i = 0; i < columns && _columns[i].Length < _rows + rows; i++) Array.Resize(ref _columns[i], (_rows + rows) * 2);
    }

    /// <summary>The values of a column for the rows to be taken next; to be asked for again after <see cref="Room"/>.</summary>
    public Span<ulong> Column(int column) => _columns[column].AsSpan(_rows);

    /// <summary>Takes the next rows, but for those put aside.</summary>
    public void Take(ReadOnlySpan<bool> skipped)
    {
        var kept = skipped.Length - skipped.Count(true);
        if (kept < skipped.Length)
        {
            for (var i = 0; i < columns; i++) CloseUp(Column(i), skipped);
        }

        _rows += kept;
        if (_rows >= BlockRows) PutDown();
    }

    /// <summary>Puts down what is left; nothing is taken after that.</summary>
    public void Close()
    {
        if (_rows > 0) PutDown();
        End();
    }

    private static void CloseUp(Span<ulong> values, ReadOnlySpan<bool> skipped)
    {
        var to = 0;
        for (var row = 0; row < skipped.Length; row++)
        {
            if (!skipped[row]) values[to++] = values[row];
        }
    }

    private void PutDown()
    {
        // The last value is written as eight bytes whatever its width.
        var most = sizeof(int) + columns * (DraftBlocks.ColumnHead + _rows * sizeof(ulong)) + sizeof(ulong);
        if (most > Slabs.Bytes) throw new InvalidOperationException($"A block of {_rows} rows and {columns} columns does not fit a slab.");
        if (_used + most > Slabs.Bytes)
        {
            End();
            _slab = (byte*)slabs.Rent();
            _used = 0;
        }

        ref var to = ref Unsafe.AsRef<byte>(_slab + _used);
        Unsafe.WriteUnaligned(ref to, _rows);
        to = ref Unsafe.Add(ref to, sizeof(int));
        foreach (var column in _columns) to = ref PutDown(column.AsSpan(0, _rows), ref to);
        _used = (int)((byte*)Unsafe.AsPointer(ref to) - _slab);
        _rows = 0;
    }

    private static ref byte PutDown(ReadOnlySpan<ulong> values, ref byte to)
    {
        var (min, max) = RangeOf(values);
        var width = DraftBlocks.BytesFor(max - min);
        Unsafe.WriteUnaligned(ref to, min);
        Unsafe.Add(ref to, sizeof(ulong)) = (byte)width;
        to = ref Unsafe.Add(ref to, DraftBlocks.ColumnHead);
        if (width == 0) return ref to;
        foreach (var value in values)
        {
            Unsafe.WriteUnaligned(ref to, value - min);
            to = ref Unsafe.Add(ref to, width);
        }

        return ref to;
    }

    private static (ulong Min, ulong Max) RangeOf(ReadOnlySpan<ulong> values)
    {
        var (least, most) = (new Vector<ulong>(values[0]), new Vector<ulong>(values[0]));
        var (row, min, max) = (0, values[0], values[0]);
        for (; row <= values.Length - Vector<ulong>.Count; row += Vector<ulong>.Count)
        {
            var some = new Vector<ulong>(values[row..]);
            (least, most) = (Vector.Min(least, some), Vector.Max(most, some));
        }

        for (; row < values.Length; row++) (min, max) = (Math.Min(min, values[row]), Math.Max(max, values[row]));
        for (var i = 0; i < Vector<ulong>.Count; i++) (min, max) = (Math.Min(min, least[i]), Math.Max(max, most[i]));
        return (min, max);
    }

    private void End()
    {
        if (_slab is not null) _slabs.Add(new Slab((nint)_slab, _used));
        _slab = null;
        _used = Slabs.Bytes;
    }

    /// <summary>A slab with whole blocks in it.</summary>
    public readonly record struct Slab(nint Start, int Used);
}

/// <summary>Reads the blocks of a slab one after the other, and the columns of each in their order.</summary>
internal unsafe ref struct DraftBlocks(Draft.Slab slab)
{
    public const int ColumnHead = sizeof(ulong) + 1;

    private ref byte _at = ref Unsafe.AsRef<byte>((byte*)slab.Start);
    private readonly ref byte _end = ref Unsafe.AsRef<byte>((byte*)slab.Start + slab.Used);

    /// <summary>Bytes that hold this number: none for 0.</summary>
    public static int BytesFor(ulong most) => (64 - BitOperations.LeadingZeroCount(most) + 7) / 8;

    /// <summary>Rows of the next block; false behind the last one.</summary>
    public bool Next(out int rows)
    {
        rows = 0;
        if (!Unsafe.IsAddressLessThan(ref _at, ref _end)) return false;
        rows = Unsafe.ReadUnaligned<int>(ref _at);
        _at = ref Unsafe.Add(ref _at, sizeof(int));
        return true;
    }

    /// <summary>Reads the next column of the block.</summary>
    public void Column(Span<ulong> values)
    {
        var min = Unsafe.ReadUnaligned<ulong>(ref _at);
        var width = (int)Unsafe.Add(ref _at, sizeof(ulong));
        _at = ref Unsafe.Add(ref _at, ColumnHead);
        if (width == 0)
        {
            values.Fill(min);
            return;
        }

        var mask = ulong.MaxValue >> (64 - width * 8);
        ref var at = ref _at;
        foreach (ref var value in values)
        {
            value = (Unsafe.ReadUnaligned<ulong>(ref at) & mask) + min;
            at = ref Unsafe.Add(ref at, width);
        }

        _at = ref at;
    }
}
