using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.People.Administration;

/// <summary>Reads the ledger's entries about sign-in, permissions and administration, newest first.</summary>
internal sealed class AuditTrail(DataStore store)
{
    /// <summary>So many on a page: on a telephone each is a card.</summary>
    public const int PageLength = 20;

    // Read at once, and looked through for one page at most: what is further back is a page of its own.
    private const int Chunk = 500, MostRead = 20_000;

    // Word for word as the index says it.
    private const string OfTrail = "kind in ('sign-in', 'permission', 'administration')";

    public static IReadOnlyList<string> Kinds { get; } = ["sign-in", "permission", "administration"];

    /// <param name="kind">One of <see cref="Kinds"/>; null for all.</param>
    /// <param name="word">What the act's code or words, or a value, must hold; empty for all.</param>
    /// <param name="before">Entries below this position; null from the newest.</param>
    public async Task<TrailPage> ReadAsync(string? kind, string word, long? before, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var (found, next, read) = (new List<TrailEntry>(), before ?? long.MaxValue, 0);
        while (found.Count < PageLength && read < MostRead)
        {
            var rows = await connection.ListAsync(null, $"select position, written_at, kind, leaf from ledger_entries where {OfTrail} and position < @before{(kind is null ? "" : " and kind = @kind")} order by position desc limit {Chunk}", row => (Position: row.GetInt64(0), At: row.Instant(1), Kind: row.GetString(2), Leaf: row.GetFieldValue<byte[]>(3)), stop,
                kind is null ? [("before", next)] : [("before", next), ("kind", kind)]);
            foreach (var row in rows)
            {
                (next, read) = (row.Position, read + 1);
                if (Entry(row.Position, row.At, row.Kind, row.Leaf) is var entry && entry.Holds(word)) found.Add(entry);
                if (found.Count == PageLength) break;
            }

            if (rows.Count < Chunk && found.Count < PageLength) return new TrailPage(found, null);
        }

        return new TrailPage(found, next);
    }

    private static TrailEntry Entry(long position, DateTimeOffset at, string kind, byte[] leaf)
    {
        using var json = JsonDocument.Parse(leaf);
        var detail = json.RootElement.GetProperty("detail");
        var values = detail.EnumerateObject().Select(member => (member.Name, Value: member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() ?? "" : member.Value.GetRawText())).ToList();
        return new TrailEntry(position, at, kind, json.RootElement.GetProperty("actor").GetString() ?? "", values.Find(member => member.Name == "act").Value ?? "", [.. values.Where(member => member.Name != "act")]);
    }
}

/// <summary>A page of the trail.</summary>
/// <param name="Before">Where the next page begins; null when this is the last.</param>
internal sealed record TrailPage(IReadOnlyList<TrailEntry> Entries, long? Before);

/// <summary>An entry as auditors read it.</summary>
/// <param name="Act">The code of what was done.</param>
/// <param name="Values">All else that was logged of it.</param>
internal sealed record TrailEntry(long Position, DateTimeOffset At, string Kind, string Actor, string Act, IReadOnlyList<(string Name, string Value)> Values)
{
    /// <summary>By a code or value as it was logged, or by what it is called in either language.</summary>
    public bool Holds(string word) => word.Length == 0 || Has(Act, word) || Has(TrailTexts.ActName(this), word) || Values.Any(value => Has(value.Value, word) || Has(TrailTexts.ValueWords(value.Name, value.Value), word));

    private static bool Has(Text? words, string word) => words is not null && (Has(words.Zh, word) || Has(words.En, word));

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
