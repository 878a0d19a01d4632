using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Encoded records of one size (scattered key, hot word, cold fields) by the top bits of their scattered key. They lie outside the collected
/// heap in pieces of equal size: growing copies nothing, and no page is touched that will not be filled.
/// </summary>
internal sealed unsafe class RecordStore : IDisposable
{
    public const int PartitionBits = 8, Partitions = 1 << PartitionBits;
    public const int PrefixBytes = 16;

    private const int PieceBytes = 16 << 10, SlabBytes = 4 << 20;

    private readonly Writer[] _writers;
    private readonly List<nint>[] _pieces = [.. Enumerable.Range(0, Partitions).Select(_ => new List<nint>())];
    private readonly int[] _counts = new int[Partitions];
    private readonly int _perPiece;

    /// <param name="coldStride">Bytes of cold fields.</param>
    /// <param name="writers">Threads that add records.</param>
    public RecordStore(int coldStride, int writers)
    {
        RecordBytes = PrefixBytes + coldStride;
        _perPiece = Math.Max(1, PieceBytes / RecordBytes);
        _writers = [.. Enumerable.Range(0, writers).Select(_ => new Writer(RecordBytes, _perPiece))];
    }

    public int RecordBytes { get; }

    public long Count => _counts.Sum(count => (long)count);

    /// <summary>Copies one record: for so few bytes of a size not known to the compiler, a few vectors that may overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref byte from, ref byte to, int bytes)
    {
        var last = bytes - Vector128<byte>.Count;
        for (var i = 0; i < last; i += Vector128<byte>.Count) Vector128.LoadUnsafe(ref from, (nuint)i).StoreUnsafe(ref to, (nuint)i);
        Vector128.LoadUnsafe(ref from, (nuint)last).StoreUnsafe(ref to, (nuint)last);
    }

    /// <summary>What one thread adds through.</summary>
    public Writer WriterOf(int thread) => _writers[thread];

    /// <summary>Ends the adding: from now on the records of a partition stand in one row, whoever added them.</summary>
    public void Close()
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            _counts[partition] = checked(_writers.Sum(writer => writer.CountOf(partition)));
            foreach (var writer in _writers) writer.MoveTo(partition, _pieces[partition]);
        }

        CloseGaps();
    }

    public int CountOf(int partition) => _counts[partition];

    /// <summary>One record; for many of a partition <see cref="Load"/> is faster.</summary>
    public ReadOnlySpan<byte> Record(int partition, int index) => new((byte*)_pieces[partition][index / _perPiece] + index % _perPiece * RecordBytes, RecordBytes);

    /// <summary>Copies all records of a partition, one behind the other.</summary>
    public void Load(int partition, Span<byte> records)
    {
        foreach (var piece in Filled(partition)) piece.Span.CopyTo(records[piece.At..]);
    }

    /// <summary>Puts the records of a partition back, in whatever order.</summary>
    public void Store(int partition, ReadOnlySpan<byte> records)
    {
        foreach (var piece in Filled(partition)) records.Slice(piece.At, piece.Span.Length).CopyTo(piece.Span);
    }

    public void Dispose()
    {
        foreach (var writer in _writers) writer.Dispose();
    }

    private PieceWalk Filled(int partition) => new(_pieces[partition], _perPiece * RecordBytes, _counts[partition] * RecordBytes);

    // Every writer leaves one piece per partition partly filled; all but the last of a partition are filled up from behind.
    private void CloseGaps()
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            var pieces = _pieces[partition];
            var fill = new List<(nint Piece, int Count)>();
            foreach (var writer in _writers) writer.AddPartly(partition, fill);
            pieces.AddRange(Merge(fill));
        }
    }

    private List<nint> Merge(List<(nint Piece, int Count)> partly)
    {
        var full = new List<nint>();
        if (partly.Count == 0) return full;
        var (into, filled) = partly[0];
        foreach (var (piece, count) in partly.Skip(1))
        {
            var taken = Math.Min(count, _perPiece - filled);
            // From the end of the other piece, so that what stays in it still begins at its start.
            Copy(piece, count - taken, into, filled, taken);
            filled += taken;
            if (filled < _perPiece) continue;
            full.Add(into);
            (into, filled) = (piece, count - taken);
        }

        if (filled > 0) full.Add(into);
        return full;
    }

    private void Copy(nint from, int at, nint to, int behind, int count) =>
        new ReadOnlySpan<byte>((byte*)from + at * RecordBytes, count * RecordBytes).CopyTo(new Span<byte>((byte*)to + behind * RecordBytes, count * RecordBytes));

    /// <summary>One thread's part. Its memory is filled piece by piece.</summary>
    internal sealed class Writer(int recordBytes, int perPiece) : IDisposable
    {
        private readonly Open[] _open = new Open[Partitions];
        private readonly List<nint>[] _full = [.. Enumerable.Range(0, Partitions).Select(_ => new List<nint>())];
        private readonly List<nint> _slabs = [];
        private readonly nuint _pieceBytes = (nuint)(recordBytes * perPiece);
        private byte* _free, _slabEnd;

        /// <summary>Adds the first bytes of <paramref name="record"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(int partition, ReadOnlySpan<byte> record)
        {
            ref var open = ref _open[partition];
            if (open.Left == 0) Next(ref open, partition);
            Copy(ref MemoryMarshal.GetReference(record), ref *open.Top, recordBytes);
            open.Top += recordBytes;
            open.Left--;
        }

        public int CountOf(int partition) => _full[partition].Count * perPiece + PartlyOf(partition);

        public void MoveTo(int partition, List<nint> pieces) => pieces.AddRange(_full[partition]);

        public void AddPartly(int partition, List<(nint Piece, int Count)> pieces)
        {
            if (PartlyOf(partition) is > 0 and var count) pieces.Add(((nint)(_open[partition].Top - count * recordBytes), count));
        }

        public void Dispose()
        {
            foreach (var slab in _slabs) NativeMemory.Free((void*)slab);
            _slabs.Clear();
        }

        private int PartlyOf(int partition) => _open[partition].Top is null ? 0 : perPiece - _open[partition].Left;

        private void Next(ref Open open, int partition)
        {
            if (open.Top is not null) _full[partition].Add((nint)(open.Top - _pieceBytes));
            if ((nuint)(_slabEnd - _free) < _pieceBytes)
            {
                var bytes = Math.Max(SlabBytes, _pieceBytes);
                _free = (byte*)NativeMemory.Alloc(bytes);
                _slabEnd = _free + bytes;
                _slabs.Add((nint)_free);
            }

            open.Top = _free;
            open.Left = perPiece;
            _free += _pieceBytes;
        }

        private struct Open
        {
            public byte* Top;
            public int Left;
        }
    }

    /// <summary>The filled part of each piece of a partition, and where it stands among all of its records.</summary>
    private ref struct PieceWalk(List<nint> pieces, int pieceBytes, int bytes)
    {
        private int _piece = -1;

        public readonly PieceWalk GetEnumerator() => this;

        public readonly Filled Current => new(new Span<byte>((byte*)pieces[_piece], Math.Min(pieceBytes, bytes - _piece * pieceBytes)), _piece * pieceBytes);

        public bool MoveNext() => ++_piece < pieces.Count;

        public readonly ref struct Filled(Span<byte> span, int at)
        {
            public readonly Span<byte> Span = span;
            public readonly int At = at;
        }
    }
}
