using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Keeping;

public class ImportTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_notice_moves_the_clocks_it_concerns_and_never_before_what_was_told(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        await ground.StartAsync("case/later", "2027-01-25", "10wd");
        await ground.StartAsync("case/untouched", "2026-03-02");
        await ground.StartAsync("case/over", "2027-01-25", "10wd");
        await ground.RecordAsync("case/over", Entry(ClockAct.Stop, "2027-01-26"));
        // Reckoned to end after the law's own make-good days of May; the notice made up here works on them.
        var told = await ground.StartAsync("case/told", "2027-04-28", "4wd");
        await ground.RecordAsync("case/told", Entry(ClockAct.Tell, $"{told.Due:yyyy-MM-dd}"));
        var earlier = Year(Notices.Of2027.Replace("2027-05-01..2027-05-04", "2027-05-01..2027-05-02", StringComparison.Ordinal));

        var seen = ClockGround.Taken(await ground.First.Recalculate.ImportAsync(earlier, isDryRun: true, "operator/test", CancellationToken.None));
        Assert.Equal(["case/later", "case/told"], seen.Select(change => change.Id).Order(StringComparer.Ordinal));
        Assert.True((await ground.FindAsync("case/later")).IsProvisional);
        Assert.Equal(0, await ground.CountAsync("select count(*) from calendar_years"));

        var changes = ClockGround.Taken(await ground.First.Recalculate.ImportAsync(earlier, isDryRun: false, "operator/test", CancellationToken.None));
        Assert.Equal(seen.Select(change => (change.Id, change.Reading.Due)), changes.Select(change => (change.Id, change.Reading.Due)));
        Assert.Equal(new DateOnly(2027, 2, 15), (await ground.AssertReplaysAsync("case/later", earlier)).Due);
        var kept = await ground.AssertReplaysAsync("case/told", earlier);
        Assert.True(kept.Computed < told.Due);
        Assert.Equal((told.Due, false), (kept.Due, kept.IsProvisional));
        Assert.Equal("calendar", (await ground.Ledger.ReadSoundAsync())[^1].Kind);

        // Another host sees the year with its next entry.
        Assert.False(ClockGround.Taken(await ground.Another().Keep.StartAsync("case/new", "", Rule("10wd"), Entry(ClockAct.Start, "2027-01-25"), CancellationToken.None)).IsProvisional);
        Assert.False((await ground.First.Recalculate.ImportAsync(earlier, isDryRun: false, "operator/test", CancellationToken.None)).Ok(out _, out var refusal));
        Assert.Equal("calendar.same", refusal.Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Entries_recorded_while_a_year_is_imported_are_reckoned_with_it(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        var (year, other) = (Year(Notices.Of2027), ground.Another());
        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var i = 0; i < 12; i++) ClockGround.Taken(await ground.First.Keep.StartAsync($"case/{i}", "", Rule("10wd"), Entry(ClockAct.Start, "2027-01-25"), CancellationToken.None));
            }),
            Task.Run(async () =>
            {
                while (await ground.CountAsync("select count(*) from clocks") < 3) await Task.Delay(1);
                ClockGround.Taken(await other.Recalculate.ImportAsync(year, isDryRun: false, "operator/test", CancellationToken.None));
            }));
        for (var i = 0; i < 12; i++) Assert.False((await ground.AssertReplaysAsync($"case/{i}", year)).IsProvisional);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_program_that_brings_another_calendar_writes_the_clocks_anew_once(string database)
    {
        await using var ground = await ClockGround.CreateAsync(database);
        await ground.First.Recalculate.RefreshAsync(CancellationToken.None);
        var right = await ground.StartAsync("case/1", "2026-02-12", "3wd");
        await using (var connection = await ground.Store.OpenAsync(CancellationToken.None))
        {
            // As an older program left it that did not know the year.
            await connection.ExecuteAsync(null, "update clocks set due_on = '2026-02-25', provisional = @yes", CancellationToken.None, ("yes", true));
            await connection.ExecuteAsync(null, "update calendar_state set digest = 'older'", CancellationToken.None);
        }

        await ground.Another().Recalculate.RefreshAsync(CancellationToken.None);
        await ground.First.Recalculate.RefreshAsync(CancellationToken.None);
        Assert.Equal(right.Due, (await ground.AssertReplaysAsync("case/1")).Due);
        Assert.Equal(["clock", "calendar"], (await ground.Ledger.ReadSoundAsync()).Select(entry => entry.Kind));
    }

    private static CalendarYear Year(string text) => ClockGround.Taken(CalendarFile.Read(text, "2027.yaml"));
}
