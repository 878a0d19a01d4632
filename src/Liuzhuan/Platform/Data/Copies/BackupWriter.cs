using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Liuzhuan.Platform.Data.Copies;

/// <summary>Writes the frames of <see cref="BackupFormat"/>.</summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly Stream _to;
    private readonly IncrementalHash _frame = IncrementalHash.CreateHash(HashAlgorithmName.SHA256), _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public BackupWriter(Stream to)
    {
        _to = to;
        to.Write(BackupFormat.FirstLine);
    }

    /// <summary>Writes a frame; gives back its checksum.</summary>
    public byte[] Write(FrameKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[BackupFormat.HeadBytes];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], content.Length);
        _frame.AppendData(head);
        _frame.AppendData(content);
        var checksum = _frame.GetHashAndReset();
        _to.Write(head);
        _to.Write(content);
        _to.Write(checksum);
        _whole.AppendData(checksum);
        return checksum;
    }

    public byte[] Write<T>(FrameKind kind, T content, JsonTypeInfo<T> type) => Write(kind, JsonSerializer.SerializeToUtf8Bytes(content, type));

    /// <summary>Ends the file; gives back its digest.</summary>
    public string Finish()
    {
        var digest = _whole.GetHashAndReset();
        Write(FrameKind.End, digest);
        return Convert.ToHexStringLower(digest);
    }

    public void Dispose()
    {
        _frame.Dispose();
        _whole.Dispose();
    }
}
