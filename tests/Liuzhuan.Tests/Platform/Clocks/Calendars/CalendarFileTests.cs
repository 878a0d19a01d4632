using Liuzhuan.Platform.Clocks.Calendars;

namespace Liuzhuan.Tests.Platform.Clocks.Calendars;

public class CalendarFileTests
{
    private static readonly string Right = ShippedCalendars.Read("2026.yaml");

    [Fact]
    public void A_notice_is_read_as_it_is_written()
    {
        Assert.True(CalendarFile.Read(Right, "2026.yaml").Ok(out var year, out _));
        Assert.Equal((2026, "", 33, 6), (year.Year, year.Division, year.Off.Count, year.Work.Count));
        Assert.Equal(("国办发明电〔2025〕7号", new DateOnly(2025, 11, 4)), (year.Notice.Number, year.Notice.Date));
        Assert.Equal(["number"], year.Notice.Unverified);
        Assert.Equal("春节", year.Work[new DateOnly(2026, 2, 14)].Zh);
    }

    [Theory]
    [InlineData("2026-06-19..2026-06-21", "2026-06-20..2026-06-21", "2026-06-19")] // the law's own day is missing
    [InlineData("work: 2026-05-09", "work: 2026-05-08", "2026-05-08")] // a Friday is worked anyway
    [InlineData("work: 2026-05-09", "work: 2027-05-09", "2027-05-09")]
    [InlineData("work: 2026-05-09", "work: 2026-05-03", "2026-05-03")] // off and worked
    [InlineData("off: 2026-09-25..2026-09-27", "off: 2026-09-27..2026-09-25", "2026-09-27..2026-09-25")]
    [InlineData("off: 2026-09-25..2026-09-27", "off: 25.9.2026", "25.9.2026")]
    [InlineData("year: 2026", "year: 26", "1950")]
    [InlineData("year: 2026", "jahr: 2026", "jahr")]
    [InlineData("  date: 2025-11-04\n", "", "date")]
    [InlineData("unverified: [number]", "unverified: [number, title]", "title")] // no page has words for it
    [InlineData("holidays:", "holidays: [", "YAML")]
    [InlineData("year: 2026", "year: 2026\ndivision: Jilin", "division")]
    public void A_file_that_cannot_be_right_is_refused_with_its_line(string what, string instead, string names)
    {
        Assert.Contains(what, Right, StringComparison.Ordinal);
        Assert.False(CalendarFile.Read(Right.Replace(what, instead, StringComparison.Ordinal), "mine.yaml").Ok(out _, out var refusal));
        Assert.Equal("calendar.file", refusal.Code);
        Assert.Contains("mine.yaml", refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains(names, refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains(names, refusal.English, StringComparison.Ordinal);
    }
}
