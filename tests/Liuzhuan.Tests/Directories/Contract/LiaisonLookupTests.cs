using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.People;
using Liuzhuan.Tests.Platform.Ledger;
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

    [Theory, MemberData(nameof(TestDatabases.All), MemberType = typeof(TestDatabases))]
    public async Task Who_answers_is_found_by_office_by_agency_and_by_branch_and_place(string database)
    {
        await using var ground = await LedgerGround.CreateAsync(database);
        var shelf = new DirectoryShelf(ground.Store);
        Assert.True((await new ChangeDirectory(ground.Ledger, shelf, ground.Clock).ApplyAsync([.. Rows, Leave("J2001", "2026-03-01", "2026-03-31")], 0, "operator/test", "测试", default)).Ok(out _, out _));
        var lookup = new LiaisonLookup(shelf);
        Assert.Equal("J3001", (await lookup.ForOfficeAsync(Station, Today, default)).Officer?.Id);
        Assert.Equal("J2002", (await lookup.ForAgencyAsync(City, OfficeLevel.City, Today, default)).Officer?.Id);
        Assert.Null((await lookup.ForAgencyAsync(City, OfficeLevel.County, Today, default)).Officer);
        // The city's bureau is there for a county in it, also for one whose code has ended, and not for another city's.
        Assert.Equal("J2002", (await lookup.ForDivisionAsync("public-security", OfficeLevel.City, "220104", Today, default)).Officer?.Id);
        Assert.Equal("J2002", (await lookup.ForDivisionAsync("public-security", OfficeLevel.City, "220381", Today, default)).Officer?.Id);
        Assert.Empty((await lookup.ForDivisionAsync("public-security", OfficeLevel.City, "220204", Today, default)).Steps);
        Assert.Empty((await lookup.ForDivisionAsync("court", OfficeLevel.City, "220104", Today, default)).Steps);
        Assert.Equal([CountyOffice, Station], await lookup.OfficesOfAsync("J3001", Today, default));
        Assert.Empty(await lookup.OfficesOfAsync("J2001", Today, default));
        Assert.Equal([CityOffice], await lookup.OfficesOfAsync("J2002", Today, default));
    }
}
