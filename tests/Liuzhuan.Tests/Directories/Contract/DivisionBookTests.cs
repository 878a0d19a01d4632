using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;

namespace Liuzhuan.Tests.Directories.Contract;

public class DivisionBookTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly DivisionBook Book = DivisionBook.Shipped;

    [Fact]
    public void Every_code_of_the_list_is_known_and_counted_as_the_source_counts()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "data", "codes", "divisions.csv")).Where(line => line[0] != '#').Skip(1).Select(line => line.Split(',')).ToList();
        Assert.All(rows, row => Assert.Equal(row[1], Book.Last(row[0])?.Name));
        // China as of 2023: 34 provinces, 330 prefectures with a code in the list, 2,854 counties of registers, and 124 zones with codes for statistics.
        var now = Book.All.Where(one => one.On(Today) == Validity.InForce).ToList();
        Assert.Equal(34, now.Count(one => one.Level == DivisionLevel.Province));
        Assert.Equal(330, now.Count(one => one.Level == DivisionLevel.Prefecture));
        Assert.Equal(2854, now.Count(one => one is { Level: DivisionLevel.County, IsStatistical: false }));
        Assert.Equal(124, now.Count(one => one.IsStatistical));
        Assert.Equal(20, Book.All.Count(one => !one.Code.StartsWith("22", StringComparison.Ordinal) && one.On(Today) == Validity.Over));
        // Jilin has 60 counties, in 9 prefectures.
        Assert.Equal((9, 60), (Book.Children("220000", Today).Count(), Book.Descendants("220000", Today).Count(one => one is { Level: DivisionLevel.County, IsStatistical: false })));
    }

    [Theory]
    [InlineData("220184", "2026-11-20", "公主岭市")]
    [InlineData("220184", "2019-12-31", null)]
    [InlineData("220381", "2019-06-01", "公主岭市")]
    [InlineData("220381", "2021-01-01", null)]
    [InlineData("220319", "1986-06-01", "公主岭市")]
    [InlineData("229001", "1990-06-01", "公主岭市")]
    [InlineData("220321", "1984-06-01", "怀德县")]
    [InlineData("220602", "2000-06-01", "八道江区")]
    [InlineData("220602", "2026-11-20", "浑江区")]
    [InlineData("220600", "1990-06-01", "浑江市")]
    [InlineData("220600", "1994-12-31", "白山市")]
    [InlineData("220702", "1992-06-06", "扶余区")]
    [InlineData("220702", "1995-07-19", "扶余区")]
    [InlineData("220702", "1995-07-20", "宁江区")]
    [InlineData("220724", "2013-01-23", "扶余县")]
    [InlineData("220724", "2013-01-24", null)]
    [InlineData("220781", "2013-01-24", "扶余市")]
    [InlineData("222421", "1981-06-01", "延吉县")]
    [InlineData("222421", "1986-06-01", "龙井县")]
    [InlineData("999999", "2026-11-20", null)]
    public void A_code_has_the_name_it_had_on_the_day(string code, string day, string? name) => Assert.Equal(name, Book.Find(code, DateOnly.Parse(day))?.Name);

    [Theory]
    [InlineData("220184", "2020-06-19", "Unknown")]
    [InlineData("220381", "2020-06-19", "Unknown")]
    [InlineData("220381", "1995-06-01", "Unknown")]
    [InlineData("110101", "2026-11-20", "InForce")]
    [InlineData("110101", "1990-01-01", "Unknown")]
    [InlineData("330103", "2021-06-01", "Unknown")]
    [InlineData("330103", "2023-12-31", "Over")]
    [InlineData("220113", "2013-12-31", "NotYet")]
    [InlineData("220104", "1949-10-01", "Unknown")]
    public void What_no_source_says_is_unknown(string code, string day, string validity) => Assert.Equal(validity, Book.Last(code)!.On(DateOnly.Parse(day)).ToString());

    [Theory]
    [InlineData("220000", "220104", true)]
    [InlineData("220100", "220104", true)]
    [InlineData("220104", "220104", true)]
    [InlineData("220104", "220100", false)]
    [InlineData("220200", "220104", false)]
    [InlineData("210000", "220104", false)]
    [InlineData("220100", "220381", true)] // Gongzhuling went from Siping to Changchun
    [InlineData("220300", "220381", false)]
    [InlineData("220184", "222121", true)] // Huaide of 1980, by way of five codes
    [InlineData("220700", "222321", true)]
    [InlineData("222400", "222421", true)]
    [InlineData("110000", "110101", true)]
    [InlineData("220000", "999999", false)]
    public void A_division_covers_what_lies_in_it_and_what_went_into_that(string division, string code, bool covers) => Assert.Equal(covers, Book.Covers(division, code, Today));

    [Fact]
    public void Names_are_found_and_told_in_full()
    {
        Assert.Equal("吉林省长春市朝阳区", Book.FullName("220104", Today));
        Assert.Equal("北京市东城区", Book.FullName("110101", Today));
        Assert.Equal("吉林省四平市公主岭市", Book.FullName("220381", new DateOnly(2010, 1, 1)));
        Assert.Equal("999999", Book.FullName("999999", Today));
        Assert.Equal(["220184", "220319", "220381", "229001"], Book.Named("公主岭", Today).Select(one => one.Code));
        Assert.Equal(["浑江市", "白山市"], Book.Names("220600").Select(one => one.Name));
    }

    [Fact]
    public void Every_successor_and_parent_is_a_division_and_no_code_has_two_names_at_once()
    {
        Assert.All(Book.All, one => Assert.True(one.Parent.Length == 0 ? one.Level == DivisionLevel.Province : Book.Knows(one.Parent)));
        Assert.All(Book.All.Where(one => one.Successor.Length > 0), one => Assert.True(Book.Knows(one.Successor)));
        Assert.All(Book.All.GroupBy(one => one.Code), names => Assert.All(names.Zip(names.Skip(1)), pair => Assert.True(pair.First.Ends!.Value.By <= pair.Second.Begins.By)));
    }

    [Theory]
    [InlineData("1992-06-06", "1992-06-06", "1992-06-06")]
    [InlineData("1983", "1983-01-01", "1983-12-31")]
    [InlineData("2020..2023", "2020-01-01", "2023-12-31")]
    [InlineData("..1980", null, "1980-12-31")]
    public void An_edge_is_as_exact_as_its_source(string text, string? notBefore, string by) =>
        Assert.Equal(new DivisionEdge(notBefore is null ? null : DateOnly.Parse(notBefore), DateOnly.Parse(by)), DivisionFiles.Edge(text));
}
