namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>A sorted list of (pseudonym, position) as its row describes it.</summary>
/// <param name="KeyId">The key of its pseudonyms.</param>
/// <param name="FirstPosition">No position in it is less; positions are kept as distances from it.</param>
/// <param name="LastPosition">None is greater.</param>
internal sealed record Run(long Id, long KeyId, long FirstPosition, long LastPosition, long People, long Accesses);
