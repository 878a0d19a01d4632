using System.Security.Cryptography;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Platform.Files;

/// <summary>A forward-only stream that hashes what passes through it: input and output that cannot be read twice, or should not for the sake of time.</summary>
/// <param name="startsOver">True for a file that its reader may begin anew; the hash then begins anew, too.</param>
internal sealed class HashedStream(Stream inner, bool startsOver = false) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => startsOver;

    public override long Length => startsOver ? inner.Length : throw new NotSupportedException();

    public override long Position
    {
        get => startsOver ? inner.Position : throw new NotSupportedException();
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>SHA-256 of everything so far, in lower-case hex.</summary>
    public string Digest => HexText.Lower(_hash.GetCurrentHash());

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _hash.AppendData(buffer[..read]);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        _hash.AppendData(buffer);
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (!startsOver || offset != 0 || origin != SeekOrigin.Begin) throw new NotSupportedException();
        _hash.GetHashAndReset();
        return inner.Seek(0, SeekOrigin.Begin);
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A forward-only stream whose reader can be stopped while it waits for more, as at a terminal or a pipe that stays silent.</summary>
internal sealed class StoppableStream(Stream inner, CancellationToken stop) : Stream
{
    private const int BufferSize = 1 << 18;

    private readonly byte[] _buffer = new byte[BufferSize];

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var wanted = Math.Min(buffer.Length, BufferSize);
        var reading = Task.Run(() => inner.Read(_buffer, 0, wanted), CancellationToken.None);
        reading.WaitAsync(stop).GetAwaiter().GetResult();
        var read = reading.GetAwaiter().GetResult();
        _buffer.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A forward-only stream that first gives back bytes already read from it.</summary>
internal sealed class RewoundStream(byte[] head, int length, Stream rest) : Stream
{
    private int _at;

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == length) return rest.Read(buffer);
        var take = Math.Min(buffer.Length, length - _at);
        head.AsSpan(_at, take).CopyTo(buffer);
        _at += take;
        return take;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
