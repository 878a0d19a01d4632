using System.Net;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Tests.Exchange.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Workbench;

public class FilesTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_is_verified_on_the_officers_errand_and_belongs_to_the_office(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        using var colleague = await service.SignInAsync(Roles.WindowOfficer, officerId: "J2");
        using var other = await service.SignInAsync(Roles.WindowOfficer, TestStaff.Station with { Office = "220102010009" });

        using var taken = await DropAsync(window, "household-registration");
        var job = taken.Headers.Location!.OriginalString;
        var done = await EndedAsync(window, job);
        var lines = Encoding.UTF8.GetString(await colleague.GetByteArrayAsync(job + "/result")).Split('\n');

        var digest = Convert.ToHexStringLower(SHA256.HashData(await window.GetByteArrayAsync(job + "/result")));
        var entries = await LedgerLeaves.OfAsync(service.Data.Store, "disclosure");
        Assert.Equal(["officer/J2", "officer/J1"], entries.Select(entry => entry.Actor()));
        Assert.All(entries, entry => Assert.Equal(("result", job[^6..], digest), (entry.Said("disclosed"), entry.Said("job"), entry.Said("output"))));
        Assert.DoesNotContain(entries, entry => entry.ToString().Contains(job.Split('/')[^1], StringComparison.Ordinal));
        Assert.Equal("2", done.QuerySelector("tr[data-verdict=consistent] .number")!.TextContent);
        Assert.Contains("not_compared_sex", lines[2], StringComparison.Ordinal);
        foreach (var path in new[] { job, job + "/result", job + "/delete", job + "/progress" })
        {
            using var denied = await other.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, denied.StatusCode);
        }

        Assert.Single((await DeskPages.PageAsync(colleague, "/workbench/files")).QuerySelectorAll("tbody a"));
        Assert.Empty((await DeskPages.PageAsync(other, "/workbench/files")).QuerySelectorAll("tbody a"));
        using var citizen = await service.SignInCitizenAsync(DeskPages.Here, DeskPages.HereName);
        Assert.Equal(TestStaff.Station.OfficeName, (await DeskPages.PageAsync(citizen, "/hall/accesses")).QuerySelector(".access h2")!.TextContent);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_purpose_that_is_not_theirs_takes_no_file(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);

        using var refused = await DropAsync(window, "interagency-request");
        var page = await DeskPages.PageAsync(window, refused.Headers.Location!.OriginalString);

        Assert.Contains("您的角色不能为", page.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(service.Data.Folder, "jobs")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task After_the_form_a_reload_sends_nothing_again_and_a_refusal_is_read_once(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var taken = await DropAsync(window, "public-service");
        using var refused = await DropAsync(window, "public-service", "名单.pdf");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, "/workbench/files"), (taken.StatusCode, refused.StatusCode, refused.Headers.Location!.OriginalString));
        Assert.DoesNotContain("pdf", string.Concat(refused.Headers.Select(header => $"{header.Key} {string.Join(' ', header.Value)}")), StringComparison.Ordinal);
        var first = await DeskPages.PageAsync(window, "/workbench/files?lang=en");
        Assert.Contains("is not a kind of file that can be verified", first.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("public-service", first.QuerySelector("#purpose option[selected]")!.GetAttribute("value"));
        Assert.Null((await DeskPages.PageAsync(window, "/workbench/files")).QuerySelector(".problem"));
        Assert.Single((await DeskPages.PageAsync(window, "/workbench/files")).QuerySelectorAll("tbody a"));
    }

    [Fact]
    public async Task What_was_refused_is_not_shown_to_whoever_signs_in_next()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var services = service.App.Services;
        var now = service.Clock.Now;
        Actor Of(string session) => new() { Id = "officer/J1", Kind = ActorKind.Officer, Name = "甲", Session = session, SignedInAt = now, ProvedAt = now };
        HttpContext Page(string path, string? cookies) { var http = new DefaultHttpContext(); http.Request.Path = path; http.Request.Headers.Cookie = cookies; return http; }
        var refused = services.GetRequiredService<RefusedForm>();
        var sent = Page("/workbench/files", null);
        refused.Keep(sent, Of("one"), JobDesk.Busy, "public-service");
        var cookie = sent.Response.Headers.SetCookie.ToString().Split(';')[0];

        Assert.Equal((JobDesk.Busy, "public-service"), refused.Take(Page("/workbench/files", cookie), Of("one")));
        Assert.Null(refused.Take(Page("/workbench/files", cookie), Of("two")));
        Assert.Null(refused.Take(Page("/workbench/requests", cookie), Of("one")));
        Assert.Null(refused.Take(Page("/workbench/files", cookie[..^4] + "AAAA"), Of("one")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_is_signed_in_states_a_purpose_and_the_open_form_takes_nothing_of_theirs(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        var start = await DeskPages.PageAsync(window, "/");
        Assert.Null(start.QuerySelector("#file"));
        Assert.NotNull(start.QuerySelector("main a[href='/workbench/files']"));
        var token = (await DeskPages.PageAsync(window, "/workbench/files")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var refused = await DeskGround.PostFormAsync(window, "/", [("__RequestVerificationToken", token)], "名单.csv", DeskGround.Rows);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(service.Data.Folder, "jobs")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_file_brought_is_shown_only_to_who_proved_their_identity_lately(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var dropped = await DropAsync(window, "public-service");
        var job = dropped.Headers.Location!.OriginalString;
        await EndedAsync(window, job);
        await DeskGround.ForgetProofsAsync(service);

        foreach (var path in new[] { job, job + "/result", job + "/problems", job + "/report", job + "/delete" })
        {
            using var asked = await window.GetAsync(path);
            Assert.Equal((HttpStatusCode.SeeOther, "/sign-in/again?return=" + Uri.EscapeDataString(path)), (asked.StatusCode, asked.Headers.Location?.OriginalString));
        }
    }

    internal static async Task<HttpResponseMessage> DropAsync(HttpClient browser, string purpose, string name = "名单.csv")
    {
        var page = await DeskPages.PageAsync(browser, "/workbench/files");
        var token = page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await DeskGround.PostFormAsync(browser, "/workbench/files", [("__RequestVerificationToken", token), ("purpose", purpose)], name, DeskGround.Rows);
    }

    internal static async Task<AngleSharp.Dom.IDocument> EndedAsync(HttpClient browser, string job)
    {
        for (var attempts = 0; attempts < 2000; attempts++)
        {
            var page = await DeskPages.PageAsync(browser, job);
            if (page.QuerySelector("main progress") is null) return page;
            await Task.Delay(25);
        }

        throw new TimeoutException("The file was not verified.");
    }
}
