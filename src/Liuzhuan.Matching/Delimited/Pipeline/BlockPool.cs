using System.Collections.Concurrent;

namespace Liuzhuan.Matching.Delimited.Pipeline;

/// <summary>
/// Keeps the blocks of finished batches for the next one, because fresh memory for them costs a short batch more than its rows. Nothing of a
/// batch stays in them.
/// </summary>
internal static class BlockPool
{
    private const int MostKept = 16, LongestKept = 1 << 20;

    private static readonly ConcurrentQueue<Block> Kept = new();

    public static Block Rent() => Kept.TryDequeue(out var block) ? block : new Block();

    /// <summary>Takes back a block that nobody uses any more, and wipes it.</summary>
    public static void Return(Block block)
    {
        if (Kept.Count >= MostKept || block.Text.Length > LongestKept || block.Output.Length > 2 * LongestKept) return;
        block.Wipe();
        Kept.Enqueue(block);
    }
}
