using System.Globalization;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Supervision.Contract;

/// <summary>The lists of people whom nobody is to look up without need. Held in memory and read anew after some seconds: they are short and seldom change.</summary>
internal sealed class WatchLists(DataStore store, TimeProvider clock)
{
    public const string Colleagues = "colleagues", Neighbours = "neighbours", Protected = "protected";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private Loaded? _loaded;

    /// <summary>The lists there are.</summary>
    public static IReadOnlyList<string> All { get; } = [Colleagues, Neighbours, Protected];

    /// <summary>How many of these people stand on which list, as "protected:2,colleagues:1"; empty when none does. Each person counts once for a list.</summary>
    /// <param name="officer">Who looks: some entries are for one officer only.</param>
    public async Task<string> CountAsync(string officer, long keyId, IReadOnlyList<Pseudonym> people, CancellationToken stop)
    {
        var loaded = await LoadAsync(stop);
        if (loaded.Entries.Count == 0) return "";
        var found = new HashSet<(string List, Pseudonym Person)>();
        foreach (var person in people)
        {
            if (!loaded.Entries.TryGetValue((keyId, person), out var entries)) continue;
            foreach (var entry in entries)
            {
                if (entry.Officer.Length == 0 || entry.Officer == officer) found.Add((entry.List, person));
            }
        }

        return string.Join(',', found.GroupBy(one => one.List).OrderBy(list => list.Key, StringComparer.Ordinal).Select(list => string.Create(CultureInfo.InvariantCulture, $"{list.Key}:{list.Count()}")));
    }

    /// <summary>Reads them anew with the next look.</summary>
    public void Forget() => Volatile.Write(ref _loaded, null);

    private async Task<Loaded> LoadAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref _loaded) is { } kept && clock.GetElapsedTime(kept.At) < Fresh) return kept;
        var at = clock.GetTimestamp();
        await using var connection = await store.OpenAsync(stop);
        var rows = await connection.ListAsync(null, "select list, officer, key_id, high, low from watch_people", row => (List: row.GetString(0), Officer: row.GetString(1), Key: row.GetInt64(2), Person: Pseudonym.Stored(row.GetInt64(3), row.GetInt32(4))), stop);
        var entries = rows.GroupBy(row => (row.Key, row.Person)).ToDictionary(group => group.Key, group => group.Select(row => (row.List, row.Officer)).ToArray());
        var loaded = new Loaded(at, entries);
        Volatile.Write(ref _loaded, loaded);
        return loaded;
    }

    private sealed record Loaded(long At, Dictionary<(long KeyId, Pseudonym Person), (string List, string Officer)[]> Entries);
}
