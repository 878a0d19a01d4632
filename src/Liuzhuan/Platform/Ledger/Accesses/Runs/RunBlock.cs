using System.Numerics;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>One piece of a run, ready to be kept.</summary>
/// <param name="First">The high part of its first pseudonym.</param>
/// <param name="Content">As <see cref="RunWriter"/> says.</param>
internal sealed record RunBlock(ulong First, byte[] Content)
{
    /// <summary>With the row around it four fill a page of PostgreSQL (8 kB) and two a page of SQLite (4 kB); more would go to a place of its own.</summary>
    public const int MostBytes = 1960;

    /// <summary>A run keeps positions as distances from its first one, in as many bits as the last of them needs.</summary>
    public static int PositionBits(long first, long last) => 64 - BitOperations.LeadingZeroCount((ulong)(last - first));
}
