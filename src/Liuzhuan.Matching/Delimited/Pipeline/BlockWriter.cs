using System.Diagnostics;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Writes finished blocks in file order and says how far the file has come.</summary>
internal sealed class BlockWriter(BatchContext context, WorkingReader input)
{
    // The system takes whole pieces on their own boundaries for a third less than as much in pieces of any length.
    internal const int Piece = 128 << 10;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(100);
    private long _toldAt = Stopwatch.GetTimestamp();
    private long _toldBytes;
    private byte[] _held = [];
    private int _heldLength;

    public void Begin() => Put(input.Bom);

    public void Write(Block block)
    {
        Put(block.Output.AsSpan(0, block.OutputLength));
        if (context.Job.Progress is not { } progress) return;
        var isNews = input.TotalBytes > 0 && (block.BytesRead - _toldBytes) * 100 >= input.TotalBytes;
        if (!isNews && Stopwatch.GetElapsedTime(_toldAt) < LongestSilence) return;
        (_toldAt, _toldBytes) = (Stopwatch.GetTimestamp(), block.BytesRead);
        progress(new BatchProgress(block.BytesRead, input.TotalBytes, block.RowsDone));
    }

    /// <summary>The odd last byte of a UTF-16 file comes back as the last byte of the result.</summary>
    public void End()
    {
        if (context.IsFull) Put(input.Rest);
        context.Job.Output.Write(_held, 0, _heldLength);
        context.Job.Output.Flush();
    }

    /// <summary>Nothing of a batch stays behind, however it ended.</summary>
    public void Wipe() => Array.Clear(_held);

    // What is less than a piece is held back until the rest of it comes.
    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (_heldLength > 0)
        {
            var some = Math.Min(Piece - _heldLength, bytes.Length);
            bytes[..some].CopyTo(_held.AsSpan(_heldLength));
            _heldLength += some;
            bytes = bytes[some..];
            if (_heldLength < Piece) return;
            context.Job.Output.Write(_held, 0, Piece);
            _heldLength = 0;
        }

        var whole = bytes.Length - bytes.Length % Piece;
        if (whole > 0) context.Job.Output.Write(bytes[..whole]);
        bytes = bytes[whole..];
        if (bytes.IsEmpty) return;
        if (_held.Length == 0) _held = GC.AllocateUninitializedArray<byte>(Piece);
        bytes.CopyTo(_held);
        _heldLength = bytes.Length;
    }
}
