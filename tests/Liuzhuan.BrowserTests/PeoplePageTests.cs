using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.Web;
using Liuzhuan.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.BrowserTests;

/// <summary>The pages of sign-in and administration in every view: nothing sticks out, and axe-core finds no violation.</summary>
public sealed class PeoplePageTests(Chromium chromium) : IClassFixture<Chromium>
{
    // Some six screens of a telephone, in pixels.
    private const int TallestOnTelephone = 5000;

    public static TheoryData<string, int, string> Views => PageStateTests.Views;

    [Theory, MemberData(nameof(Views))]
    public async Task Every_state_is_accessible_and_fits(string language, int width, string look)
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { Demo = true }, services: services => services.AddSingleton<IDemoCast, Cast>());
        var manage = service.App.Services.GetRequiredService<ManageRoles>();
        foreach (var (id, name, role) in Cast.Officers)
        {
            service.Staff.Put(new StaffMember(id, name, TestStaff.Station, IsActive: true));
            Assert.True((await manage.GrantAsync("operator/test", id, role, "任命", "任职文件第1号", default)).Ok(out _, out _));
        }

        Assert.True((await service.App.Services.GetRequiredService<StaffAccounts>().InviteAsync("operator/test", "J1", default)).Ok(out _, out _));
        var page = await chromium.OpenAsync(new UriBuilder(service.Address) { Host = "localhost" }.Uri, width, language: language, look: look);
        async Task CheckAsync(string state, string? path = null)
        {
            if (path is not null) await page.GotoAsync(path);
            await Chromium.PictureAsync(page, $"{state}-{language}-{width}{(look.Length > 0 ? "-" + look : "")}");
            await Chromium.HasNoViolationsAsync(page);
            await Chromium.FitsAsync(page);
        }

        async Task BecomeAsync(string officer)
        {
            await page.GotoAsync("/");
            await page.Locator($".cast form:has(input[value='officer/{officer}']) button").ClickAsync();
            await page.Locator("form[action='/sign-out']").WaitForAsync();
        }

        await CheckAsync("cast", "/");
        await CheckAsync("sign-in", "/sign-in");
        await page.Locator(".other-way summary").ClickAsync();
        await page.Locator("#officer").FillAsync("J1");
        await page.Locator("#password").FillAsync("x");
        await page.Locator("#code").FillAsync("x");
        await page.Locator(".other-way button").ClickAsync();
        await page.Locator(".problem").WaitForAsync();
        await CheckAsync("sign-in-refused");
        await CheckAsync("invitation", "/sign-in/invitation");
        await CheckAsync("hall-sign-in", "/hall/sign-in");
        await page.Locator("#name").FillAsync("甲");
        await page.Locator("#number").FillAsync("1");
        await page.Locator("main form").First.Locator("button").ClickAsync();
        await page.Locator("#code").WaitForAsync();
        await CheckAsync("hall-code");

        await BecomeAsync("J1");
        await CheckAsync("me", "/me");
        await CheckAsync("passkeys", "/me/passkeys");
        await CheckAsync("password", "/me/password");
        await CheckAsync("again", "/sign-in/again");
        await CheckAsync("assist", "/workbench/assist");
        await CheckAsync("forbidden", "/admin/trail");
        await BecomeAsync("S1");
        await CheckAsync("roles", "/admin/roles");
        await BecomeAsync("Y1");
        await CheckAsync("officers", "/admin/officers");
        await page.Locator("#officer").FillAsync("J1");
        await page.Locator("main form button").First.ClickAsync();
        await page.Locator("code.secret").WaitForAsync();
        await CheckAsync("invited");
        await BecomeAsync("A1");
        await CheckAsync("trail", "/admin/trail");
        await CheckAsync("trail-none", "/admin/trail?act=zzzz");
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task A_full_page_of_roles_and_of_the_trail_is_turned_before_a_thumb_tires(string language)
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { Demo = true }, services: services => services.AddSingleton<IDemoCast, Cast>());
        var manage = service.App.Services.GetRequiredService<ManageRoles>();
        foreach (var (id, name, role) in Cast.Officers.Concat(Enumerable.Range(1, 60).Select(i => ($"W{i:00}", "戊某某", Roles.WindowOfficer))))
        {
            service.Staff.Put(new StaffMember(id, name, TestStaff.Station, IsActive: true));
            Assert.True((await manage.GrantAsync("operator/test", id, role, "任命为所在机构的工作人员", "任职文件第1号", default)).Ok(out _, out _));
        }

        var page = await chromium.OpenAsync(new UriBuilder(service.Address) { Host = "localhost" }.Uri, 390, language: language);
        foreach (var (officer, path) in new[] { ("S1", "/admin/roles"), ("A1", "/admin/trail?kind=permission") })
        {
            await page.GotoAsync("/");
            await page.Locator($".cast form:has(input[value='officer/{officer}']) button").ClickAsync();
            await page.Locator("form[action='/sign-out']").WaitForAsync();
            await page.GotoAsync(path);
            // The second visit: what is shown to newcomers is closed.
            await page.GotoAsync(path);
            var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
            TestContext.Current.TestOutputHelper?.WriteLine($"{path} {language}: {height} px");
            Assert.Equal(20, await page.Locator("tbody tr").CountAsync());
            Assert.InRange(height, 1, TallestOnTelephone);
            await Chromium.FitsAsync(page);
        }
    }

    private sealed class Cast : IDemoCast
    {
        public static readonly (string Id, string Name, string Role)[] Officers =
            [("J1", "甲某某", Roles.WindowOfficer), ("S1", "乙某某", Roles.SecurityAdministrator), ("Y1", "丙某某", Roles.SystemAdministrator), ("A1", "丁某某", Roles.Auditor)];

        public Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<DemoPerson>>(
            [.. Officers.Select(officer => new DemoPerson("officer/" + officer.Id, officer.Name, Roles.Name(officer.Role), new Text("看看这个岗位能做什么", "see what this post may do"), TestStaff.Station.OfficeName))]);
    }
}
