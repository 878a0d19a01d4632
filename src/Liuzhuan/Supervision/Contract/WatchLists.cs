using System.Globalization;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;

namespace Liuzhuan.Supervision.Contract;

/// <summary>The lists of people whom nobody is to look up without need. Held in memory and read anew after some seconds: they are short and seldom change.</summary>
internal sealed class WatchLists(DataStore store, TimeProvider clock)
{
    public const string Colleagues = "colleagues", Neighbours = "neighbours", Protected = "protected";

    // So many are enciphered at a time, so that memory does not grow with a file.
    private const int AtOnce = 1 << 16;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private Loaded? _loaded;

    /// <summary>The lists there are.</summary>
    public static IReadOnlyList<string> All { get; } = [Colleagues, Neighbours, Protected];

    /// <summary>How many of these people stand on which list, as "protected:2,colleagues:1"; empty when none does. Each person counts once for a list.</summary>
    /// <param name="officer">Who looks: some entries are for one officer only.</param>
    /// <param name="people">Citizen numbers, packed; repeats allowed.</param>
    public async Task<string> CountAsync(string officer, PseudonymKey key, ReadOnlyMemory<ulong> people, CancellationToken stop)
    {
        var loaded = await LoadAsync(stop);
        if (!loaded.Entries.TryGetValue(key.Id, out var watched)) return "";
        var found = new HashSet<(string List, Pseudonym Person)>();
        for (var from = 0; from < people.Length; from += AtOnce)
        {
            foreach (var person in key.Of(people.Slice(from, Math.Min(AtOnce, people.Length - from))))
            {
                if (!watched.TryGetValue(person, out var entries)) continue;
                foreach (var entry in entries)
                {
                    if (entry.Officer.Length == 0 || entry.Officer == officer) found.Add((entry.List, person));
                }
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
        var entries = rows.GroupBy(row => row.Key).ToDictionary(key => key.Key, key => key.GroupBy(row => row.Person).ToDictionary(person => person.Key, person => person.Select(row => (row.List, row.Officer)).ToArray()));
        var loaded = new Loaded(at, entries);
        Volatile.Write(ref _loaded, loaded);
        return loaded;
    }

    private sealed record Loaded(long At, Dictionary<long, Dictionary<Pseudonym, (string List, string Officer)[]>> Entries);
}
