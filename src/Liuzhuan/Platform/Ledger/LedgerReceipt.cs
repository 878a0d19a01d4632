namespace Liuzhuan.Platform.Ledger;

/// <summary>Proof that an entry is in the log: enough to check it with nothing but the ledger's public key.</summary>
/// <param name="Position">Its index in the log, from 0.</param>
/// <param name="At">When it was written; never before the entry in front of it.</param>
/// <param name="Leaf">The exact bytes that were hashed (RFC 9162 section 2.1.1).</param>
/// <param name="Path">Inclusion proof from the leaf to the root of <paramref name="Checkpoint"/>, lowest first (RFC 9162 section 2.1.3).</param>
/// <param name="Checkpoint">The signed note (C2SP tlog-checkpoint) over a tree that holds the entry.</param>
internal sealed record LedgerReceipt(long Position, DateTimeOffset At, ReadOnlyMemory<byte> Leaf, IReadOnlyList<ReadOnlyMemory<byte>> Path, string Checkpoint);
