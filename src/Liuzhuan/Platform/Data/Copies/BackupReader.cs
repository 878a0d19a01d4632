using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>Reads the frames of <see cref="BackupFormat"/> and checks each before it hands it out.</summary>
internal sealed class BackupReader : IDisposable
{
    // All but full blocks of rows are short: who only looks at a backup's header pays for no room for them.
    private const int UsualFrame = 16 << 10;

    private readonly FileStream _from;
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _frame = new byte[UsualFrame];

    private BackupReader(FileStream from, BackupHeader header) => (_from, Header) = (from, header);

    public BackupHeader Header { get; private set; }

    /// <summary>What is being read, for sentences about damage.</summary>
    public BackupPlace Place { get; set; } = BackupPlace.Header;

    /// <summary>The checksum of the header, which tells this backup from others.</summary>
    public byte[] HeaderChecksum { get; private set; } = [];

    /// <summary>From 0 to 1.</summary>
    public double Share => _from.Position / (double)Math.Max(1, _from.Length);

    public long Length => _from.Length;

    /// <summary>Opens a backup and reads its header.</summary>
    /// <exception cref="DataRefusedException">It is no backup, damaged, or of a newer program.</exception>
    public static BackupReader Open(string path)
    {
        var reader = new BackupReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan), new BackupHeader(0, "", "", default, [], false));
        try
        {
            Span<byte> first = stackalloc byte[BackupFormat.FirstLine.Length];
            if (reader._from.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length || !first.SequenceEqual(BackupFormat.FirstLine)) throw new DataRefusedException(BackupRefusals.NoBackup(path));
            var (kind, content) = reader.Next();
            if (kind != FrameKind.Header) throw reader.Damaged();
            reader.HeaderChecksum = reader._frame.AsSpan(BackupFormat.HeadBytes + content.Length, BackupFormat.ChecksumBytes).ToArray();
            reader.Header = reader.Json(content, BackupJson.Default.BackupHeader);
            if (reader.Header.Format > BackupFormat.Version) throw new DataRefusedException(BackupRefusals.Newer(reader.Header.Program));
            if (SchemaSteps.Unknown(reader.Header.Steps).FirstOrDefault() is not null) throw new DataRefusedException(BackupRefusals.Newer(reader.Header.Program));
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The next frame, sound. Its content is good until the next call.</summary>
    /// <exception cref="DataRefusedException">It is damaged or missing.</exception>
    public (FrameKind Kind, ReadOnlyMemory<byte> Content) Next()
    {
        if (!Fill(0, BackupFormat.HeadBytes)) throw Cut();
        var kind = (FrameKind)_frame[0];
        var length = BinaryPrimitives.ReadInt32BigEndian(_frame.AsSpan(1));
        if (Place == BackupPlace.Next) Place = kind switch { FrameKind.Keys => BackupPlace.Keys, FrameKind.End => BackupPlace.End, _ => Place };
        if (!Enum.IsDefined(kind) || length is < 0 or > BackupFormat.LongestFrame) throw Damaged();
        // Asked before making room for it: a length that was changed must not cost a gigabyte.
        if (length + (long)BackupFormat.ChecksumBytes > _from.Length - _from.Position) throw Cut();
        var framed = BackupFormat.HeadBytes + length;
        if (_frame.Length < framed + BackupFormat.ChecksumBytes) Array.Resize(ref _frame, Math.Max(framed + BackupFormat.ChecksumBytes, RowBlock.Full * 2));
        if (!Fill(BackupFormat.HeadBytes, length + BackupFormat.ChecksumBytes)) throw Cut();
        var checksum = _frame.AsSpan(framed, BackupFormat.ChecksumBytes);
        if (!SHA256.HashData(_frame.AsSpan(0, framed)).AsSpan().SequenceEqual(checksum)) throw Damaged();
        if (kind != FrameKind.End) _whole.AppendData(checksum);
        return (kind, _frame.AsMemory(BackupFormat.HeadBytes, length));
    }

    /// <summary>Reads a content that is JSON.</summary>
    public T Json<T>(ReadOnlyMemory<byte> content, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(content.Span, type) ?? throw Damaged();
        }
        catch (JsonException)
        {
            throw Damaged();
        }
    }

    /// <summary>Checks the content of the last frame, and that nothing follows it; gives back the digest of the file.</summary>
    public string Finish(ReadOnlyMemory<byte> content)
    {
        var digest = _whole.GetHashAndReset();
        if (!content.Span.SequenceEqual(digest) || _from.Position != _from.Length) throw Damaged();
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>The fault of a frame that is not what it should be, told with the place where it lies.</summary>
    public DataRefusedException Damaged() => new(BackupRefusals.Damaged(Place, _from.Position));

    public void Dispose()
    {
        _from.Dispose();
        _whole.Dispose();
    }

    private DataRefusedException Cut() => new(BackupRefusals.Cut(Place, _from.Length));

    private bool Fill(int start, int count) => _from.ReadAtLeast(_frame.AsSpan(start, count), count, throwOnEndOfStream: false) == count;
}
