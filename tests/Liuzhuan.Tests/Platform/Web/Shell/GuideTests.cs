using Liuzhuan.Platform.People;

namespace Liuzhuan.Tests.Platform.Web.Shell;

public class GuideTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    public static TheoryData<string> StaffRoles => [.. Roles.OfStaff];

    [Theory, MemberData(nameof(StaffRoles))]
    public async Task The_first_page_of_a_role_guides_on_the_first_visit_and_is_quiet_on_the_second(string role)
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(role);

        await GuidesOnceAsync(officer, await FirstPlaceAsync(officer));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_citizens_first_page_guides_too(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var citizen = await service.SignInCitizenAsync(Exchange.Desk.DeskPages.Here, Exchange.Desk.DeskPages.HereName);

        await GuidesOnceAsync(citizen, await FirstPlaceAsync(citizen));
    }

    // Where the directory comes first in the menu, the page of the role's own work guides as well.
    [Theory]
    [InlineData(Roles.SystemAdministrator, "/admin/officers")]
    [InlineData(Roles.SecurityAdministrator, "/admin/roles")]
    [InlineData(Roles.Auditor, "/admin/trail")]
    [InlineData(Roles.PolicyOfficer, "/workbench/calendar")]
    [InlineData(Roles.Supervisor, "/supervision/alerts")]
    [InlineData(Roles.Liaison, "/workbench/queue")]
    public async Task The_page_of_a_roles_own_work_guides(string role, string path)
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(role);

        await GuidesOnceAsync(officer, path);
    }

    private static async Task<string> FirstPlaceAsync(HttpClient browser) =>
        (await PageForm.ReadAsync(browser, "/me")).QuerySelector(".places a")!.GetAttribute("href")!;

    private static async Task GuidesOnceAsync(HttpClient browser, string path)
    {
        var first = (await PageForm.ReadAsync(browser, path)).QuerySelector("details.guide");
        var second = (await PageForm.ReadAsync(browser, path + "?lang=en")).QuerySelector("details.guide");

        Assert.True(first is not null && first.HasAttribute("open"), $"{path} does not guide on the first visit.");
        Assert.False(second!.HasAttribute("open"));
        Assert.InRange(first.QuerySelectorAll("li").Length, 2, 4);
        // Every line is written in both languages.
        Assert.All(second.QuerySelectorAll("li"), line => Assert.DoesNotContain(line.TextContent, first.TextContent, StringComparison.Ordinal));
    }
}
