using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Tests.Platform.Clocks.Calendars;

public class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.Shipped;

    [Theory]
    [InlineData(2024, 251), InlineData(2025, 248), InlineData(2026, 248)]
    public void A_published_year_has_the_working_days_of_its_notice(int year, int days)
    {
        Assert.Equal(days, Calendar.Count(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1)));
        Assert.NotNull(Calendar.Published(year));
    }

    [Fact]
    public void Every_day_of_the_published_years_is_as_a_clerk_finds_it()
    {
        for (var day = SlowCalendar.First; day <= SlowCalendar.Last; day = day.AddDays(1)) Assert.Equal(SlowCalendar.IsWorking(day), Calendar.IsWorking(day));
    }

    [Fact]
    public void Jumping_over_decades_comes_to_the_same_day_as_walking()
    {
        var days = Gen.Choose(0, WorkingCalendar.Last.DayNumber - WorkingCalendar.First.DayNumber - 11_000).Select(WorkingCalendar.First.AddDays);
        Prop.ForAll(days.Zip(Gen.Choose(1, 7300)).ToArbitrary(), pair =>
        {
            var (from, number) = pair;
            var (day, seen) = (from.AddDays(-1), 0);
            while (seen < number)
            {
                day = day.AddDays(1);
                if (Calendar.Day(day).IsWorking) seen++;
            }

            Assert.Equal(day, Calendar.Nth(from, number));
            Assert.Equal(number, Calendar.Count(from, day.AddDays(1)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void A_year_without_a_notice_is_reckoned_by_the_law_and_says_so()
    {
        string[] off = ["01-01", "02-05", "02-06", "02-07", "02-08", "02-09", "02-10", "04-05", "05-01", "05-02", "05-03", "05-04", "06-09", "09-15", "10-01", "10-02", "10-03", "10-04", "10-05"];
        var reckoned = Enumerable.Range(0, 365).Select(i => Calendar.Day(new DateOnly(2027, 1, 1).AddDays(i))).ToList();
        Assert.Equal(off, reckoned.Where(day => day.Kind == DayKind.Holiday).Select(day => day.Date.ToString("MM-dd", CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(reckoned, day => day.Kind == DayKind.MakeUp);
        Assert.All(reckoned, day => Assert.True(day.IsProvisional));
        Assert.Equal([2027, 2028], Calendar.ProvisionalYears(new DateOnly(2026, 12, 30), new DateOnly(2028, 1, 2)));
    }

    [Fact]
    public void The_first_day_of_the_lunar_year_2027_is_the_6th_of_February() =>
        Assert.Equal(new DateOnly(2027, 2, 6), StatutoryHolidays.Shipped.Of(2027).Where(day => day.Holiday.Zh == "春节").ElementAt(1).Date);

    [Fact]
    public void Every_published_year_holds_what_the_law_fixes() =>
        Assert.All(ShippedCalendars.Years, year => Assert.All(StatutoryHolidays.Shipped.Of(year.Year).Where(day => day.IsCertain), day => Assert.Contains(day.Date, year.Off.Keys)));

    [Fact]
    public void Local_days_are_off_in_their_division_only()
    {
        Assert.True(CalendarFile.Read(Local, "local.yaml").Ok(out var local, out var refusal), refusal?.English);
        var day = new DateOnly(2026, 9, 3);
        Assert.True(new WorkingCalendar([.. ShippedCalendars.Years, local], "220104").IsWorking(day));
        var there = new WorkingCalendar([.. ShippedCalendars.Years, local], "222401");
        Assert.False(there.IsWorking(day));
        Assert.Equal("示例纪念日", there.Day(day).Holiday?.Zh);
        Assert.NotEqual(Calendar.Digest, there.Digest);
    }

    [Fact]
    public void The_last_notice_of_a_year_counts()
    {
        var text = ShippedCalendars.Read("2026.yaml").Replace("2026-10-01..2026-10-07", "2026-10-01..2026-10-08", StringComparison.Ordinal);
        Assert.True(CalendarFile.Read(text, "2026.yaml").Ok(out var later, out _));
        Assert.False(new WorkingCalendar([.. ShippedCalendars.Years, later], "").IsWorking(new DateOnly(2026, 10, 8)));
    }

    [Fact]
    public void Days_outside_the_calendar_are_a_fault_and_never_an_answer()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.IsWorking(WorkingCalendar.First.AddDays(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Day(WorkingCalendar.Last.AddDays(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Nth(WorkingCalendar.Last.AddDays(-3), 30));
    }

    private const string Local = """
        year: 2026
        division: "2224"
        notice: { title: 示例, number: 示例〔2026〕1号, date: 2026-01-05, source: made up for this test }
        holidays:
          - { zh: 示例纪念日, en: Example Day, off: 2026-09-03 }
        """;
}
