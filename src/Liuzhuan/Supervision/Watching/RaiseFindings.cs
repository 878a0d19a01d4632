using System.Collections.Frozen;
using System.Globalization;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Supervision.Contract;

namespace Liuzhuan.Supervision.Watching;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>
/// Has the rules look at what officers looked up since, and raises an alert for what they find. The alert's unique key is the claim, written in the ledger's transaction:
/// each comes once, over any number of hosts, whenever one of them dies.
/// </summary>
internal sealed class RaiseFindings(DataStore store, Ledger ledger, WatchRules rules, Outbox outbox, TimeProvider clock)
{
    public const string Kind = "alert";

    // More looks of one officer than that in a rule's longest time are not read: the newest count.
    private const int MostLooks = 50_000, OfficersAtOnce = 50, MostPositions = 200;

    /// <summary>For <see cref="Read"/>.</summary>
    public const string SelectLooks = "select position, at, purpose, is_file, asked, not_found, person_high, person_low, key_id, listed, office, division, people from watch_looks";

    private const string
        Unjudged = "select distinct officer from watch_looks where not judged limit @most",
        Recent = $"{SelectLooks} where officer = @officer and at >= @since order by position desc limit @most",
        Counted = "select rule, subject, max(to_position) from alerts where officer = @officer group by rule, subject",
        Judged = "update watch_looks set judged = @yes where officer = @officer and position <= @last and not judged",
        Forget = "delete from watch_looks where at < @before and judged",
        Raise = """
            insert into alerts (id, rule, officer, office, division, subject, counted, asked, from_position, to_position, from_at, to_at, positions, raised_at, state)
            values (@id, @rule, @officer, @office, @division, @subject, @counted, @asked, @first, @last, @firstat, @lastat, @positions, @now, 'open') on conflict do nothing
            """;

    /// <summary>Looks once. Gives back how many alerts this call raised, and whether there may be more to look at.</summary>
    public async Task<(int Raised, bool More)> RunOnceAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var officers = await connection.ListAsync(null, Unjudged, row => row.GetString(0), stop, ("most", OfficersAtOnce));
        var raised = 0;
        foreach (var officer in officers) raised += await JudgeAsync(connection, officer, stop);
        return (raised, officers.Count == OfficersAtOnce);
    }

    /// <summary>Removes looks that no rule can count any more.</summary>
    public async Task ForgetAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        // Twice the longest time, so that a clock that is ahead for a while does no harm.
        await connection.ExecuteAsync(null, Forget, stop, ("before", clock.GetUtcNow() - (Longest * 2)));
    }

    private TimeSpan Longest => rules.All.Max(rule => rule.Within);

    private async Task<int> JudgeAsync(System.Data.Common.DbConnection connection, string officer, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var looks = await connection.ListAsync(null, Recent, Read, stop, ("officer", officer), ("since", now - (Longest * 2)), ("most", MostLooks));
        looks.Reverse();
        var counted = (await connection.ListAsync(null, Counted, row => (row.GetString(0), row.GetString(1), row.GetInt64(2)), stop, ("officer", officer))).ToDictionary(one => (one.Item1, one.Item2), one => one.Item3);
        var findings = JudgeLooks.Of(looks, rules.On(DateOnly.FromDateTime(now.ToOffset(ChinaTime.Offset).DateTime)), counted);
        var receipts = findings.Count == 0 ? [] : await ledger.AppendAsync([.. findings.Select(finding => Entry(officer, finding, now))], stop);
        if (findings.Count > 0) outbox.Nudge();
        // Only now: who dies before finds the same again, and the unique key keeps it from being raised twice.
        await connection.ExecuteAsync(null, Judged, stop, ("yes", true), ("officer", officer), ("last", looks.Count > 0 ? looks[^1].Position : long.MaxValue));
        return receipts.Count(receipt => receipt is not null);
    }

    private NewEntry Entry(string officer, Finding finding, DateTimeOffset now)
    {
        var (first, last) = (finding.Looks[0], finding.Looks[^1]);
        // What was looked at last is nearest to where the officer serves now.
        var positions = string.Join(',', finding.Looks.TakeLast(MostPositions).Select(look => look.Position.ToString(CultureInfo.InvariantCulture)));
        var id = Guid.CreateVersion7(now);
        var insert = new Statement(Raise,
            ("id", id), ("rule", finding.Rule.Id), ("officer", officer), ("office", last.Office), ("division", last.Division), ("subject", finding.Subject), ("counted", finding.Counted),
            ("asked", finding.Asked), ("first", first.Position), ("last", last.Position), ("firstat", first.At), ("lastat", last.At), ("positions", positions), ("now", now));
        var detail = LedgerDetail.Of(new { alert = id, rule = finding.Rule.Id, officer, counted = finding.Counted, asked = finding.Asked, from = first.Position, to = last.Position });
        return new NewEntry(Kind, "watch", detail) { Companions = [StatementCompanion.Of([insert, .. Notices(officer, finding, id)])] };
    }

    // With the alert itself: the officer is asked to explain, and the supervisors of the office know that there is something to decide.
    private IEnumerable<Statement> Notices(string officer, Finding finding, Guid id) =>
        from told in new[] { (Template: "alert-supervisor", Recipient: Recipients.Role(Roles.Supervisor, finding.Looks[^1].Office)), (Template: "alert-officer", Recipient: officer) }
        select outbox.Of(new NewNotice
        {
            Template = told.Template,
            Recipient = told.Recipient,
            Matter = $"alert/{id}",
            Values = new Dictionary<string, Text> { ["rule"] = finding.Rule.Name },
            Key = $"alert/{id}",
        });

    /// <summary>A row of <see cref="SelectLooks"/>.</summary>
    public static Look Read(System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetBoolean(3), row.GetInt64(4), row.GetInt64(5),
        row.IsDBNull(6) ? "" : Subject(row.GetInt64(8), Pseudonym.Stored(row.GetInt64(6), row.GetInt32(7))), Look.ReadListed(row.GetString(9)))
    {
        People = row.IsDBNull(12) ? FrozenSet<string>.Empty : ShortList.Unpack((byte[])row[12]).Select(person => Subject(row.GetInt64(8), person)).ToHashSet(),
        Office = row.GetString(10),
        Division = row.GetString(11),
    };

    private static string Subject(long key, Pseudonym person) => string.Create(CultureInfo.InvariantCulture, $"{key:x16}{person.StoredHigh:x16}{person.Low:x4}");
}
