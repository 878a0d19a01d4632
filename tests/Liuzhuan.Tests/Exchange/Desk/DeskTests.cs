using System.Net;
using System.Text;
using System.Text.Json;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Exchange.Desk;
using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Tests.Directories;
using Liuzhuan.Tests.Exchange.Hall;
using Liuzhuan.Tests.Exchange.Workbench;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Desk;

public class DeskTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clerk_submits_the_liaison_verifies_and_releases_and_the_clerk_downloads_what_the_manifest_says(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();

        var waiting = await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}");
        using var early = await ground.Clerk.GetAsync($"/workbench/requests/{id}/result");
        // Five working days from Thursday 5 March 2026.
        Assert.Contains("2026-03-12", waiting.QuerySelector(".clock-card")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        await ground.OpenAsync(id);
        var counts = await DeskPages.PageAsync(ground.Liaison, $"/workbench/queue/{id}");
        Assert.Equal("2", counts.QuerySelector("[data-verdict=consistent] .number")!.TextContent);
        Assert.Equal("1", counts.QuerySelector("[data-verdict=inconsistent] .number")!.TextContent);
        using var unreleased = await ground.Clerk.GetAsync($"/workbench/requests/{id}/result");
        Assert.Equal(HttpStatusCode.NotFound, unreleased.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, await ground.ActAsync(id, "Release"));

        var done = await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}");
        var result = await ground.Clerk.GetByteArrayAsync($"/workbench/requests/{id}/result");
        var manifest = JsonDocument.Parse(await ground.Clerk.GetStringAsync($"/workbench/requests/{id}/manifest")).RootElement;
        Assert.Contains("按期办结", done.QuerySelector(".clock-card")!.TextContent, StringComparison.Ordinal);
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(result));
        var taken = (await LedgerLeaves.OfAsync(ground.Service.Data.Store, "disclosure")).Select(entry => (entry.Actor(), entry.Said("disclosed"), entry.Said("request"), entry.Said("output")));
        Assert.Equal([(Actor.OfOfficer(DeskGround.ClerkId), "result", id, digest), (Actor.OfOfficer(DeskGround.ClerkId), "report", id, digest)], taken);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(result)), manifest.GetProperty("output").GetProperty("sha256").GetString());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(DeskGround.Rows)), manifest.GetProperty("input").GetProperty("sha256").GetString());
        var leaf = await WorkbenchTests.LeafAsync(ground.Service, manifest.GetProperty("ledger").GetProperty("position").GetInt64());
        Assert.Equal(("batch", id, DeskGround.School.Office), (leaf.GetProperty("kind").GetString(), leaf.GetProperty("detail").GetProperty("request").GetString(), leaf.GetProperty("detail").GetProperty("office").GetString()));
        Assert.StartsWith("officer/", leaf.GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.Empty((await DeskPages.PageAsync(ground.Liaison, "/workbench/queue")).QuerySelectorAll("a[href^='/workbench/queue/']"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_the_agency_needs_it_for_bounds_what_is_compared(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        foreach (var (choice, verdict, differing, notes) in new[]
        {
            ("school-enrolment/compulsory-education-12", "consistent", "", "not_compared_ethnicity"),
            ("court-evidence/civil-procedure-70", "inconsistent", "ethnicity", ""),
        })
        {
            using var submitted = await ground.TrySubmitAsync("month", choice, Encoding.UTF8.GetBytes($"姓名,身份号码,民族\n{DeskPages.HereName},{DeskPages.Here},56\n"));
            var id = submitted.Headers.Location!.OriginalString.Split('/')[^1];
            await ground.OpenAsync(id);
            Assert.Equal(HttpStatusCode.SeeOther, await ground.ActAsync(id, "Release"));

            var row = Encoding.UTF8.GetString(await ground.Clerk.GetByteArrayAsync($"/workbench/requests/{id}/result")).Split('\n')[1].Split(',');

            Assert.Equal((verdict, differing, notes), (row[4], row[5], row[6].TrimEnd('\r')));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_could_not_be_read_and_what_was_left_out_are_told_each_with_its_cause(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        using var submitted = await ground.TrySubmitAsync("month", "school-enrolment/compulsory-education-12", Encoding.UTF8.GetBytes($"姓名,身份号码,民族,出生日期\n{DeskPages.HereName},{DeskPages.Here},56,不详\n"));
        var id = submitted.Headers.Location!.OriginalString.Split('/')[^1];
        await ground.OpenAsync(id);
        await ground.ActAsync(id, "Release");

        var row = Encoding.UTF8.GetString(await ground.Clerk.GetByteArrayAsync($"/workbench/requests/{id}/result")).Split('\n')[1].Split(',');

        Assert.Equal(("consistent", "not_compared_birth_date;not_compared_ethnicity"), (row[5], row[7]));
        Assert.Matches("出生日期的写法无法识别.*民族没有比对：这一用途不比对", row[8]);
        Assert.DoesNotMatch("民族的写法|出生日期没有比对", row[8]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_answer_is_given_out_only_to_who_proved_their_identity_lately(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        await ground.OpenAsync(id);
        Assert.Equal(HttpStatusCode.SeeOther, await ground.ActAsync(id, "Release"));
        await DeskGround.ForgetProofsAsync(ground.Service);

        foreach (var path in new[] { "/workbench/requests", $"/workbench/requests/{id}", $"/workbench/requests/{id}/result", $"/workbench/requests/{id}/problems", $"/workbench/requests/{id}/manifest" })
        {
            using var asked = await ground.Clerk.GetAsync(path);
            Assert.Equal((HttpStatusCode.SeeOther, "/sign-in/again?return=" + Uri.EscapeDataString(path)), (asked.StatusCode, asked.Headers.Location?.OriginalString));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_people_in_a_file_read_the_school_that_asked_and_not_the_police_that_looked(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        await ground.OpenAsync(await ground.SubmitAsync());
        using var citizen = await ground.Service.SignInCitizenAsync(DeskPages.Here, DeskPages.HereName);

        var access = (await DeskPages.PageAsync(citizen, "/hall/accesses")).QuerySelector(".access")!;

        Assert.Equal(DeskGround.School.OfficeName, access.QuerySelector("h2")!.TextContent);
        Assert.Contains(DeskGround.GroundWords, access.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Rows_of_people_from_elsewhere_are_compared_by_number_and_name_and_say_so(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        await ground.OpenAsync(id);
        await ground.ActAsync(id, "Release");

        var lines = Encoding.UTF8.GetString(await ground.Clerk.GetByteArrayAsync($"/workbench/requests/{id}/result")).Split('\n');

        // The sex of the second row is wrong in the file, and nobody was told.
        Assert.Contains("consistent", lines[2], StringComparison.Ordinal);
        Assert.Contains("not_compared_sex", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain("not_compared_sex", lines[1], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_who_release_at_once_one_does(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        using var colleague = await ground.Service.SignInAsync(Roles.Liaison, DeskGround.Bureau);
        var id = await ground.SubmitAsync();
        await ground.OpenAsync(id);
        var path = $"/workbench/queue/{id}";
        var forms = new List<(HttpClient Browser, AngleSharp.Dom.IElement Form)>();
        foreach (var browser in new[] { ground.Liaison, colleague, ground.Liaison, colleague }) forms.Add((browser, (await DeskPages.PageAsync(browser, path)).QuerySelector("form[action$='handler=Release']")!));

        var answers = await Task.WhenAll(forms.Select(one => DeskGround.PressAsync(one.Browser, path + "?handler=Release", one.Form)));

        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.SeeOther));
        Assert.Equal(3, answers.Count(status => status == HttpStatusCode.Conflict));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Disputed_rows_come_to_the_queue_with_a_clock_and_the_answer_goes_back(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        await ground.OpenAsync(id);
        await ground.ActAsync(id, "Release");
        var page = await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}");

        using var none = await DeskPages.PostAsync(ground.Clerk, $"/workbench/requests/{id}?handler=Dispute", page.QuerySelector("form[action$='handler=Dispute']")!, ("rows", "全部"), ("reason", "outdated"));
        using var disputed = await DeskPages.PostAsync(ground.Clerk, $"/workbench/requests/{id}?handler=Dispute", page.QuerySelector("form[action$='handler=Dispute']")!, ("rows", "3"), ("reason", "differs-from-document"), ("words", "证件上是李四。"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.SeeOther), (none.StatusCode, disputed.StatusCode));

        var path = (await DeskPages.PageAsync(ground.Liaison, "/workbench/queue")).QuerySelector("a[href^='/workbench/queue/objections/']")!.GetAttribute("href")!;
        var one = await DeskPages.PageAsync(ground.Liaison, path);
        Assert.Contains("2026-03-19", one.QuerySelector(".clock-card")!.TextContent, StringComparison.Ordinal);
        using var answered = await DeskPages.PostAsync(ground.Liaison, path, one.QuerySelector("form.form-rows")!, ("outcome", "confirmed"), ("words", "登记姓名无误，请核对号码。"));
        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        Assert.Contains("登记姓名无误，请核对号码。", (await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_queue_is_in_the_order_of_the_legal_end_and_names_how_urgent_each_is(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var year = await ground.SubmitAsync("year");
        var month = await ground.SubmitAsync("month");
        var now = await ground.SubmitAsync("ad-hoc");

        var fresh = await DeskPages.PageAsync(ground.Liaison, "/workbench/queue");
        Assert.Equal([now, month, year], Ids(fresh));
        Assert.Equal(["Today", "Later"], fresh.QuerySelectorAll("section[data-group]").Select(group => group.GetAttribute("data-group")));

        ground.Service.Clock.Advance(TimeSpan.FromDays(7));
        using var again = await ground.Service.SignInAsync(Roles.Liaison, DeskGround.Bureau);
        var later = await DeskPages.PageAsync(again, "/workbench/queue");
        Assert.Equal(["Overdue", "Today", "Later"], later.QuerySelectorAll("section[data-group]").Select(group => group.GetAttribute("data-group")));
        Assert.Contains("已逾期 5 个工作日", later.QuerySelector("section[data-group=Overdue]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Only_the_office_that_asked_and_the_liaisons_of_its_area_see_a_request(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        using var otherClerk = await ground.Service.SignInAsync(Roles.AgencyClerk, DeskGround.School with { Office = "220102770001" });
        using var otherLiaison = await ground.Service.SignInAsync(Roles.Liaison, DeskGround.Bureau with { Division = "220202", Office = "220202000000" });
        using var province = await ground.Service.SignInAsync(Roles.Liaison, DeskGround.Bureau with { Division = "220000", Office = "220000000000", Level = OfficeLevel.Province });
        var id = await ground.SubmitAsync();

        using var foreign = await otherClerk.GetAsync($"/workbench/requests/{id}");
        using var far = await otherLiaison.GetAsync($"/workbench/queue/{id}");
        using var window = await ground.Liaison.GetAsync($"/workbench/requests/{id}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (foreign.StatusCode, far.StatusCode, window.StatusCode));
        Assert.Empty(Ids(await DeskPages.PageAsync(province, "/workbench/queue")));
        Assert.Equal([id], Ids(await DeskPages.PageAsync(province, "/workbench/queue?reach=all")));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_liaison_works_on_what_went_to_their_own_agency_or_to_whom_they_stand_in_for(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var service = ground.Service;
        await ApplyAsync(service, [.. GivenDirectory.Rows, GivenDirectory.Row("agencies", ("code", "12220104DEMA0004XP"), ("name", "区教育局"), ("branch", "education"), ("level", "county"), ("division", "220104"))]);
        using var clerk = await service.SignInAsync(Roles.AgencyClerk, new Post("220104982000", "区一中", "12220104DEMA0004XP", "区教育局", "220104", OfficeLevel.County));
        using var education = await service.SignInAsync(Roles.Liaison, new Post("220104982000", "区一中", "12220104DEMA0004XP", "区教育局", "220104", OfficeLevel.County));
        using var county = await service.SignInAsync(Roles.Liaison, new Post(GivenDirectory.CountyOffice, "分局户政", GivenDirectory.County, "分局", "220104", OfficeLevel.County), "J3001");
        using var city = await service.SignInAsync(Roles.Liaison, new Post(GivenDirectory.CityOffice, "市局户政", GivenDirectory.City, "市局", "220100", OfficeLevel.City), "J2001");
        var id = await ground.SubmitAsync(clerk: clerk);

        foreach (var stranger in new[] { education, city })
        {
            using var denied = await stranger.GetAsync($"/workbench/queue/{id}");
            Assert.Equal(HttpStatusCode.NotFound, denied.StatusCode);
            Assert.Empty(Ids(await DeskPages.PageAsync(stranger, "/workbench/queue?reach=all")));
        }

        Assert.Equal([id], Ids(await DeskPages.PageAsync(county, "/workbench/queue")));
        await ApplyAsync(service, GivenDirectory.Leave("J3001", "2026-03-01", "2026-03-31"));
        Assert.Equal([id], Ids(await DeskPages.PageAsync(city, "/workbench/queue")));
        Assert.Equal(HttpStatusCode.SeeOther, await ground.ActAsync(id, "Open", liaison: city));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_a_killed_server_left_taken_on_and_not_begun_is_verified_after_the_next_start(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        var job = await StrandAsync(ground, id);

        await ground.Service.RestartAsync();

        var done = await DoneAsync(ground, job);
        Assert.Equal(("officer/" + DeskGround.LiaisonId, id, "officer/" + DeskGround.ClerkId), (done.Errand!.Actor, done.Errand.Request, done.Errand.AskedBy));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_liaison_who_looks_at_what_was_taken_on_and_not_begun_has_it_verified_even_where_the_other_has_left(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        var job = await StrandAsync(ground, id, "officer/J404");

        await DeskPages.PageAsync(ground.Liaison, $"/workbench/queue/{id}");

        Assert.Equal("officer/" + DeskGround.LiaisonId, (await DoneAsync(ground, job)).Errand!.Actor);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_request_without_a_ground_is_refused_and_keeps_what_was_typed(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);

        using var refused = await ground.TrySubmitAsync("quarter", "  ");
        var page = await HallClient.ParseAsync(refused);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.True(page.QuerySelector("input[value=quarter]")!.HasAttribute("checked"));
        Assert.Equal("请协助", page.QuerySelector("#note")!.GetAttribute("value"));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(ground.Service.Data.Folder, "exchange")));
        Assert.Empty((await DeskPages.PageAsync(ground.Clerk, "/workbench/requests")).QuerySelectorAll("tbody a"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Files_go_when_their_time_is_over_and_the_request_stays(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var id = await ground.SubmitAsync();
        await ground.OpenAsync(id);
        await ground.ActAsync(id, "Release");
        var files = ground.Service.App.Services.GetRequiredService<RequestFiles>();

        Assert.Equal(0, files.Store.DeleteExpired(ground.Service.Clock.Now));
        Assert.Equal(1, files.Store.DeleteExpired(ground.Service.Clock.Now + files.Options.KeepFor));

        var page = await DeskPages.PageAsync(ground.Clerk, $"/workbench/requests/{id}");
        using var gone = await ground.Clerk.GetAsync($"/workbench/requests/{id}/result");
        Assert.Contains("文件已过保存期", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public void Nothing_but_the_listed_steps_is_possible()
    {
        var possible = from state in Enum.GetValues<RequestState>()
                       from act in Enum.GetValues<RequestAct>()
                       where RequestLaw.After(state, act) is not null
                       select $"{state} {act} {RequestLaw.After(state, act)}";

        Assert.Equal(["Submitted Open Opened", "Submitted Return Returned", "Opened Release Released", "Opened Return Returned", "Released Dispute Released"], possible);
        Assert.All(Enum.GetValues<RequestState>(), state => Assert.Equal(state, RequestLaw.Read(RequestLaw.Write(state))));
    }

    // As a kill leaves it: the entry is written, the work is not begun.
    private static async Task<string> StrandAsync(DeskGround ground, string id, string by = "officer/" + DeskGround.LiaisonId)
    {
        await using var connection = await ground.Service.Data.Store.OpenAsync(default);
        Assert.Equal(1, await connection.ExecuteAsync(null, "update exchange_requests set state = 'opened', opened_by = @by, opened_at = submitted_at where id = @id and state = 'submitted'", default, ("by", by), ("id", id)));
        return (await ExchangeRequest.FindAsync(connection, id, default))!.Job;
    }

    private static async Task<Job> DoneAsync(DeskGround ground, string job)
    {
        for (var attempts = 0; attempts < 2000; attempts++)
        {
            if (ground.Service.App.Services.GetRequiredService<RequestFiles>().Store.Find(job) is { Phase: JobPhase.Done } done) return done;
            await Task.Delay(25);
        }

        throw new TimeoutException("The file was not verified.");
    }

    private static async Task ApplyAsync(TestService service, params GivenRow[] rows)
    {
        var change = service.App.Services.GetRequiredService<ChangeDirectory>();
        Assert.True((await change.ApplyAsync(rows, (await change.PreviewAsync(rows, default)).Version, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
    }

    private static IEnumerable<string> Ids(AngleSharp.Dom.IDocument queue) => queue.QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")!.Split('/')[^1]);
}
