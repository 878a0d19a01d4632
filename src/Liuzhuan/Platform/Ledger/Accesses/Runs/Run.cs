using System.Data.Common;

namespace Liuzhuan.Platform.Ledger.Accesses.Runs;

/// <summary>A sorted list of (pseudonym, position) as its row describes it.</summary>
/// <param name="KeyId">The key of its pseudonyms.</param>
/// <param name="FirstPosition">No position in it is less; positions are kept as distances from it.</param>
/// <param name="LastPosition">None is greater.</param>
internal sealed record Run(long Id, long KeyId, long FirstPosition, long LastPosition, long People, long Accesses)
{
    /// <summary>What <see cref="Of"/> reads, in its order.</summary>
    public const string Columns = "id, key_id, first_position, last_position, people, accesses";

    public static Run Of(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
}
