using Liuzhuan.Directories.Contract;
using static Liuzhuan.Tests.Directories.GivenDirectory;

namespace Liuzhuan.Tests.Directories.Contract;

public class LiaisonLookupTests
{
    [Theory]
    [InlineData(CityOffice, "2026-03-05", "J2001", "Answers")]
    [InlineData(CityOffice, "2026-03-09", "J2001", "Answers")]
    [InlineData(CityOffice, "2026-03-10", "J2002", "OnLeave Answers")]
    [InlineData(CityOffice, "2026-03-20", "J2002", "OnLeave Answers")]
    [InlineData(CityOffice, "2026-03-21", "J2001", "Answers")]
    [InlineData(CityOffice, "2026-04-01", "J1001", "NotInService OnLeave Answers")]
    [InlineData(Station, "2026-03-05", "J3001", "NoneNamed Answers")]
    public void The_first_who_is_there_answers_and_the_steps_say_why(string office, string day, string officer, string steps)
    {
        var book = Grown(Book, Leave("J2001", "2026-03-10", "2026-03-20"), Leave("J2002", "2026-04-01", "2026-04-02"), Row("officers", ("id", "J2001"), ("valid_to", "2026-04-01")));
        var answer = LiaisonLookup.Answer(book, office, DateOnly.Parse(day));
        Assert.Equal((officer, steps), (answer.Officer?.Id, string.Join(' ', answer.Steps.Select(step => step.Outcome))));
        Assert.All(answer.Steps, step => Assert.NotEqual(step.Words.Zh, step.Words.En));
    }

    [Fact]
    public void Where_nobody_is_there_at_all_nobody_answers_and_the_whole_way_is_told()
    {
        var book = Grown(Book, Leave("J1001", "2026-03-01", "2026-03-31"), Leave("J2001", "2026-03-01", "2026-03-31"), Leave("J2002", "2026-03-01", "2026-03-31"), Leave("J3001", "2026-03-01", "2026-03-31"));
        var answer = LiaisonLookup.Answer(book, Station, Today);
        Assert.Null(answer.Officer);
        Assert.Equal([Station, CountyOffice, CityOffice, CityOffice, ProvinceOffice], answer.Steps.Select(step => step.Office.Code));
        Assert.Equal("市局户政的第 1 替补请假至 2026-03-31。", answer.Steps[3].Words.Zh);
    }

    [Fact]
    public void An_office_that_is_not_known_has_no_answer() => Assert.Empty(LiaisonLookup.Answer(Book, "000000000000", Today).Steps);
}
