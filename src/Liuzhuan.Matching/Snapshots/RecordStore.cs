using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// Encoded records of one size (scattered key, hot word, cold fields) by the top bits of their scattered key. They lie outside the collected
/// heap in pieces of equal size: growing copies nothing, and no page is touched that will not be filled.
/// </summary>
internal sealed unsafe class RecordStore
{
    public const int PartitionBits = 8, Partitions = 1 << PartitionBits;
    public const int PrefixBytes = 16;

    private const int PieceBytes = 16 << 10;

    // Behind the last record of a piece.
    private const int Beyond = sizeof(ulong) - 1;

    private readonly Writer[] _writers;
    private readonly List<nint>[] _pieces = [.. Enumerable.Range(0, Partitions).Select(_ => new List<nint>())];
    private readonly int[] _counts = new int[Partitions];
    private readonly int _perPiece;

    /// <param name="coldStride">Bytes of cold fields.</param>
    /// <param name="writers">Threads that add records.</param>
    /// <param name="slabs">Where the memory comes from; it stays in use as long as the store.</param>
    public RecordStore(int coldStride, int writers, Slabs slabs)
    {
        RecordBytes = PrefixBytes + coldStride;
        _perPiece = Math.Max(1, (PieceBytes - Beyond) / RecordBytes);
        _writers = [.. Enumerable.Range(0, writers).Select(_ => new Writer(RecordBytes, _perPiece, slabs))];
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

    /// <summary>The records of a partition, piece by piece.</summary>
    public PieceWalk Filled(int partition) => new(_pieces[partition], _perPiece * RecordBytes, _counts[partition] * RecordBytes);

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
    internal sealed class Writer(int recordBytes, int perPiece, Slabs slabs)
    {
        private readonly Open[] _open = new Open[Partitions];
        private readonly List<nint>[] _full = [.. Enumerable.Range(0, Partitions).Select(_ => new List<nint>())];
        private byte* _free, _slabEnd;

        /// <summary>The place of the next record of a partition, to be filled at once; up to seven bytes behind it may be overwritten, too.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref byte Next(int partition)
        {
            ref var open = ref _open[partition];
            if (open.Left == 0) Turn(ref open, partition);
            ref var record = ref *open.Top;
            open.Top += recordBytes;
            open.Left--;
            return ref record;
        }

        public int CountOf(int partition) => _full[partition].Count * perPiece + PartlyOf(partition);

        public void MoveTo(int partition, List<nint> pieces) => pieces.AddRange(_full[partition]);

        public void AddPartly(int partition, List<(nint Piece, int Count)> pieces)
        {
            if (PartlyOf(partition) is > 0 and var count) pieces.Add(((nint)(_open[partition].Top - count * recordBytes), count));
        }

        private int PartlyOf(int partition) => _open[partition].Top is null ? 0 : perPiece - _open[partition].Left;

        private void Turn(ref Open open, int partition)
        {
            var bytes = recordBytes * perPiece;
            if (open.Top is not null) _full[partition].Add((nint)(open.Top - bytes));
            if (_slabEnd - _free < bytes + Beyond)
            {
                if (bytes + Beyond > Slabs.Bytes) throw new InvalidOperationException($"A record of {recordBytes} bytes does not fit a slab.");
                _free = (byte*)slabs.Rent();
                _slabEnd = _free + Slabs.Bytes;
            }

            open.Top = _free;
            open.Left = perPiece;
            _free += bytes + Beyond;
        }

        private struct Open
        {
            public byte* Top;
            public int Left;
        }
    }

    /// <summary>The filled part of each piece of a partition, and where it stands among all of its records.</summary>
    public ref struct PieceWalk(List<nint> pieces, int pieceBytes, int bytes)
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
