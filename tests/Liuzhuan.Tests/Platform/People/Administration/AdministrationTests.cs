using System.Net;
using AngleSharp.Html.Parser;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People.Administration;

public class AdministrationTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_security_administrator_grants_a_role_and_the_auditor_sees_it(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var security = await service.SignInAsync(Roles.SecurityAdministrator, officerId: "S1");
        using var auditor = await service.SignInAsync(Roles.Auditor, officerId: "A1");
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");

        using var granted = await GrantAsync(security, "J1", Roles.Supervisor);
        using var ended = await officer.GetAsync("/me");
        var trail = await SessionTests.PageAsync(auditor, "/admin/trail?lang=en&kind=permission&act=supervisor");
        var row = trail.QuerySelector("tbody tr")!;

        Assert.Equal("/admin/roles?done=1", granted.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Contains("officer/S1", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("granted a role", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("J1", row.TextContent, StringComparison.Ordinal);
        var page = await SessionTests.PageAsync(security, "/admin/roles?of=supervisor");
        var revoke = page.QuerySelectorAll("details.revoke form").Single();
        using var revoked = await SessionTests.PostAsync(security, revoke, ("reason", "岗位变动"));
        Assert.Equal("/admin/roles?done=1", revoked.Headers.Location!.OriginalString);
        Assert.DoesNotContain(await service.App.Services.GetRequiredService<ManageRoles>().ListAsync("J1", default), grant => grant.Role == Roles.Supervisor && grant.RevokedAt is null);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Roles_that_are_held_come_twenty_to_a_page_and_the_filter_goes_along(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var security = await service.SignInAsync(Roles.SecurityAdministrator, officerId: "S1");
        var manage = service.App.Services.GetRequiredService<ManageRoles>();
        foreach (var officer in Enumerable.Range(0, 23))
            Assert.True((await manage.GrantAsync("operator/test", $"J{officer:00}", officer < 21 ? Roles.WindowOfficer : Roles.Liaison, "测试", "测试规定", default)).Ok(out _, out _));

        var first = await SessionTests.PageAsync(security, "/admin/roles?of=window-officer");
        var next = first.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = await SessionTests.PageAsync(security, next);

        Assert.Equal((20, 1), (first.QuerySelectorAll("#held ~ table tbody tr").Length, second.QuerySelectorAll("#held ~ table tbody tr").Length));
        Assert.Contains("of=window-officer", next, StringComparison.Ordinal);
        Assert.Null(second.QuerySelector("a[rel=next]"));
    }

    [Theory]
    [InlineData(Roles.SecurityAdministrator, "/admin/roles")]
    [InlineData(Roles.Auditor, "/admin/trail")]
    [InlineData(Roles.SystemAdministrator, "/admin/officers")]
    [InlineData(Roles.WindowOfficer, "/workbench/verify")]
    [InlineData(Roles.Supervisor, "/workbench/objections")]
    public async Task Whoever_signs_in_arrives_at_their_own_work(string role, string place)
    {
        await using var service = await TestService.StartAsync("sqlite");
        (await service.SignInAsync(role, officerId: "J1")).Dispose();
        var officer = await service.App.Services.GetRequiredService<ActorLoad>().OfficerAsync("J1", default);

        Assert.Equal(place, service.App.Services.GetRequiredService<Arrival>().Of(officer!, null));
    }

    [Fact]
    public async Task Nobody_changes_their_own_roles_nor_those_of_whom_the_directory_does_not_know()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var security = await service.SignInAsync(Roles.SecurityAdministrator, officerId: "S1");

        using var own = await GrantAsync(security, "S1", Roles.WindowOfficer);
        using var nobody = await GrantAsync(security, "J404", Roles.WindowOfficer);

        Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
        Assert.Contains("不能变更自己的角色", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_holds_two_of_the_three_administrations_whoever_writes_to_the_database(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var manage = service.App.Services.GetRequiredService<ManageRoles>();
        var at = service.Clock.Now;
        foreach (var (first, second) in Roles.KeptApart.SelectMany(first => Roles.KeptApart.Where(second => second != first).Select(second => (first, second))))
        {
            var officer = $"{first[..2]}{second[..2]}".Replace("-", "", StringComparison.Ordinal);
            Assert.True((await manage.GrantAsync("operator/test", officer, first, "测试", "测试", default)).Ok(out _, out _));
            Assert.False((await manage.GrantAsync("operator/test", officer, second, "测试", "测试", default)).Ok(out _, out var refusal));
            Assert.Equal("role.apart", refusal.Code);
            await using var connection = await service.Data.Store.OpenAsync(default);
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => connection.ExecuteAsync(null, "insert into role_grants (id, officer_id, role, reason, provision, granted_at, granted_by) values (@id, @officer, @role, 'x', 'x', @at, 'x')", default,
                ("id", Guid.CreateVersion7(at)), ("officer", officer), ("role", second), ("at", at)));
        }

        // At the same moment, twenty times: one wins.
        var both = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => manage.GrantAsync("operator/test", "X1", Roles.KeptApart[i % 3], "测试", "测试", default))));
        Assert.Single(both, result => result.Ok(out _, out _));
    }

    [Fact]
    public async Task A_system_administrator_invites_others_and_never_themselves()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var system = await service.SignInAsync(Roles.SystemAdministrator, officerId: "Y1");
        service.Staff.Put(new StaffMember("J1", "甲", TestStaff.Station, IsActive: true));

        using var own = await StaffSignInTests.PostAsync(system, "/admin/officers", ("officer", "Y1"));
        using var other = await StaffSignInTests.PostAsync(system, "/admin/officers", ("officer", "J1"));
        var code = new HtmlParser().ParseDocument(await other.Content.ReadAsStringAsync()).QuerySelector("code.secret")!.TextContent;
        var later = await SessionTests.PageAsync(system, "/admin/officers");
        using var entered = await StaffSignInTests.PostAsync(TestApp.Browser(service.Address, null), "/sign-in/invitation", ("officer", "J1"), ("code", code));

        Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
        Assert.DoesNotContain(code, later.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
    }

    [Theory]
    [InlineData(Roles.SecurityAdministrator)]
    [InlineData(Roles.Auditor)]
    public async Task A_system_administrator_cannot_invite_who_is_kept_apart_from_them_nor_use_an_earlier_code(string role)
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var system = await service.SignInAsync(Roles.SystemAdministrator, officerId: "Y1");
        service.Staff.Put(new StaffMember("J1", "甲", TestStaff.Station, IsActive: true));
        using var early = await StaffSignInTests.PostAsync(system, "/admin/officers", ("officer", "J1"));
        var code = new HtmlParser().ParseDocument(await early.Content.ReadAsStringAsync()).QuerySelector("code.secret")!.TextContent;
        Assert.True((await service.App.Services.GetRequiredService<ManageRoles>().GrantAsync("operator/test", "J1", role, "任命", "任职文件第1号", default)).Ok(out _, out _));

        using var entered = await StaffSignInTests.PostAsync(TestApp.Browser(service.Address, null), "/sign-in/invitation", ("officer", "J1"), ("code", code));
        using var again = await StaffSignInTests.PostAsync(system, "/admin/officers", ("officer", "J1"));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (entered.StatusCode, again.StatusCode));
        Assert.Null(new HtmlParser().ParseDocument(await again.Content.ReadAsStringAsync()).QuerySelector("code.secret"));
    }

    [Fact]
    public async Task The_trail_is_read_page_by_page_and_holds_refused_attempts()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var auditor = await service.SignInAsync(Roles.Auditor);
        for (var i = 0; i < 30; i++) (await service.SignInAsync(Roles.WindowOfficer)).Dispose();
        using var refused = await StaffSignInTests.PostAsync(TestApp.Browser(service.Address, null), "/sign-in", ("officer", "J404"), ("password", "x"), ("code", "y"));

        var first = await SessionTests.PageAsync(auditor, "/admin/trail?kind=sign-in&lang=en");
        var second = await SessionTests.PageAsync(auditor, first.QuerySelector("main .actions a")!.GetAttribute("href")!);

        Assert.Equal(20, first.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("was refused", first.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("J404", first.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Equal(12, second.QuerySelectorAll("tbody tr").Length);
    }

    private static async Task<HttpResponseMessage> GrantAsync(HttpClient browser, string officer, string role)
    {
        var form = (await SessionTests.PageAsync(browser, "/admin/roles")).QuerySelector("form:has(#officer)")!;
        return await SessionTests.PostAsync(browser, form, ("officer", officer), ("role", role), ("reason", "任命"), ("provision", "任职文件第1号"));
    }
}
