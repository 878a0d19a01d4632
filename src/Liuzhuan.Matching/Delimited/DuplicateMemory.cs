using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Delimited;

/// <summary>
/// Keeps one piece of memory between batches, because getting fresh pages from the system costs a batch of a million rows
/// a tenth of its time. At most 96 MB stay behind, enough for seven million rows.
/// </summary>
internal static class DuplicateMemory
{
    private const long MostKept = 96 << 20;

    private static ResidentMemory? s_kept;

    /// <summary>Zeroed memory of at least this length.</summary>
    public static ResidentMemory Rent(long bytes)
    {
        var memory = Interlocked.Exchange(ref s_kept, null);
        if (memory is not null && memory.Length >= bytes) return memory;
        memory?.Dispose();
        return new ResidentMemory(bytes, isCounted: false);
    }

    /// <summary>
    /// Takes memory back of which the first <paramref name="used"/> bytes may have been written. What is kept is cleared now and not when it is
    /// next needed: the numbers of a finished batch do not stay behind. A short batch after a long one clears what it used, not all.
    /// </summary>
    public static void Return(ResidentMemory memory, long used)
    {
        if (memory.Length <= MostKept)
        {
            Clear(memory, used);
            if (Interlocked.CompareExchange(ref s_kept, memory, null) is null) return;
        }

        memory.Dispose();
    }

    private static unsafe void Clear(ResidentMemory memory, long used)
    {
        const int piece = 1 << 30;
        for (long at = 0; at < used; at += piece) new Span<byte>(memory.Base + at, (int)Math.Min(piece, used - at)).Clear();
    }
}
