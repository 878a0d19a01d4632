using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Delimited;

/// <summary>
/// Keeps one piece of memory between batches, because getting fresh pages from the system costs a batch of a million rows
/// a tenth of its time. At most 64 MB stay behind.
/// </summary>
internal static class DuplicateMemory
{
    private const long MostKept = 64 << 20;

    private static ResidentMemory? s_kept;

    /// <summary>Zeroed memory of at least this length.</summary>
    public static unsafe ResidentMemory Rent(long bytes)
    {
        var memory = Interlocked.Exchange(ref s_kept, null);
        if (memory is null || memory.Length < bytes)
        {
            memory?.Dispose();
            memory = new ResidentMemory(bytes);
        }

        new Span<byte>(memory.Base, checked((int)Math.Min(bytes, int.MaxValue))).Clear();
        for (long at = int.MaxValue; at < bytes; at += int.MaxValue) new Span<byte>(memory.Base + at, (int)Math.Min(bytes - at, int.MaxValue)).Clear();
        return memory;
    }

    public static void Return(ResidentMemory memory)
    {
        if (memory.Length > MostKept || Interlocked.CompareExchange(ref s_kept, memory, null) is not null) memory.Dispose();
    }
}
