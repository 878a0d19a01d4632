using System.Diagnostics;
using Liuzhuan.Matching.Delimited.Text;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>Writes finished blocks in file order and says how far the file has come.</summary>
internal sealed class BlockWriter(BatchContext context, WorkingReader input)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(100);
    private long _toldAt = Stopwatch.GetTimestamp();
    private long _toldBytes;

    public void Begin() => context.Job.Output.Write(input.Bom);

    public void Write(Block block)
    {
        context.Job.Output.Write(block.Output, 0, block.OutputLength);
        if (context.Job.Progress is not { } progress) return;
        var isNews = input.TotalBytes > 0 && (block.BytesRead - _toldBytes) * 100 >= input.TotalBytes;
        if (!isNews && Stopwatch.GetElapsedTime(_toldAt) < LongestSilence) return;
        (_toldAt, _toldBytes) = (Stopwatch.GetTimestamp(), block.BytesRead);
        progress(new BatchProgress(block.BytesRead, input.TotalBytes, block.RowsDone));
    }

    /// <summary>The odd last byte of a UTF-16 file comes back as the last byte of the result.</summary>
    public void End()
    {
        if (context.IsFull) context.Job.Output.Write(input.Rest);
        context.Job.Output.Flush();
    }
}
