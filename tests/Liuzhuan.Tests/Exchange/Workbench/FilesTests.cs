using System.Net;
using System.Security.Cryptography;
using System.Text;
using Liuzhuan.Platform.People;
using Liuzhuan.Tests.Exchange.Desk;

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

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(service.Data.Folder, "jobs")));
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

    internal static async Task<HttpResponseMessage> DropAsync(HttpClient browser, string purpose)
    {
        var page = await DeskPages.PageAsync(browser, "/workbench/files");
        var token = page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await DeskGround.PostFormAsync(browser, "/workbench/files", [("__RequestVerificationToken", token), ("purpose", purpose)], "名单.csv", DeskGround.Rows);
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
