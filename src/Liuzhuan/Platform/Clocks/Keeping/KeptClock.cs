using System.Data.Common;
using System.Globalization;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Clocks.Keeping;

/// <summary>A clock as it is stored: its entries, and what was last written of its end.</summary>
/// <param name="Division">Whose calendar it goes by; empty for the whole country.</param>
/// <param name="Entries">In the order in which they were recorded.</param>
/// <param name="DueOn">The stored end; equal to what the entries give by the calendar it was last reckoned with.</param>
internal sealed record KeptClock(string Id, string Division, ClockRule Rule, IReadOnlyList<ClockEntry> Entries, DateOnly? DueOn, DateTimeOffset? DueAt, DateOnly? StoppedOn, bool IsProvisional, DateTimeOffset? NextAlarmAt)
{
    private const string Columns = "select id, division, rule, due_on, due_at, stopped_on, provisional, next_alarm_at, holder from clocks";

    private const string EntryColumns = "select clock_id, id, act, on_day, at_time, until_day, by_limit, of_id, provision, author, approver, note, recorded_at from clock_entries";

    /// <summary>Who is warned: <c>officer/…</c> or <c>role/ROLE@OFFICE</c>; null for nobody but subscribers.</summary>
    public string? Holder { get; init; }

    /// <summary>What the entries say now.</summary>
    public ClockReading Read(CalendarSet calendars) => ReadClock.Of(Rule, Entries, calendars.For(Division));

    /// <summary>Null when there is none.</summary>
    public static async Task<KeptClock?> FindAsync(DbConnection connection, string id, CancellationToken stop)
    {
        // Entries first: an entry that comes in between makes the row look newer than they are, and the next write is refused and tried again.
        var entries = await EntriesAsync(connection, $"{EntryColumns} where clock_id = @id order by number", stop, ("id", id));
        return (await connection.ListAsync(null, $"{Columns} where id = @id", row => Clock(row, entries[id]), stop, ("id", id))) is [var clock] ? clock : null;
    }

    /// <summary>Clocks by their end; those without one last.</summary>
    /// <param name="withStopped">False for those that are not over yet.</param>
    public static async Task<IReadOnlyList<KeptClock>> ListAsync(DbConnection connection, bool withStopped, int most, CancellationToken stop)
    {
        var chosen = withStopped ? "" : " where stopped_on is null";
        var entries = await EntriesAsync(connection, $"{EntryColumns} where clock_id in (select id from clocks{chosen}) order by clock_id, number", stop);
        return await connection.ListAsync(null, $"{Columns}{chosen} order by case when due_at is null then 1 else 0 end, due_at, id limit @most", row => Clock(row, entries[row.GetString(0)]), stop, ("most", most));
    }

    public static string Text(DateOnly day) => day.ToString(CalendarText.DayForm, CultureInfo.InvariantCulture);

    private static async Task<ILookup<string, ClockEntry>> EntriesAsync(DbConnection connection, string text, CancellationToken stop, params (string Name, object? Value)[] values) =>
        (await connection.ListAsync(null, text, row => (Clock: row.GetString(0), Entry: Entry(row)), stop, values)).ToLookup(row => row.Clock, row => row.Entry);

    private static KeptClock Clock(DbDataReader row, IEnumerable<ClockEntry> entries) => new(
        row.GetString(0), row.GetString(1), StoredRule.Read(row.GetString(2)), [.. entries], Day(row, 3), row.IsDBNull(4) ? null : row.Instant(4), Day(row, 5), row.GetBoolean(6), row.IsDBNull(7) ? null : row.Instant(7)) { Holder = row.IsDBNull(8) ? null : row.GetString(8) };

    private static ClockEntry Entry(DbDataReader row) => new()
    {
        Id = row.GetGuid(1),
        Act = ClockActs.Read(row.GetString(2)),
        Day = Day(row, 3)!.Value,
        Time = TimeOnly.ParseExact(row.GetString(4), ClockActs.TimeForm, CultureInfo.InvariantCulture),
        Until = Day(row, 5),
        By = row.IsDBNull(6) ? null : StoredRule.Length(row.GetString(6)),
        Of = row.IsDBNull(7) ? null : row.GetGuid(7),
        Provision = row.GetString(8),
        Author = row.GetString(9),
        Approver = row.IsDBNull(10) ? null : row.GetString(10),
        Note = row.IsDBNull(11) ? null : row.GetString(11),
        RecordedAt = row.Instant(12),
    };

    private static DateOnly? Day(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateOnly.ParseExact(row.GetString(column), CalendarText.DayForm, CultureInfo.InvariantCulture);
}
