using Liuzhuan.Commands.DemoData;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.People;

namespace Liuzhuan.Tests.Commands.DemoData;

public class DemoProvinceTests
{
    private static readonly DateOnly Today = new(2026, 3, 5);

    private static readonly DemoProvince Province = new(1, Today);

    private static readonly DirectoryBook Book = Made(Province);

    [Fact]
    public void It_has_thirty_bodies_at_three_levels_and_officers_of_every_role()
    {
        Assert.Equal((30, 40), (Book.Agencies.Count, Book.Offices.Count));
        Assert.Equal([OfficeLevel.Province, OfficeLevel.City, OfficeLevel.County, OfficeLevel.Station], Book.Offices.Values.Select(office => office.Level).Distinct().Order());
        Assert.Equal(9, Book.Agencies.Values.Count(one => one is { Branch: "public-security", Level: OfficeLevel.City }));
        Assert.Equal(Roles.OfStaff.Order(StringComparer.Ordinal), Province.Held.Select(one => one.Role).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Book.Officers.Keys.Order(StringComparer.Ordinal), Province.Held.Select(one => one.Officer).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_in_it_says_that_it_is_made_up() => Assert.All(
        [.. Book.Agencies.Values.Select(one => one.Name), .. Book.Offices.Values.Select(one => one.Name)],
        name => Assert.True(name.Zh.EndsWith("（演示）", StringComparison.Ordinal) && name.En.EndsWith("(demo)", StringComparison.Ordinal)));

    [Fact]
    public void Somebody_answers_for_every_office_and_one_stands_in()
    {
        Assert.All(Book.Offices.Keys, office => Assert.NotNull(LiaisonLookup.Answer(Book, office, Today).Officer));
        var answer = LiaisonLookup.Answer(Book, DemoProvince.OnLeaveOffice, Today);
        Assert.Equal([LiaisonOutcome.OnLeave, LiaisonOutcome.Answers], answer.Steps.Select(step => step.Outcome));
        Assert.Equal(Province.Officer(DemoProvince.OnLeaveOffice, Roles.Liaison, 1), answer.Officer?.Id);
    }

    [Fact]
    public void The_same_seed_gives_the_same_people_and_another_gives_others()
    {
        Assert.Equal(Names(Book), Names(Made(new DemoProvince(1, Today))));
        Assert.NotEqual(Names(Book), Names(Made(new DemoProvince(2, Today))));
    }

    [Fact]
    public void Nobody_holds_two_roles() => Assert.All(Province.Held.GroupBy(one => one.Officer), held => Assert.Single(held));

    private static DirectoryBook Made(DemoProvince province)
    {
        var preview = PreviewChange.Of(DirectoryBook.Empty, province.Rows, Today);
        Assert.Empty(preview.Refused.Select(one => $"{one.Row.Kind} {one.Row.Line}: {one.Refusal.English}"));
        return DirectoryBook.Empty.With(preview.Lines.Select(line => line.After));
    }

    private static IEnumerable<string> Names(DirectoryBook book) => book.Of(EntryKind.Officer).Select(officer => officer["name"]);
}
