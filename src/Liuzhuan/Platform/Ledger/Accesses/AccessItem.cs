namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>One access as the person reads it.</summary>
/// <param name="Position">Of the entry in the ledger, by which the access can be proved.</param>
internal sealed record AccessItem(long Position, DateTimeOffset At, string Agency, string Purpose, string Provision, string Fact);

/// <summary>A part of a person's list, newest first.</summary>
/// <param name="Before">What to ask with for the next part; null at the end.</param>
internal sealed record AccessPage(IReadOnlyList<AccessItem> Items, long? Before);
