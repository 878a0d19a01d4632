using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;

namespace Liuzhuan.Platform.Clocks.Keeping;

using Ledger = Liuzhuan.Platform.Ledger.Ledger;

/// <summary>Starts clocks and adds entries to them. Entry, due date and ledger entry become durable together: no trace, no clock.</summary>
internal sealed partial class KeepClock(DataStore store, Ledger ledger, CalendarShelf calendars, TimeProvider clock)
{
    /// <summary>How often a write that somebody else came before is tried again.</summary>
    public const int MostAttempts = 20;

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Starts a clock under a rule.</summary>
    /// <param name="id">Names the matter, for example <c>case/2026-000123</c>; never a person.</param>
    /// <param name="division">Whose calendar it goes by; empty for the whole country.</param>
    /// <param name="start">An entry of the kind <see cref="ClockAct.Start"/>.</param>
    public Task<Result<ClockReading>> StartAsync(string id, string division, ClockRule rule, ClockEntry start, CancellationToken stop) => StartAsync(id, division, rule, start, null, stop);

    /// <inheritdoc cref="StartAsync(string, string, ClockRule, ClockEntry, CancellationToken)"/>
    /// <param name="holder">Who is warned: <c>officer/…</c> or <c>role/ROLE@OFFICE</c>; null for nobody.</param>
    public Task<Result<ClockReading>> StartAsync(string id, string division, ClockRule rule, ClockEntry start, string? holder, CancellationToken stop) => StartAsync(id, division, rule, start, holder, null, stop);

    /// <inheritdoc cref="StartAsync(string, string, ClockRule, ClockEntry, string, CancellationToken)"/>
    /// <param name="matter">What becomes durable together with the start.</param>
    public Task<Result<ClockReading>> StartAsync(string id, string division, ClockRule rule, ClockEntry start, string? holder, ClockMatter? matter, CancellationToken stop) =>
        BeginAsync(id, division, rule, start, holder, matter, isTold: false, stop);

    /// <summary>Starts a clock and records in the same commit that its end was told, so that no crash leaves a clock whose end may still move earlier.</summary>
    /// <inheritdoc cref="StartAsync(string, string, ClockRule, ClockEntry, string, ClockMatter, CancellationToken)"/>
    public Task<Result<ClockReading>> StartToldAsync(string id, string division, ClockRule rule, ClockEntry start, string? holder, ClockMatter matter, CancellationToken stop) =>
        BeginAsync(id, division, rule, start, holder, matter, isTold: true, stop);

    /// <summary>Adds an entry. One with the id and content of an entry that is there already changes nothing.</summary>
    public Task<Result<ClockReading>> RecordAsync(string id, ClockEntry entry, CancellationToken stop) => RecordAsync(id, entry, null, stop);

    /// <param name="matter">What becomes durable together with the entry.</param>
    /// <inheritdoc cref="RecordAsync(string, ClockEntry, CancellationToken)"/>
    public Task<Result<ClockReading>> RecordAsync(string id, ClockEntry entry, ClockMatter? matter, CancellationToken stop) => AppendAsync(id, entry, null, matter, isTold: false, stop);

    private Task<Result<ClockReading>> BeginAsync(string id, string division, ClockRule rule, ClockEntry start, string? holder, ClockMatter? matter, bool isTold, CancellationToken stop) =>
        !IdForm().IsMatch(id) ? Task.FromResult<Result<ClockReading>>(ClockRefusals.Id)
        : !DivisionForm().IsMatch(division) ? Task.FromResult<Result<ClockReading>>(ClockRefusals.Division)
        : holder is not null && !HolderForm().IsMatch(holder) ? Task.FromResult<Result<ClockReading>>(ClockRefusals.Holder)
        : AppendAsync(id, start, new KeptClock(id, division, rule, [], null, null, null, false, null) { Holder = holder }, matter, isTold, stop);

    private async Task<Result<ClockReading>> AppendAsync(string id, ClockEntry entry, KeptClock? fresh, ClockMatter? matter, bool isTold, CancellationToken stop)
    {
        entry = entry with { RecordedAt = Instants.Whole(clock.GetUtcNow()) };
        var refusedAt = (Entries: -1, Calendar: -1L);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            await using var connection = await store.OpenAsync(stop);
            var set = await calendars.LoadAsync(connection, stop);
            var found = await KeptClock.FindAsync(connection, id, stop);
            if (found?.Entries.FirstOrDefault(known => known.Id == entry.Id) is { } same) return same == entry with { RecordedAt = same.RecordedAt } ? found.Read(set) : ClockRefusals.EntryTaken;
            if (found is not null && fresh is not null) return ClockRefusals.Taken;
            if ((found ?? fresh) is not { } kept) return ClockRefusals.Unknown;
            if (ClockLaw.Check(kept.Read(set), entry) is { } refused) return refused;
            // Nobody touched the clock since the last attempt: then it was the matter that refused.
            if (matter is not null && refusedAt == (kept.Entries.Count, set.Count)) return ClockRefusals.Matter;
            refusedAt = (kept.Entries.Count, set.Count);
            var grown = kept with { Entries = [.. kept.Entries, entry] };
            var after = grown.Read(set);
            List<Statement> statements = [.. Statements(grown, entry, after, set, isNew: found is null)];
            var told = isTold ? after.Due : null;
            if (told is { } due)
            {
                var tell = new ClockEntry { Id = Guid.CreateVersion7(entry.RecordedAt), Act = ClockAct.Tell, Day = due, Provision = kept.Rule.Provision, Author = entry.Author, RecordedAt = entry.RecordedAt };
                grown = grown with { Entries = [.. grown.Entries, tell] };
                after = grown.Read(set);
                statements.AddRange(Statements(grown, tell, after, set, isNew: false));
            }

            var written = await ledger.AppendAsync(new NewEntry("clock", entry.Author, Detail(grown, entry, after, told, matter)) { Companions = [StatementCompanion.Of([.. statements, .. matter?.Statements ?? []])] }, stop);
            if (written is not null) return after;
        }

        return ClockRefusals.Busy;
    }

    private static Statement[] Statements(KeptClock clock, ClockEntry entry, ClockReading after, CalendarSet set, bool isNew)
    {
        var count = clock.Entries.Count;
        return
        [
            Counted(set),
            isNew
                ? new("insert into clocks (id, division, rule, entries, provisional, holder) values (@id, @division, @rule, 0, @no, @holder) on conflict do nothing", ("id", clock.Id), ("holder", clock.Holder), ("division", clock.Division), ("rule", StoredRule.Write(clock.Rule)), ("no", false))
                : new("update clocks set entries = entries where id = @id", ("id", clock.Id)),
            Projection(clock.Id, count - 1, count, after),
            new("""
                insert into clock_entries (clock_id, number, id, act, on_day, at_time, until_day, by_limit, of_id, provision, author, approver, note, recorded_at)
                values (@clock, @number, @id, @act, @day, @time, @until, @by, @of, @provision, @author, @approver, @note, @at) on conflict do nothing
                """,
                ("clock", clock.Id), ("number", (long)count), ("id", entry.Id), ("act", ClockActs.Write(entry.Act)), ("day", KeptClock.Text(entry.Day)), ("time", $"{entry.Time:HH\\:mm}"),
                ("until", entry.Until is { } until ? KeptClock.Text(until) : null), ("by", entry.By?.ToString()), ("of", entry.Of), ("provision", entry.Provision), ("author", entry.Author),
                ("approver", entry.Approver), ("note", entry.Note), ("at", entry.RecordedAt)),
        ];
    }

    // Counts the entry when the calendar is still the one that was read.
    private static Statement Counted(CalendarSet set) => new("update calendar_state set entries = entries + 1 where id = 1 and count = @count", ("count", set.Count));

    /// <summary>Writes what a clock says, when its entries are still those it was read from.</summary>
    /// <param name="before">How many entries it has.</param>
    /// <param name="after">How many it will have.</param>
    public static Statement Projection(string id, long before, long after, ClockReading reading)
    {
        var stopped = reading.Timeline.Stop;
        return new("""
            update clocks set entries = @after, started_on = @started, due_on = @due, due_at = @due_at, stopped_on = @stopped, provisional = @provisional, next_alarm_at = @alarm
            where id = @id and entries = @before
            """,
            ("id", id), ("before", before), ("after", after), ("started", Day(reading.Timeline.Start?.Day)), ("due", Day(reading.Due)), ("due_at", reading.DueAt), ("stopped", Day(stopped?.Day)),
            // Whoever raises alarms leaves out those that were raised for this end before.
            ("provisional", reading.IsProvisional), ("alarm", stopped is null ? reading.WarnAt ?? reading.DueAt : null));
    }

    private static ReadOnlyMemory<byte> Detail(KeptClock clock, ClockEntry entry, ClockReading after, DateOnly? told, ClockMatter? matter)
    {
        var detail = JsonSerializer.SerializeToNode(
            new
            {
                clock = clock.Id, rule = clock.Rule.Id, entry = entry.Id, act = ClockActs.Write(entry.Act), day = entry.Day, until = entry.Until, by = entry.By?.ToString(), of = entry.Of,
                holder = entry.Act == ClockAct.Start ? clock.Holder : null, provision = entry.Provision, approver = entry.Approver, due = after.Due, provisional = after.IsProvisional,
            },
            Plain)!;
        if (told is { } end) detail["told"] = KeptClock.Text(end);
        if (matter is not null) detail["matter"] = JsonSerializer.SerializeToNode(matter.Detail, Plain);
        return JsonSerializer.SerializeToUtf8Bytes(detail, Plain);
    }

    private static string? Day(DateOnly? day) => day is { } given ? KeptClock.Text(given) : null;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$")]
    private static partial Regex IdForm();

    [GeneratedRegex("^(officer/[A-Za-z0-9._-]{1,60}|role/[a-z-]{1,40}@[A-Za-z0-9]{1,20})$")]
    private static partial Regex HolderForm();

    [GeneratedRegex("^[0-9]{0,12}$")]
    private static partial Regex DivisionForm();
}
