using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Clocks.Keeping;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>
/// Takes in a year's notice and writes every running clock anew by it, all in one commit with the ledger entry. Nothing that was told to somebody moves earlier:
/// that is part of what a clock says.
/// </summary>
internal sealed class RecalculateClocks(DataStore store, Ledger ledger, CalendarShelf calendars, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Imports a year. Gives back the clocks whose end it changes.</summary>
    /// <param name="isDryRun">True to look only.</param>
    /// <param name="author">Who imports it, as a reference that names no citizen.</param>
    public Task<Result<IReadOnlyList<ClockChange>>> ImportAsync(CalendarYear year, bool isDryRun, string author, CancellationToken stop) => RunAsync(year, isDryRun, author, stop);

    /// <summary>Writes the clocks anew when the program brings other years than those they were reckoned with; does nothing else.</summary>
    public async Task RefreshAsync(CancellationToken stop)
    {
        await using (var connection = await store.OpenAsync(stop))
        {
            var set = await calendars.LoadAsync(connection, stop);
            if (set.ReckonedWith == set.For("").Digest) return;
        }

        // A host that comes second finds it done.
        await RunAsync(null, isDryRun: false, "calendar", stop);
    }

    /// <summary>The running clocks whose end a year would move earlier, were it not for a day that somebody was told.</summary>
    public async Task<IReadOnlyList<ClockChange>> ProtectedAsync(CalendarYear year, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        var before = await calendars.LoadAsync(connection, stop);
        var after = before.With(year);
        var kept = await KeptClock.ListAsync(connection, withStopped: false, int.MaxValue, stop);
        var readings = kept.Select(one => (Clock: one, Before: one.Read(before), After: one.Read(after)));
        return [.. readings.Where(one => one.After.Computed < one.After.Due && one.After.Computed != one.Before.Computed).Select(one => new ClockChange(one.Clock.Id, one.Clock.Rule, one.Clock.DueOn, one.Clock.IsProvisional, one.After))];
    }

    private async Task<Result<IReadOnlyList<ClockChange>>> RunAsync(CalendarYear? year, bool isDryRun, string author, CancellationToken stop)
    {
        for (var attempt = 0; attempt < KeepClock.MostAttempts; attempt++)
        {
            await using var connection = await store.OpenAsync(stop);
            var before = await calendars.LoadAsync(connection, stop);
            var known = year is null ? null : before.Years.LastOrDefault(one => one.Year == year.Year && one.Division == year.Division);
            if (known is not null && known.Text == year?.Text) return ClockRefusals.SameYear;
            var after = year is null ? before : before.With(year);
            var (changes, statements) = (new List<ClockChange>(), new List<Statement> { Advance(before, after) });
            if (year is not null) statements.Add(Insert(after.Count, year, author, clock.GetUtcNow()));
            foreach (var kept in await KeptClock.ListAsync(connection, withStopped: false, int.MaxValue, stop))
            {
                var reading = kept.Read(after);
                if ((reading.Due, reading.DueAt, reading.IsProvisional) == (kept.DueOn, kept.DueAt, kept.IsProvisional)) continue;
                changes.Add(new ClockChange(kept.Id, kept.Rule, kept.DueOn, kept.IsProvisional, reading));
                statements.Add(KeepClock.Projection(kept.Id, kept.Entries.Count, kept.Entries.Count, reading));
            }

            if (isDryRun) return changes;
            // Another calendar that changes no clock is nothing to tell of.
            if (year is null && changes.Count == 0)
            {
                await connection.ExecuteAsync(null, statements[0].Text, stop, statements[0].Values);
                return changes;
            }

            var written = await ledger.AppendAsync(new NewEntry("calendar", author, Detail(year, after, changes)) { Companions = [StatementCompanion.Of(statements)] }, stop);
            if (written is not null) return changes;
        }

        return ClockRefusals.Busy;
    }

    // Refused where the calendar was changed, or any clock got an entry, since they were read: no clock is left with the calendar of before.
    private static Statement Advance(CalendarSet before, CalendarSet after) => new("update calendar_state set count = @next, digest = @digest where id = 1 and count = @count and entries = @entries and digest = @was",
        ("next", after.Count), ("digest", after.For("").Digest), ("count", before.Count), ("entries", before.Entries), ("was", before.ReckonedWith));

    private static Statement Insert(long number, CalendarYear year, string author, DateTimeOffset now) => new(
        "insert into calendar_years (number, year, division, content, imported_at, imported_by) values (@number, @year, @division, @content, @at, @by) on conflict do nothing",
        ("number", number), ("year", year.Year), ("division", year.Division), ("content", year.Text), ("at", now), ("by", author));

    // What changed is told by a digest: a long list has no room in an entry.
    private static ReadOnlyMemory<byte> Detail(CalendarYear? year, CalendarSet after, List<ClockChange> changes) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            act = year is null ? "refresh" : "import", year = year?.Year, division = year?.Division, notice = year?.Notice.Number,
            content = year is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(year.Text))),
            calendar = after.For("").Digest, changed = changes.Count,
            changes = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', changes.Select(change => $"{change.Id} {change.From:yyyy-MM-dd} {change.Reading.Due:yyyy-MM-dd}"))))),
        },
        Plain);
}

/// <summary>A clock whose end a calendar changes.</summary>
/// <param name="From">The end before; null when there was none.</param>
/// <param name="WasProvisional">Was that a provisional one?</param>
internal sealed record ClockChange(string Id, ClockRule Rule, DateOnly? From, bool WasProvisional, ClockReading Reading);
