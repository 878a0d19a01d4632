using System.Buffers.Binary;
using System.Numerics;
using Liuzhuan.Matching.Snapshots;
using Liuzhuan.Platform.Data;
using Microsoft.Win32.SafeHandles;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>
/// A run in a file of its own. Numbers are little endian. Pieces follow each other, each with its length, the number of its blocks (4 bytes each), the blocks with their first high part (8) and their
/// length (2) before each, and CRC-32C of all that (4). The end is a piece of length 0, with the number of blocks in all (4), people, run and key (8 each), and CRC-32C.
/// </summary>
internal static class RunFile
{
    private const int Head = 8, BlockHead = 10, Sum = 4, End = Head + 3 * sizeof(long) + Sum;

    // Far more than a writer puts into one.
    private const int MostInPiece = 64 << 20;

    /// <summary>Goes through the blocks of a file in order, some at a time; what is given is checked.</summary>
    /// <param name="key">Of the run.</param>
    /// <exception cref="DataRefusedException">The file is damaged, cut off or another run's.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static IEnumerable<List<RunBlock>> Read(string path, long run, long key)
    {
        using var file = Open(path);
        var (at, count, head) = (0L, 0, new byte[Head]);
        while (true)
        {
            if (RandomAccess.Read(file, head, at) < Head) throw Damaged(path);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length == 0) break;
            if (length is < Head or > MostInPiece) throw Damaged(path);
            var blocks = Parse(ReadWhole(file, at, length + Sum, path), path);
            count += blocks.Count;
            yield return blocks;
            at += length + Sum;
        }

        var told = ToldBy(ReadWhole(file, at, End, path));
        if (at + End != RandomAccess.GetLength(file) || told != told with { Blocks = count, Run = run, Key = key }) throw Damaged(path);
    }

    public static DataRefusedException Damaged(string path) => new(DataRefusals.DamagedRun(path));

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, options: FileOptions.SequentialScan);
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new FileNotFoundException(fault.Message, path, fault);
        }
    }

    private static Told ToldBy(ReadOnlySpan<byte> end) => new(
        BinaryPrimitives.ReadInt32LittleEndian(end[4..]), BinaryPrimitives.ReadInt64LittleEndian(end[8..]), BinaryPrimitives.ReadInt64LittleEndian(end[16..]), BinaryPrimitives.ReadInt64LittleEndian(end[24..]));

    private static byte[] ReadWhole(SafeFileHandle file, long at, int length, string path)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(read), at + read);
            if (more == 0) throw Damaged(path);
            read += more;
        }

        if (Checksum(bytes.AsSpan(0, length - Sum)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length - Sum))) throw Damaged(path);
        return bytes;
    }

    private static List<RunBlock> Parse(ReadOnlySpan<byte> piece, string path)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(piece[4..]);
        var rest = piece[Head..^Sum];
        var blocks = new List<RunBlock>();
        for (; rest.Length > BlockHead; rest = rest[(BlockHead + blocks[^1].Content.Length)..])
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]);
            if (length == 0 || length > rest.Length - BlockHead) throw Damaged(path);
            blocks.Add(new RunBlock(BinaryPrimitives.ReadUInt64LittleEndian(rest), rest.Slice(BlockHead, length).ToArray()));
        }

        return rest.IsEmpty && blocks.Count == count ? blocks : throw Damaged(path);
    }

    // What the end of a file says.
    private sealed record Told(int Blocks, long People, long Run, long Key);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }

    /// <summary>Writes a file, from its first block to its end.</summary>
    public sealed class Writer : IDisposable
    {
        private readonly string _path;
        private readonly SafeFileHandle _file;
        private byte[] _piece = [];
        private long _at;
        private int _blocks;

        /// <param name="path">Where none is yet.</param>
        public Writer(string path) => (_path, _file) = (path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None));

        /// <summary>Writes blocks that follow the last ones, and takes them out of the list.</summary>
        public void Write(List<RunBlock> blocks)
        {
            if (blocks.Count == 0) return;
            var length = Head;
            foreach (var block in blocks) length += BlockHead + block.Content.Length;
            if (_piece.Length < length + Sum) _piece = GC.AllocateUninitializedArray<byte>(length + length / 8 + Sum);
            var piece = _piece.AsSpan(0, length + Sum);
            BinaryPrimitives.WriteInt32LittleEndian(piece, length);
            BinaryPrimitives.WriteInt32LittleEndian(piece[4..], blocks.Count);
            var rest = piece[Head..];
            foreach (var block in blocks)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(rest, block.First);
                BinaryPrimitives.WriteUInt16LittleEndian(rest[8..], (ushort)block.Content.Length);
                block.Content.CopyTo(rest[BlockHead..]);
                rest = rest[(BlockHead + block.Content.Length)..];
            }

            _blocks += blocks.Count;
            blocks.Clear();
            Append(piece);
        }

        /// <summary>Writes the end; returns when all of it is on the disk, its name too.</summary>
        public void Finish(long people, long run, long key)
        {
            Span<byte> end = stackalloc byte[End];
            end.Clear();
            BinaryPrimitives.WriteInt32LittleEndian(end[4..], _blocks);
            BinaryPrimitives.WriteInt64LittleEndian(end[8..], people);
            BinaryPrimitives.WriteInt64LittleEndian(end[16..], run);
            BinaryPrimitives.WriteInt64LittleEndian(end[24..], key);
            Append(end);
            RandomAccess.FlushToDisk(_file);
            DurableFile.FlushDirectory(Path.GetDirectoryName(_path)!);
        }

        public void Dispose() => _file.Dispose();

        private void Append(Span<byte> piece)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(piece[^Sum..], Checksum(piece[..^Sum]));
            RandomAccess.Write(_file, piece, _at);
            _at += piece.Length;
        }
    }
}
