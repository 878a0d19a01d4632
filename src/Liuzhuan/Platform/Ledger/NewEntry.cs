using System.Data.Common;

namespace Liuzhuan.Platform.Ledger;

/// <summary>Something to be logged. Its place and time are given by the ledger.</summary>
/// <param name="Kind">What happened: question, batch, disclosure, decision, sign-in, permission, administration.</param>
/// <param name="Actor">Who did it, as a reference that names no citizen: <c>agency/912201…</c>, <c>operator/root@host</c>.</param>
/// <param name="Detail">A JSON object in UTF-8 without line breaks: digests and pseudonymous references, never a person's data.</param>
internal sealed record NewEntry(string Kind, string Actor, ReadOnlyMemory<byte> Detail)
{
    /// <summary>Personal data that belongs to the entry. The leaf holds its SHA-256; the bytes lie beside it and can be erased.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>When the payload must go, at the latest.</summary>
    public DateTimeOffset ErasePayloadAfter { get; init; }

    /// <summary>The detail as <see cref="Writing.EntryDetail"/> put it together: while it is this one, it need not be looked at again.</summary>
    public ReadOnlyMemory<byte> PutTogether { get; init; }

    /// <summary>True for a detail that was put together by <see cref="Writing.EntryDetail"/>.</summary>
    public bool IsPutTogether => PutTogether.Length > 0 && Detail.Equals(PutTogether);

    /// <summary>Rows of other tables that become durable together with the entry, in the same transaction.</summary>
    public IReadOnlyList<Companion> Companions { get; init; } = [];
}

/// <summary>Makes an entry durable; null when a companion refused it.</summary>
internal delegate Task<LedgerReceipt?> AppendEntry(NewEntry entry, CancellationToken stop);

/// <summary>A row of another table that is written with an entry.</summary>
internal sealed record Companion(ICompanionWriter Writer, object Content);

/// <summary>A companion with what the ledger gave its entry.</summary>
/// <param name="TreeSize">Size of the log at the end of the group: the tree that the receipt proves the entry to be in.</param>
internal readonly record struct CompanionRow(object Content, long Position, DateTimeOffset At, long TreeSize);

/// <summary>Writes the companions of one kind for a whole group of entries at once, inside the ledger's transaction.</summary>
internal interface ICompanionWriter
{
    /// <summary>Writes all rows. Gives back the indexes of those that may not be written (a key already taken); the group is then rolled back and written again without their entries. Empty when all is well.</summary>
    Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop);
}
