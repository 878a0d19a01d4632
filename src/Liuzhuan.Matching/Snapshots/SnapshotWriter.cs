using System.Security.Cryptography;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>Writes sections one after another, page-aligned, with their checksums; the header comes last, so an unfinished file is never taken for a register.</summary>
internal sealed class SnapshotWriter : IDisposable
{
    // Multiples of the checksum's stripe.
    private const int UsualPiece = 1 << 18, LargePage = 2 << 20;

    private readonly FileStream _file;
    private SectionWriter? _last;
    private long _position = SnapshotHeader.PageSize;

    public SnapshotWriter(string path) =>
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 1);

    /// <summary>Writes one whole section.</summary>
    public SectionEntry Write(ReadOnlySpan<byte> content)
    {
        var section = Begin(content.Length);
        section.Add(content);
        return section.End();
    }

    /// <summary>Reserves <paramref name="length"/> bytes and gives a writer for them; several may be open at once.</summary>
    /// <param name="inLargePages">For what nearly every question looks at: written by the large page it is, while it stays in the system's file cache, mapped in large pages,
    /// which takes next to no time and misses the address cache less often. It is dearer to write where a virtual machine's host has taken back free memory.</param>
    public SectionWriter Begin(long length, bool inLargePages = false)
    {
        var section = new SectionWriter(_file, _position, length, inLargePages ? LargePage : UsualPiece);
        _position = Behind(_position + length);
        return section;
    }

    /// <summary>Gives a writer for the last section, which becomes as long as what is added to it.</summary>
    public SectionWriter BeginLast() => _last = new SectionWriter(_file, _position, null, UsualPiece);

    /// <summary>Writes the header and makes everything durable.</summary>
    public string Finish(SnapshotHeader header)
    {
        if (_last is not null) _position = Behind(_position + _last.Length);
        header.FileLength = _position;
        _file.SetLength(_position);
        var page = header.ToPage();
        RandomAccess.Write(_file.SafeFileHandle, page, 0);
        _file.Flush(flushToDisk: true);
        return SnapshotHeader.Digest(page);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>How many bytes the piece that begins at a position of the file has: up to the next multiple.</summary>
    internal static int PieceAt(long position, int pieceBytes) => pieceBytes - (int)(position % pieceBytes);

    private static long Behind(long end) => (end + SnapshotHeader.PageSize - 1) / SnapshotHeader.PageSize * SnapshotHeader.PageSize;

    /// <summary>Appends to one section, hashing as it goes.</summary>
    internal sealed class SectionWriter(FileStream file, long offset, long? length, int pieceBytes)
    {
        // The system is told to begin with the disk after so much, so that little is left for the end.
        private const long Portion = 16 << 20;

        private readonly byte[] _buffer = new byte[Math.Min(length ?? pieceBytes, pieceBytes)];
        private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private Checksum _sum = new();
        private int _filled;
        private long _written, _begun;

        /// <summary>Bytes added so far.</summary>
        public long Length => _written + _filled;

        public void Add(ReadOnlySpan<byte> content)
        {
            if (length < Length + content.Length) throw new InvalidOperationException($"Section of {length} bytes got {Length + content.Length}.");
            while (!content.IsEmpty)
            {
                var whole = PieceAt(offset + _written, pieceBytes);
                if (_filled == 0 && content.Length >= whole)
                {
                    Put(content[..whole]);
                    content = content[whole..];
                    continue;
                }

                var take = Math.Min(content.Length, whole - _filled);
                content[..take].CopyTo(_buffer.AsSpan(_filled));
                _filled += take;
                content = content[take..];
                if (_filled < whole) continue;
                _filled = 0;
                Put(_buffer.AsSpan(0, whole));
            }
        }

        public SectionEntry End()
        {
            if (length is not null && length != Length) throw new InvalidOperationException($"Section of {length} bytes got {Length}.");
            var rest = _buffer.AsSpan(0, _filled);
            var sum = _sum.Finish(rest);
            _sha.AppendData(rest);
            RandomAccess.Write(file.SafeFileHandle, rest, offset + _written);
            var entry = new SectionEntry(offset, Length, sum, _sha.GetHashAndReset());
            _sha.Dispose();
            return entry;
        }

        // Whole pieces only, so that the checksum leaves nothing over.
        private void Put(ReadOnlySpan<byte> content)
        {
            _sum.Add(content);
            _sha.AppendData(content);
            RandomAccess.Write(file.SafeFileHandle, content, offset + _written);
            _written += content.Length;
            if (_written - _begun < Portion) return;
            DurableFile.BeginFlush(file.SafeFileHandle, offset + _begun, _written - _begun);
            _begun = _written;
        }
    }
}
