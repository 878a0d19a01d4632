using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Ledger.Accesses;

/// <summary>Finds or makes the numbers by which events name their words. Used by one writer at a time, under the ledger's lock.</summary>
internal sealed class AccessContexts
{
    private const int MostKnown = 20_000;

    private const string
        Find = "select id from access_contexts where digest = @digest",
        Make = "insert into access_contexts (id, digest, agency, purpose, provision, fact) select coalesce(max(id), 0) + 1, @digest, @agency, @purpose, @provision, @fact from access_contexts returning id";

    private readonly Dictionary<Words, long> _known = [];

    /// <summary>The number of each; to be called once for a transaction.</summary>
    public async Task<long[]> IdsAsync(DbTransaction transaction, IReadOnlyList<AccessEvent> events, CancellationToken stop)
    {
        // What is made here may be rolled back: it is known for good only when a later transaction finds it.
        var made = new Dictionary<Words, long>();
        var ids = new long[events.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            var access = events[i];
            var words = new Words(access.Agency, access.Purpose, access.Provision, access.Fact);
            if (_known.TryGetValue(words, out ids[i]) || made.TryGetValue(words, out ids[i])) continue;
            var digest = access.ContextDigest();
            if (await transaction.Connection!.ScalarAsync(transaction, Find, stop, ("digest", digest)) is { } found)
            {
                if (_known.Count >= MostKnown) _known.Clear();
                ids[i] = _known[words] = Convert.ToInt64(found, null);
                continue;
            }

            var id = await transaction.Connection!.ScalarAsync(
                transaction, Make, stop,
                ("digest", digest), ("agency", access.Agency), ("purpose", access.Purpose), ("provision", access.Provision), ("fact", access.Fact));
            ids[i] = made[words] = Convert.ToInt64(id, null);
        }

        return ids;
    }

    // What events say, whenever it is shown.
    private sealed record Words(string Agency, string Purpose, string Provision, string Fact);
}
