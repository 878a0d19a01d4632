using Liuzhuan.Platform.Ledger.Merkle;

namespace Liuzhuan.Platform.Ledger;

/// <summary>The end of the log as the database holds it.</summary>
/// <param name="Size">Entries in the log.</param>
/// <param name="Root">The root of the tree over them.</param>
/// <param name="Note">The signed checkpoint over both; empty while the log is.</param>
/// <param name="WrittenAt">When the last entry was written; no entry is ever written with an earlier time.</param>
internal sealed record LedgerHead(long Size, TreeHash Root, string Note, DateTimeOffset WrittenAt)
{
    public static readonly LedgerHead Empty = new(0, TreeHash.Empty, "", DateTimeOffset.UnixEpoch);
}
