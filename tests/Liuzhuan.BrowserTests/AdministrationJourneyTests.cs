using System.Text;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Tests;
using Liuzhuan.Tests.Directories;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Liuzhuan.BrowserTests;

/// <summary>What those do who give roles, keep calendars and the directory, sign in with a password, and help at a window: in Chromium, through the pages alone.</summary>
public sealed class AdministrationJourneyTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Password = "松花江上-雾凇与渔火-长白山";

    [Fact]
    public async Task A_security_administrator_grants_a_role_and_an_auditor_sees_it_in_the_trail()
    {
        await using var service = await TestService.StartAsync("sqlite");
        service.Staff.Put(new StaffMember("J1", "甲某某", TestStaff.Station, IsActive: true));
        var security = await OfficerAsync(service, Roles.SecurityAdministrator);
        await security.GotoAsync("/admin/roles");
        await security.Locator("#officer").FillAsync("J1");
        await security.Locator("#role").SelectOptionAsync(Roles.Supervisor);
        await security.Locator("#reason").FillAsync("任命");
        await security.Locator("#provision").FillAsync("任职文件第1号");
        await security.Locator("form[action$='handler=Grant'] button").ClickAsync();
        await security.Locator("main [role=status]").WaitForAsync();

        var auditor = await OfficerAsync(service, Roles.Auditor);
        await auditor.GotoAsync("/admin/trail");
        await auditor.Locator("#kind").SelectOptionAsync("permission");
        await auditor.Locator("#act").FillAsync("督察");
        await auditor.Locator("form.filters button").ClickAsync();
        await Chromium.ArriveAsync(auditor, @"/admin/trail\?kind=permission&act=");

        var entry = auditor.Locator("tbody tr");
        await entry.WaitForAsync();
        foreach (var words in new[] { "授予角色", "角色 督察", "理由 任命", "J1", $"officer/J{Roles.SecurityAdministrator}" }) Assert.Contains(words, await entry.InnerTextAsync(), StringComparison.Ordinal);
        await Chromium.PictureAsync(auditor, "trail-granted");
    }

    [Fact]
    public async Task A_policy_officer_sees_which_clocks_a_calendar_moves_before_importing_it()
    {
        await using var service = await TestService.StartAsync("sqlite");
        // Over the National Day of 2027, whose days off nobody knows before the notice.
        var (day, started) = (new DateOnly(2027, 9, 20), service.Clock.Now);
        Assert.True(ClockRules.Shipped.Find("permit-decide", day).Ok(out var rule, out _));
        var entry = new ClockEntry { Id = Guid.CreateVersion7(started), Act = ClockAct.Start, Day = day, Time = new TimeOnly(9, 0), Provision = rule.Provision, Author = "operator/test", RecordedAt = started };
        Assert.True((await service.App.Services.GetRequiredService<KeepClock>().StartAsync("case/moves", "", rule, entry, null, default)).Ok(out _, out var refusal), refusal?.English);
        var policy = await OfficerAsync(service, Roles.PolicyOfficer);
        await policy.GotoAsync("/workbench/calendar/import");
        await policy.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "2027.yaml", MimeType = "text/yaml", Buffer = Encoding.UTF8.GetBytes(Liuzhuan.Tests.Platform.Clocks.Notices.Of2027) });
        await policy.Locator("form[action$='handler=Preview'] button").ClickAsync();

        await policy.Locator("#preview").WaitForAsync();
        Assert.Equal("case/moves", await policy.Locator("tbody th code").InnerTextAsync());
        await Chromium.PictureAsync(policy, "calendar-preview");
        await policy.Locator("form[action$='handler=Apply'] button").ClickAsync();
        await policy.Locator(".proved a.btn").ClickAsync();
        await Chromium.ArriveAsync(policy, @"/workbench/calendar\?year=2027$");
    }

    [Fact]
    public async Task An_administrator_sees_what_a_sheet_changes_in_the_directory_before_it_does()
    {
        await using var service = await TestService.StartAsync("sqlite");
        Assert.True((await service.App.Services.GetRequiredService<ChangeDirectory>().ApplyAsync(GivenDirectory.Rows, 0, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
        var keeper = await OfficerAsync(service, Roles.SystemAdministrator);
        await keeper.GotoAsync("/workbench/directory/import");
        await keeper.Locator("#file").SetInputFilesAsync(new FilePayload
        {
            Name = "人员.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"工号,姓名,机构代码,职务\nJ9001,庚,{GivenDirectory.Station},户籍民警\nJ4001,戊,{GivenDirectory.Station},社区民警\n"),
        });
        await keeper.Locator("main button[type=submit]").ClickAsync();

        await keeper.Locator("#apply").WaitForAsync();
        Assert.Equal(2, await keeper.Locator("#lines ~ table tbody tr").CountAsync());
        Assert.DoesNotContain("J9001", (await service.App.Services.GetRequiredService<DirectoryShelf>().LoadAsync(default)).Officers.Keys);
        await keeper.Locator("#reason").FillAsync("新同事报到");
        await keeper.Locator("#apply button").ClickAsync();
        await Chromium.ArriveAsync(keeper, "^(?!.*/import/)");
        Assert.Contains("J9001", (await service.App.Services.GetRequiredService<DirectoryShelf>().LoadAsync(default)).Officers.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_invited_officer_sets_a_password_with_an_authenticator_and_signs_in_with_both(bool script)
    {
        await using var service = await TestService.StartAsync("sqlite");
        (await service.SignInAsync(Roles.WindowOfficer, officerId: "J1")).Dispose();
        Assert.True((await service.App.Services.GetRequiredService<StaffAccounts>().InviteAsync("operator/test", "J1", default)).Ok(out var invitation, out _));
        var page = await chromium.OpenAsync(service.Address, script: script);
        await page.GotoAsync("/sign-in/invitation");
        await page.Locator("#officer").FillAsync("J1");
        await page.Locator("#code").FillAsync(invitation.Code);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.GotoAsync("/me/password");
        var secret = await page.Locator("code.secret").InnerTextAsync();
        await page.Locator("#password").FillAsync(Password);
        await page.Locator("#code").FillAsync(OneTimePasswords.At(secret, OneTimePasswords.StepOf(service.Clock.Now)));
        await page.Locator("form[action$='handler=Set'] button").ClickAsync();
        await page.Locator(".codes-list").WaitForAsync();

        // Another browser, in which nobody is signed in; the next six digits, for these are used up.
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = await chromium.OpenAsync(service.Address, script: script);
        await other.GotoAsync("/sign-in");
        await other.Locator(".other-way summary").ClickAsync();
        await other.Locator("#officer").FillAsync("J1");
        await other.Locator("#password").FillAsync(Password);
        await other.Locator("#code").FillAsync(OneTimePasswords.At(secret, OneTimePasswords.StepOf(service.Clock.Now)));
        await other.Locator(".other-way button").ClickAsync();
        await Chromium.ArriveAsync(other, "/workbench/verify$");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_officer_opens_the_hall_for_somebody_at_the_window_and_is_themselves_again_afterwards(bool script)
    {
        await using var service = await TestService.StartAsync("sqlite");
        var window = await OfficerAsync(service, Roles.WindowOfficer, script: script);
        await window.GotoAsync("/workbench/assist");
        await window.Locator("#name").FillAsync(DeskPages.HereName);
        await window.Locator("#number").FillAsync(DeskPages.Here);
        await window.Locator("#ground").FillAsync("本人在场，不会用手机");
        await window.Locator("main form button").ClickAsync();

        await Chromium.ArriveAsync(window, "/hall/accesses$");
        Assert.Contains(DeskPages.HereName, await window.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
        await Chromium.PictureAsync(window, $"assist-hall-{(script ? "script" : "plain")}");
        await window.Locator("form[action='/sign-out'] button").ClickAsync();
        await window.GotoAsync("/workbench/verify");
        await window.Locator("#number").WaitForAsync();
        Assert.DoesNotContain(DeskPages.HereName, await window.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
    }

    private async Task<IPage> OfficerAsync(TestService service, string role, bool script = true)
    {
        using var signedIn = await service.SignInAsync(role, officerId: "J" + role);
        return await chromium.SignedInAsync(service, Actor.OfOfficer("J" + role), SignInWays.Passkey, script: script);
    }
}
