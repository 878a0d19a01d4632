using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People;

public class SessionTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_is_signed_in_stands_at_the_head_of_every_page_until_they_sign_out(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var browser = await service.SignInAsync(Roles.WindowOfficer);

        var page = await PageAsync(browser, "/me");
        using var left = await PostAsync(browser, page.QuerySelector("form[action='/sign-out']")!);
        using var after = await browser.GetAsync("/me");

        Assert.Contains("演示市新春派出所", page.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/sign-in?left=1", left.Headers.Location!.OriginalString);
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?return=%2Fme"), (after.StatusCode, after.Headers.Location!.OriginalString));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_session_ends_when_idle_when_old_when_roles_change_and_when_the_officer_leaves(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var options = service.App.Services.GetRequiredService<SignInOptions>();
        var roles = service.App.Services.GetRequiredService<ManageRoles>();

        using var idle = await service.SignInAsync(Roles.WindowOfficer);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(idle));
        service.Clock.Advance(options.IdleFor);
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(idle));

        using var old = await service.SignInAsync(Roles.WindowOfficer);
        for (var passed = TimeSpan.Zero; passed < options.LongestFor; passed += options.IdleFor / 2)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(old));
            service.Clock.Advance(options.IdleFor / 2);
        }

        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(old));

        using var changed = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        Assert.True((await roles.GrantAsync("operator/test", "J1", Roles.Supervisor, "测试", "测试", default)).Ok(out _, out _));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(changed));

        using var gone = await service.SignInAsync(Roles.WindowOfficer, officerId: "J2");
        service.Staff.Put(new StaffMember("J2", "离职", TestStaff.Station, IsActive: false));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(gone));
    }

    [Fact]
    public async Task The_secret_is_new_with_each_proof_and_only_its_digest_is_stored()
    {
        await using var service = await TestService.StartAsync("sqlite");
        service.Staff.Put(new StaffMember("J1", "甲", TestStaff.Station, IsActive: true));
        var sessions = service.App.Services.GetRequiredService<OpenSessions>();
        var actors = service.App.Services.GetRequiredService<ActorLoad>();
        var first = (await sessions.OpenAsync(new NewSession("officer/J1", SignInWays.Passkey), default))!;
        var actor = (await actors.FindAsync(first, default))!;

        service.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = (await sessions.ProveAsync(actor, SignInWays.Passkey, default))!;

        Assert.NotEqual(first, second);
        Assert.Null(await actors.FindAsync(first, default));
        Assert.Equal(service.Clock.Now, (await actors.FindAsync(second, default))!.ProvedAt);
        Assert.DoesNotContain(second, await File.ReadAllTextAsync(service.Data.Store.FilePath!, System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_can_end_where_else_one_is_signed_in_and_nobody_elses()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var here = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        using var there = await service.BrowserOfAsync("officer/J1", SignInWays.Passkey);
        using var stranger = await service.SignInAsync(Roles.WindowOfficer, officerId: "J2");
        var foreign = (await service.App.Services.GetRequiredService<OpenSessions>().ListAsync("officer/J2", default))[0].Id;

        var form = (await PageAsync(here, "/me")).QuerySelector("form[action*='handler=End']:not([action*=Others])")!;
        using var refused = await PostAsync(here, form, ("session", foreign));
        using var ended = await PostAsync(here, form);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(stranger));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(there));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(here));
    }

    internal static async Task<IDocument> PageAsync(HttpClient browser, string path) => new HtmlParser().ParseDocument(await browser.GetStringAsync(path));

    /// <summary>Posts a form of a page as it stands there, with some of its values changed.</summary>
    internal static Task<HttpResponseMessage> PostAsync(HttpClient browser, IElement form, params (string Name, string Value)[] changed)
    {
        var values = form.QuerySelectorAll("input[name], select[name], textarea[name]").Where(field => field.GetAttribute("type") is not ("radio" or "checkbox") || field.HasAttribute("checked"))
            .Select(field => (Name: field.GetAttribute("name")!, Value: field.GetAttribute("value") ?? "")).Where(field => !changed.Any(one => one.Name == field.Name)).Concat(changed);
        return browser.PostAsync(form.GetAttribute("action") ?? "", new FormUrlEncodedContent(values.Select(field => KeyValuePair.Create(field.Name, field.Value))));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/me");
        return answer.StatusCode;
    }
}
