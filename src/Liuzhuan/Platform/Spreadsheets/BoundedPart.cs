namespace Liuzhuan.Platform.Spreadsheets;

/// <summary>What all parts of one package have unpacked so far.</summary>
internal sealed class UnpackBudget(SpreadsheetBounds bounds)
{
    public SpreadsheetBounds Bounds { get; } = bounds;

    public long Total { get; set; }
}

/// <summary>The bytes of one part, counted while they are unpacked, so that no bomb goes off.</summary>
internal sealed class BoundedPart(Stream inner, string part, long packedBytes, UnpackBudget budget) : Stream
{
    private long _node;

    /// <summary>Bytes unpacked so far.</summary>
    public long Done { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Done; set => throw new NotSupportedException(); }

    /// <summary>A new XML node begins; what follows is counted towards its size.</summary>
    public void StartNode() => _node = Done;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var bounds = budget.Bounds;
        if (Done - _node > bounds.MaxNodeBytes) throw new SpreadsheetRefusedException(SpreadsheetRefusals.Xml(part, "含有过长的内容", "holds an overlong tag or text"));
        var read = inner.Read(buffer);
        Done += read;
        budget.Total += read;
        if (Done > bounds.MaxEntryBytes || budget.Total > bounds.MaxTotalBytes || (Done > bounds.RatioFloorBytes && Done / bounds.MaxRatio > packedBytes))
        {
            throw new SpreadsheetRefusedException(SpreadsheetRefusals.Unpacks(part));
        }

        return read;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
