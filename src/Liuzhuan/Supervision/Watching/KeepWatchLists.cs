using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Supervision.Contract;

namespace Liuzhuan.Supervision.Watching;

/// <summary>Puts people on the lists and takes them off. Only pseudonyms are kept; each change is an entry of the ledger, durable together with it.</summary>
internal sealed class KeepWatchLists(DataStore store, AppendEntry append, PseudonymKey key, TimeProvider clock)
{
    public static readonly Refusal ListUnknown = new("watch.list-unknown",
        $"没有这个名单。请改用 {string.Join("、", WatchLists.All)} 之一。", $"There is no such list. Name one of {string.Join(", ", WatchLists.All)}.", StatusCodes.Status404NotFound);

    public static readonly Refusal OfficerNeeded = new("watch.officer-needed",
        "亲属邻居名单按人登记：请写明是哪位民警的（--officer）。其他名单不按人登记。", "The list of kin and neighbours is kept for each officer: say whose it is (--officer). The other lists are for all.");

    public static readonly Refusal Unchanged = new("watch.unchanged", "没有变化：这些人已在名单上，或本来就不在。", "Nothing changed: these people are on the list already, or were not on it.", StatusCodes.Status409Conflict);

    private const string
        Insert = "insert into watch_people (list, officer, key_id, high, low, added_at, added_by) values (@list, @officer, @key, @high, @low, @now, @by) on conflict do nothing",
        Delete = "delete from watch_people where list = @list and officer = @officer and high = @high and low = @low";

    /// <param name="by">Who does so: an actor, or <c>operator/…</c>.</param>
    /// <param name="officer">Whose kin and neighbours they are; empty for the other lists.</param>
    /// <returns>How many were added.</returns>
    public async Task<Result<int>> AddAsync(string by, string list, string officer, IReadOnlyCollection<PersonKey> people, string reason, CancellationToken stop)
    {
        if (Check(list, officer, reason) is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        return await ChangeAsync(by, "add", list, officer, reason, [.. people.Distinct().Select(person => key.Of(person)).Select(one => new Statement(Insert,
            ("list", list), ("officer", officer), ("key", key.Id), ("high", one.StoredHigh), ("low", (int)one.Low), ("now", now), ("by", by)))], stop);
    }

    /// <returns>How many were removed.</returns>
    public async Task<Result<int>> RemoveAsync(string by, string list, string officer, IReadOnlyCollection<PersonKey> people, IReadOnlyList<PseudonymKey> keys, string reason, CancellationToken stop)
    {
        if (Check(list, officer, reason) is { } refusal) return refusal;
        return await ChangeAsync(by, "remove", list, officer, reason, [.. people.Distinct().SelectMany(person => keys.Select(one => one.Of(person))).Select(one => new Statement(Delete,
            ("list", list), ("officer", officer), ("high", one.StoredHigh), ("low", (int)one.Low)))], stop);
    }

    /// <summary>How many stand on each list.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return (await connection.ListAsync(null, "select list, count(*) from watch_people group by list", row => (row.GetString(0), row.GetInt64(1)), stop)).ToDictionary(one => one.Item1, one => one.Item2);
    }

    private static Refusal? Check(string list, string officer, string reason) =>
        !WatchLists.All.Contains(list) ? ListUnknown : list == WatchLists.Neighbours == (officer.Length == 0) ? OfficerNeeded : LedgerWords.Check(reason);

    private async Task<Result<int>> ChangeAsync(string by, string act, string list, string officer, string reason, IReadOnlyList<Statement> each, CancellationToken stop)
    {
        var changed = new SomeCompanion(each);
        var detail = LedgerDetail.Of(new { act = act + "-watched", list, officer = officer.Length == 0 ? null : officer, people = each.Count, reason });
        return await append(new NewEntry("administration", by, detail) { Companions = [new Companion(changed, each)] }, stop) is null ? Unchanged : changed.Touched;
    }

    /// <summary>Runs all statements and refuses the entry only where none of them changed anything.</summary>
    private sealed class SomeCompanion(IReadOnlyList<Statement> statements) : ICompanionWriter
    {
        public int Touched { get; private set; }

        public async Task<IReadOnlyList<int>> WriteAsync(System.Data.Common.DbTransaction transaction, CompanionRow[] rows, CancellationToken stop)
        {
            var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
            Touched = 0;
            foreach (var statement in statements) Touched += await connection.ExecuteAsync(transaction, statement.Text, stop, statement.Values);
            return Touched == 0 ? [0] : [];
        }
    }
}
