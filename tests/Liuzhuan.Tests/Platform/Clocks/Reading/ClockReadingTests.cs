using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Reading;
using static Liuzhuan.Tests.Platform.Clocks.Reading.GivenClock;

namespace Liuzhuan.Tests.Platform.Clocks.Reading;

public class ClockReadingTests
{
    // The first thirteen were computed and compared when the calendar's dates were collected, the others when the limits of data sharing were.
    [Theory]
    [InlineData("2025-01-24", 5, "2025-02-07")]
    [InlineData("2025-09-26", 3, "2025-09-30")]
    [InlineData("2025-09-30", 3, "2025-10-11")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-13", 5, "2026-02-27")]
    [InlineData("2026-04-30", 10, "2026-05-18")]
    [InlineData("2026-04-30", 3, "2026-05-08")]
    [InlineData("2026-09-18", 5, "2026-09-24")]
    [InlineData("2026-09-24", 10, "2026-10-15")]
    [InlineData("2025-12-24", 20, "2026-01-22")]
    [InlineData("2026-01-02", 1, "2026-01-04")]
    [InlineData("2024-04-26", 2, "2024-04-29")]
    [InlineData("2025-10-11", 1, "2025-10-13")]
    [InlineData("2026-09-30", 1, "2026-10-08")]
    [InlineData("2026-09-24", 20, "2026-10-29")]
    [InlineData("2026-09-30", 20, "2026-11-03")]
    [InlineData("2026-02-13", 10, "2026-03-05")]
    [InlineData("2026-02-13", 15, "2026-03-12")]
    [InlineData("2026-04-30", 2, "2026-05-07")]
    [InlineData("2026-02-12", 3, "2026-02-24")]
    [InlineData("2026-04-29", 15, "2026-05-22")]
    [InlineData("2026-04-30", 5, "2026-05-11")]
    public void Known_due_dates_come_out(string start, int workingDays, string due)
    {
        var reading = Read(Rule($"{workingDays}wd"), Entry(ClockAct.Start, start));
        Assert.Equal(DateOnly.Parse(due), reading.Due);
        Assert.Equal(DateOnly.Parse(due), SlowCalendar_Due(start, workingDays));
        Assert.False(reading.IsProvisional);
    }

    [Theory]
    [InlineData("2026-01-31", "1mo", "2026-02-28")] // no 31st: the last of the month, a worked Saturday
    [InlineData("2024-01-30", "1mo", "2024-02-29")]
    [InlineData("2024-02-29", "1y", "2025-02-28")]
    [InlineData("2026-03-15", "3mo", "2026-06-15")]
    [InlineData("2026-07-01", "3mo", "2026-10-08")] // 1 October is off
    [InlineData("2026-03-01", "60cd", "2026-04-30")]
    [InlineData("2026-03-02", "60cd", "2026-05-06")] // 1 May is off
    [InlineData("2026-02-07", "7cd", "2026-02-14")] // a Saturday that is worked is no day off
    [InlineData("2026-02-08", "7cd", "2026-02-24")]
    public void Calendar_limits_end_on_the_day_of_the_law_and_move_off_days_not_worked(string start, string limit, string due) =>
        Assert.Equal(DateOnly.Parse(due), Read(Rule(limit), Entry(ClockAct.Start, start)).Due);

    [Fact]
    public void A_rule_that_does_not_roll_ends_on_the_day_itself() =>
        Assert.Equal(new DateOnly(2026, 10, 1), Read(Rule("3mo", rolls: false), Entry(ClockAct.Start, "2026-07-01")).Due);

    [Theory]
    [InlineData("2026-03-05", "2026-03-05"), InlineData("2026-03-07", "2026-03-09"), InlineData("2026-02-14", "2026-02-14"), InlineData("2026-10-01", "2026-10-08")]
    public void At_once_is_the_day_itself_or_the_next_that_is_worked(string start, string due) =>
        Assert.Equal(DateOnly.Parse(due), Read(Rule("at-once"), Entry(ClockAct.Start, start)).Due);

    [Fact]
    public void Hours_run_from_the_moment_through_nights_and_holidays_in_the_time_of_China()
    {
        var reading = Read(Rule("24h"), Entry(ClockAct.Start, "2026-10-01", time: "17:45"));
        Assert.Equal(new DateTimeOffset(2026, 10, 2, 9, 45, 0, TimeSpan.Zero), reading.DueAt?.ToUniversalTime());
        Assert.Equal(new DateOnly(2026, 10, 2), reading.Due);
        var suspended = Read(Rule("24h"), Entry(ClockAct.Start, "2026-03-05", time: "10:00"), Entry(ClockAct.Suspend, "2026-03-05", time: "12:00"), Entry(ClockAct.Resume, "2026-03-06", time: "09:30"));
        Assert.Equal(new DateTimeOffset(2026, 3, 7, 7, 30, 0, ChinaTime.Offset), suspended.DueAt);
    }

    [Fact]
    public void A_due_day_ends_at_midnight_in_China_whatever_the_machine_thinks()
    {
        var reading = Read(Rule("1wd"), Entry(ClockAct.Start, "2026-03-05"));
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 16, 0, 0, TimeSpan.Zero), reading.DueAt?.ToUniversalTime());
        Assert.Equal(ClockState.Running, reading.StateAt(reading.DueAt!.Value.AddTicks(-1)));
        Assert.Equal(ClockState.Overdue, reading.StateAt(reading.DueAt.Value));
    }

    [Fact]
    public void Suspended_days_are_not_counted_and_overlaps_count_once()
    {
        var start = Entry(ClockAct.Start, "2026-03-02");
        var one = Read(Rule("10wd"), start, Entry(ClockAct.Exclude, "2026-03-05", until: "2026-03-11"));
        var two = Read(Rule("10wd"), start, Entry(ClockAct.Exclude, "2026-03-05", until: "2026-03-10"), Entry(ClockAct.Suspend, "2026-03-09") with { Until = new DateOnly(2026, 3, 11) });
        Assert.Equal(new DateOnly(2026, 3, 23), one.Due);
        Assert.Equal(one.Due, two.Due);
    }

    [Fact]
    public void An_open_suspension_leaves_the_end_open_until_it_is_resumed()
    {
        ClockEntry[] entries = [Entry(ClockAct.Start, "2026-03-02"), Entry(ClockAct.Suspend, "2026-03-04")];
        var open = Read(Rule("5wd"), entries);
        Assert.Null(open.Due);
        Assert.Equal(ClockState.Suspended, open.StateAt(TestClock.Morning));
        Assert.Equal(new DateOnly(2026, 3, 12), Read(Rule("5wd"), [.. entries, Entry(ClockAct.Resume, "2026-03-09")]).Due);
        Assert.Equal(new DateOnly(2026, 3, 9), Read(Rule("5wd"), entries[0], Entry(ClockAct.Suspend, "2026-03-10")).Due);
    }

    [Fact]
    public void An_interruption_begins_anew_and_an_extension_keeps_to_its_cap()
    {
        var start = Entry(ClockAct.Start, "2026-03-02");
        Assert.Equal(new DateOnly(2026, 3, 13), Read(Rule("5wd"), start, Entry(ClockAct.Interrupt, "2026-03-06")).Due);
        Assert.Equal(new DateOnly(2026, 3, 11), Read(Rule("5wd", "2wd"), start, Entry(ClockAct.Extend, "2026-03-06", by: "1wd"), Entry(ClockAct.Extend, "2026-03-06", by: "9wd")).Due);
        Assert.Equal(new DateOnly(2026, 3, 9), Read(Rule("5wd"), start, Entry(ClockAct.Extend, "2026-03-06", by: "9wd")).Due);
        // Sixty days end on Friday the first of May; ten working days are counted from there.
        Assert.Equal(new DateOnly(2026, 5, 18), Read(Rule("60cd", "10wd"), Entry(ClockAct.Start, "2026-03-02"), Entry(ClockAct.Extend, "2026-04-20", by: "10wd")).Due);
    }

    [Fact]
    public void What_was_told_stays_the_earliest_end()
    {
        ClockEntry[] entries = [Entry(ClockAct.Start, "2026-03-02"), Entry(ClockAct.Exclude, "2026-03-03", until: "2026-03-04"), Entry(ClockAct.Tell, "2026-03-11")];
        Assert.Equal(new DateOnly(2026, 3, 11), Read(Rule("5wd"), entries).Due);
        var revoked = Read(Rule("5wd"), [.. entries, Entry(ClockAct.Revoke, "2026-03-05", of: entries[1].Id), Entry(ClockAct.Revoke, "2026-03-05", of: entries[2].Id)]);
        Assert.Equal((new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 11)), (revoked.Computed, revoked.Due));
    }

    [Fact]
    public void A_correction_puts_another_start_in_place_of_a_wrong_one()
    {
        var wrong = Entry(ClockAct.Start, "2026-03-02");
        var revoke = Entry(ClockAct.Revoke, "2026-03-03", of: wrong.Id);
        Assert.Equal(ClockState.NotStarted, Read(Rule("5wd"), wrong, revoke).StateAt(TestClock.Morning));
        Assert.Equal(new DateOnly(2026, 3, 10), Read(Rule("5wd"), wrong, revoke, Entry(ClockAct.Start, "2026-03-03")).Due);
    }

    [Fact]
    public void A_stopped_clock_says_whether_it_was_in_time()
    {
        var start = Entry(ClockAct.Start, "2026-03-02");
        var inTime = Read(Rule("5wd"), start, Entry(ClockAct.Stop, "2026-03-09"));
        Assert.Equal((ClockState.Stopped, true), (inTime.StateAt(TestClock.Morning.AddYears(1)), inTime.IsInTime));
        Assert.False(Read(Rule("5wd"), start, Entry(ClockAct.Stop, "2026-03-10")).IsInTime);
    }

    [Fact]
    public void A_limit_into_a_year_without_a_notice_is_provisional_and_moves_when_it_comes()
    {
        ClockEntry[] entries = [Entry(ClockAct.Start, "2027-01-25")];
        var reckoned = Read(Rule("10wd"), entries);
        Assert.Equal((new DateOnly(2027, 2, 12), true), (reckoned.Due, reckoned.IsProvisional));
        Assert.True(CalendarFile.Read(Notices.Of2027, "2027.yaml").Ok(out var year, out var refusal), refusal?.English);
        var published = ReadClock.Of(Rule("10wd"), entries, new WorkingCalendar([.. ShippedCalendars.Years, year], ""));
        Assert.Equal((new DateOnly(2027, 2, 15), false), (published.Due, published.IsProvisional));
        Assert.True(Read(Rule("20wd"), Entry(ClockAct.Start, "2026-12-24")).IsProvisional);
        Assert.False(Read(Rule("5wd"), Entry(ClockAct.Start, "2026-12-24")).IsProvisional);
        Assert.False(Read(Rule("20cd", rolls: false), Entry(ClockAct.Start, "2026-12-24")).IsProvisional);
    }

    [Fact]
    public void A_warning_comes_working_days_before_the_end_and_not_before_the_start()
    {
        var rule = Rule("5wd") with { WarnBefore = 2 };
        Assert.Equal(ChinaTime.StartOf(new DateOnly(2026, 3, 5)), Read(rule, Entry(ClockAct.Start, "2026-03-02")).WarnAt);
        Assert.Null(Read(rule with { Limit = Length("1wd") }, Entry(ClockAct.Start, "2026-03-02")).WarnAt);
        Assert.Null(Read(rule, Entry(ClockAct.Start, "2026-03-02"), Entry(ClockAct.Suspend, "2026-03-03")).WarnAt);
    }

    private static DateOnly SlowCalendar_Due(string start, int workingDays) => Calendars.SlowCalendar.Due(DateOnly.Parse(start), workingDays);
}
