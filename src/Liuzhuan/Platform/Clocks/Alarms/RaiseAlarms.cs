using System.Text.Json;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Notices;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Clocks.Alarms;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>
/// Raises what is due: that a clock is nearly due, or overdue. The schedule is a column of the clock's row, the claim a row of its own, both written in the
/// ledger's transaction: each alarm comes once, over any number of hosts, whenever one of them dies.
/// </summary>
internal sealed class RaiseAlarms(DataStore store, Ledger ledger, Outbox outbox, TimeProvider clock)
{
    public const string Nearly = "nearly-due", Overdue = "overdue";

    private const int AtOnce = 100;

    private const string
        Due = "select id, due_on, due_at, next_alarm_at, rule, holder from clocks where next_alarm_at <= @now and stopped_on is null and due_at is not null order by next_alarm_at, id limit @most",
        Raised = "select 1 from clock_alarms where clock_id = @id and kind = @kind and due_at = @due",
        // A clock that moved or stopped meanwhile is not touched, and the alarm with it is refused.
        Advance = "update clocks set next_alarm_at = @next where id = @id and next_alarm_at = @was and due_at = @due and stopped_on is null",
        Claim = "insert into clock_alarms (clock_id, kind, due_at, due_on, raised_at) values (@id, @kind, @due, @day, @now) on conflict do nothing";

    /// <summary>Looks once. Gives back the alarms that this call raised, and whether there may be more.</summary>
    public async Task<(IReadOnlyList<Alarm> Raised, bool More)> RunOnceAsync(CancellationToken stop)
    {
        var now = Instants.Whole(clock.GetUtcNow());
        var waiting = new List<(Alarm Alarm, NewEntry Entry)>();
        int found;
        await using (var connection = await store.OpenAsync(stop))
        {
            var rows = await connection.ListAsync(null, Due, row => (Id: row.GetString(0), Day: row.GetString(1), At: row.Instant(2), Was: row.Instant(3), Rule: StoredRule.Read(row.GetString(4)), Holder: row.IsDBNull(5) ? null : row.GetString(5)), stop, ("now", now), ("most", AtOnce));
            found = rows.Count;
            foreach (var (id, day, at, was, rule, holder) in rows)
            {
                // One that slept through the warning says only that it is late.
                var alarm = new Alarm(id, now >= at ? Overdue : Nearly, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), at, now);
                var advance = new Statement(Advance, ("next", alarm.Kind == Nearly ? at : null), ("id", id), ("was", was), ("due", at));
                if (await connection.ScalarAsync(null, Raised, stop, ("id", id), ("kind", alarm.Kind), ("due", at)) is not null)
                {
                    // The end came back to a day for which it was raised before.
                    await connection.ExecuteAsync(null, advance.Text, stop, advance.Values);
                    continue;
                }

                var claim = new Statement(Claim, ("id", id), ("kind", alarm.Kind), ("due", at), ("day", day), ("now", now));
                waiting.Add((alarm, new NewEntry("alarm", "clocks", Detail(alarm)) { Companions = [StatementCompanion.Of([advance, claim, .. Notices(alarm, rule, holder)])] }));
            }
        }

        // Holder and subscribers are told by the outbox, which takes it in with the alarm itself.
        var receipts = await ledger.AppendAsync([.. waiting.Select(one => one.Entry)], stop);
        if (waiting.Count > 0) outbox.Nudge();
        return ([.. waiting.Where((_, i) => receipts[i] is not null).Select(one => one.Alarm)], found == AtOnce);
    }

    private IEnumerable<Statement> Notices(Alarm alarm, ClockRule rule, string? holder)
    {
        string[] recipients = holder is null ? [Recipients.Subscribers] : [holder, Recipients.Subscribers];
        return recipients.Select(recipient => outbox.Of(new NewNotice
        {
            Template = alarm.Kind == Overdue ? "clock-overdue" : "clock-nearly-due",
            Recipient = recipient,
            Matter = $"clock/{alarm.Clock}",
            Values = new Dictionary<string, Text> { ["matter"] = new(alarm.Clock, alarm.Clock), ["rule"] = rule.Name, ["due"] = ClockWords.Day(alarm.DueOn) },
            Key = $"alarm/{alarm.Clock}/{alarm.DueAt.UtcDateTime:O}",
        }));
    }

    private static ReadOnlyMemory<byte> Detail(Alarm alarm) => JsonSerializer.SerializeToUtf8Bytes(new { clock = alarm.Clock, kind = alarm.Kind, due = alarm.DueOn });
}

/// <summary>An alarm that was raised.</summary>
/// <param name="Kind"><see cref="RaiseAlarms.Nearly"/> or <see cref="RaiseAlarms.Overdue"/>.</param>
internal sealed record Alarm(string Clock, string Kind, DateOnly DueOn, DateTimeOffset DueAt, DateTimeOffset RaisedAt)
{
    /// <summary>The alarms raised last, newest first.</summary>
    public static async Task<IReadOnlyList<Alarm>> ListAsync(DataStore store, int most, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        return await connection.ListAsync(null, "select clock_id, kind, due_on, due_at, raised_at from clock_alarms order by raised_at desc, clock_id, kind, due_at limit @most",
            row => new Alarm(row.GetString(0), row.GetString(1), DateOnly.Parse(row.GetString(2), System.Globalization.CultureInfo.InvariantCulture), row.Instant(3), row.Instant(4)), stop, ("most", most));
    }
}
