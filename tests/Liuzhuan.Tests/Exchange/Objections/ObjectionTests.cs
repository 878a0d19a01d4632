using System.Net;
using AngleSharp.Dom;
using Liuzhuan.Directories;
using Liuzhuan.Exchange.Objections;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Pages;
using Liuzhuan.Platform.People;
using Liuzhuan.Tests.Directories;
using Liuzhuan.Tests.Exchange.Desk;
using Liuzhuan.Tests.Exchange.Hall;
using Liuzhuan.Tests.Exchange.Workbench;
using Liuzhuan.Tests.Platform.People;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Objections;

public class ObjectionTests
{
    private const string Here = DeskPages.Here, HereName = DeskPages.HereName, There = DeskPages.There, ThereName = DeskPages.ThereName;

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_citizen_objects_to_one_access_and_reads_the_answer_of_the_body_that_asked(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var liaison = await service.SignInAsync(Roles.Liaison);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(window, Here, HereName);

        using var taken = await ObjectAsync(citizen, "other", "那天我不在本地。");
        var address = taken.Headers.Location!.OriginalString;
        var mine = await DeskPages.PageAsync(citizen, address);
        Assert.Contains("等待答复", mine.Body!.TextContent, StringComparison.Ordinal);
        // Ten working days from Thursday 5 March 2026.
        Assert.Contains("2026-03-19", mine.QuerySelector(".clock-card")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("那天我不在本地。", mine.Body!.TextContent, StringComparison.Ordinal);

        var queue = await DeskPages.PageAsync(liaison, "/workbench/queue");
        var path = queue.QuerySelector("a[href^='/workbench/queue/objections/']")!.GetAttribute("href")!;
        var one = await DeskPages.PageAsync(liaison, path);
        Assert.Contains("那天我不在本地。", one.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Here, one.Body!.TextContent, StringComparison.Ordinal);
        using var sent = await DeskPages.PostAsync(liaison, path, one.QuerySelector("form.form-rows")!, ("outcome", "justified"), ("words", "当天为您补办居民身份证，有受理单。"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);

        var answered = await DeskPages.PageAsync(citizen, address);
        Assert.Contains("查询有依据", answered.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("当天为您补办居民身份证，有受理单。", answered.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("按期办结", answered.QuerySelector(".clock-card")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await DeskPages.PageAsync(liaison, "/workbench/queue")).QuerySelectorAll("a[href^='/workbench/queue/objections/']"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_agency_of_a_machine_is_told_by_its_name_and_by_its_code_where_the_directory_has_none(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        Assert.Equal(200, (await service.AskAsync(TestService.Question(Here, HereName))).Status);
        Assert.Equal(TestStaff.Station.Agency, await AskedByAsync(citizen));

        var change = service.App.Services.GetRequiredService<ChangeDirectory>();
        Assert.True((await change.ApplyAsync(
            [GivenDirectory.Row("agencies", ("code", TestStaff.Station.Agency), ("name", "演示市公安局"), ("name_en", "Demo City Police"), ("branch", "public-security"), ("level", "city"), ("division", "220100"))],
            0, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);

        Assert.Equal("演示市公安局", await AskedByAsync(citizen));
        Assert.Equal("Demo City Police", await AskedByAsync(citizen, "&lang=en"));
        using var taken = await ObjectAsync(citizen, "not-known", "");
        var address = taken.Headers.Location!.OriginalString;
        foreach (var page in new[] { address, "/hall/objections" }) Assert.Contains("演示市公安局", (await DeskPages.PageAsync(citizen, page + "?lang=zh")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(TestStaff.Station.Agency, (await DeskPages.PageAsync(citizen, address)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_purpose_of_a_machine_is_told_in_words_and_a_code_only_beside_them()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        foreach (var purpose in new[] { DemoMode.Purpose, "pension-check" })
        {
            Assert.True((await service.Access.AllowAsync(TestService.School, "identity", purpose, "测试规定", ["name"], 0, null, default)).Ok(out _, out _));
            service.Clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal(200, (await service.AskAsync(TestService.Question(Here, HereName, purpose: purpose))).Status);
        }

        var list = await DeskPages.PageAsync(citizen, "/hall/accesses");

        Assert.Equal(["代码为 pension-check 的用途", "演示查询（不涉及真实的人）"], list.QuerySelectorAll(".access dl div:nth-child(2) dd").Select(one => one.TextContent));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Row_clock_and_entry_are_one_commit_and_what_was_written_is_not_readable_in_the_database(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(window, Here, HereName);
        var before = (await service.Ledger.Log.HeadAsync(default)).Size;

        using var taken = await ObjectAsync(citizen, "not-known", "请说明原因");

        var id = taken.Headers.Location!.OriginalString.Split('/')[^1];
        // The looks at the list come first; the entry of the clock holds the objection.
        var size = (await service.Ledger.Log.HeadAsync(default)).Size;
        var matters = new List<string>();
        for (var position = before; position < size; position++)
        {
            var leaf = await WorkbenchTests.LeafAsync(service, position);
            if (leaf.GetProperty("kind").GetString() == "clock" && leaf.GetProperty("detail").TryGetProperty("matter", out var matter)) matters.Add(matter.GetProperty("objection").GetString()!);
        }

        Assert.Equal([id], matters);
        await using var connection = await service.Data.Store.OpenAsync(default);
        var row = (await Objection.FindAsync(connection, id, default))!;
        Assert.Equal((TestStaff.Station.Office, TestStaff.Station.Agency), (row.Office, row.Agency));
        Assert.DoesNotContain("原因", row.Words, StringComparison.Ordinal);
        Assert.Equal("请说明原因", service.App.Services.GetRequiredService<ObjectionWords>().Open(row.Words));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_entries_are_bound_to_what_was_written_and_answered_and_stay_when_the_words_go(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var liaison = await service.SignInAsync(Roles.Liaison);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(window, Here, HereName);
        using var taken = await ObjectAsync(citizen, "not-known", "为什么");
        var path = "/workbench/queue/objections/" + taken.Headers.Location!.OriginalString.Split('/')[^1];
        using var sent = await DeskPages.PostAsync(liaison, path, (await DeskPages.PageAsync(liaison, path)).QuerySelector("form.form-rows")!, ("outcome", "justified"), ("words", "有受理单。"));
        await using var connection = await service.Data.Store.OpenAsync(default);
        async Task<string> SaltAsync(string column) => (string)(await connection.ScalarAsync(null, $"select {column} from objections", default))!;
        async Task<IEnumerable<string?>> BoundAsync() => (await LedgerLeaves.OfAsync(service.Data.Store, "clock")).Select(entry => entry.GetProperty("detail").GetProperty("matter").GetProperty("words").GetString()).ToList();

        var bound = await BoundAsync();

        Assert.Equal([WordDigest.Over(await SaltAsync("words_salt"), "为什么"), WordDigest.Over(await SaltAsync("answer_salt"), "有受理单。")], bound);
        Assert.Equal(1, await service.App.Services.GetRequiredService<ObjectionDesk>().ForgetAsync(service.Clock.Now + ObjectionDesk.KeepWords, default));
        Assert.Equal("", await SaltAsync("words || words_salt || answer || answer_salt"));
        Assert.Equal(bound, await BoundAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task To_look_at_one_access_and_to_take_its_proof_is_logged_as_the_list_is(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(window, Here, HereName);
        var access = (await DeskPages.PageAsync(citizen, "/hall/accesses")).QuerySelector(".access a")!.GetAttribute("href")!;

        var page = await DeskPages.PageAsync(citizen, access);
        Assert.NotEmpty(await citizen.GetStringAsync(access + "/receipt"));
        using var refused = await DeskPages.PostAsync(citizen, access, page.QuerySelector("main form")!, ("reason", ""));
        using var missing = await citizen.GetAsync("/hall/accesses/0");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), (refused.StatusCode, missing.StatusCode));
        var entries = await LedgerLeaves.OfAsync(service.Data.Store, "disclosure");
        Assert.Equal(["accesses", "access", "receipt", "access"], entries.Select(entry => entry.Said("disclosed")));
        Assert.All(entries, entry => Assert.StartsWith("citizen/", entry.Actor(), StringComparison.Ordinal));
        Assert.Equal(5, (await DeskPages.PageAsync(citizen, "/hall/accesses")).QuerySelectorAll(".own-look").Length);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_person_reads_whether_a_proxy_or_somebody_at_a_window_looked_and_the_entry_says_for_whom_and_with_whose_help(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var helped = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        using var mandated = await service.SignInAsync(Roles.WindowOfficer, officerId: "J2");
        (await AssistAsync(helped)).Dispose();
        await DeskPages.PageAsync(helped, "/hall/accesses");
        (await AssistAsync(mandated, ("proxyNumber", There), ("proxyName", ThereName))).Dispose();
        await DeskPages.PageAsync(mandated, "/hall/accesses");
        using var citizen = await service.SignInCitizenAsync(Here, HereName);

        var list = await DeskPages.PageAsync(citizen, "/hall/accesses");
        var english = await DeskPages.PageAsync(citizen, "/hall/accesses?lang=en");

        // The newest first; the officers' checks that the person is who they say stand there as well.
        Assert.Equal(["您本人查看了这份记录", "您在窗口由工作人员协助查看了这份记录"], list.QuerySelectorAll(".own-look").Select(look => look.TextContent.Split(" · ")[1]));
        Assert.Contains(list.QuerySelectorAll(".access h2"), title => title.TextContent == "代办人（窗口协助）");
        Assert.Contains(english.QuerySelectorAll(".access h2"), title => title.TextContent == "A proxy, at a window");
        var look = list.QuerySelectorAll(".access").Single(access => access.QuerySelector("h2")!.TextContent == "代办人（窗口协助）");
        var one = await DeskPages.PageAsync(citizen, look.QuerySelector("a")!.GetAttribute("href")! + "?lang=zh");
        Assert.Equal("代办人（窗口协助）", one.QuerySelector("h1")!.TextContent);
        Assert.NotNull(one.QuerySelector("main form"));

        var entries = await LedgerLeaves.OfAsync(service.Data.Store, "disclosure");
        Assert.Equal(("officer/J1", null), (entries[0].Said("assistedBy"), entries[0].Said("actsFor")));
        Assert.Equal(("officer/J2", entries[0].Actor()), (entries[1].Said("assistedBy"), entries[1].Said("actsFor")));
        Assert.NotEqual(entries[0].Actor(), entries[1].Actor());
    }

    [Fact]
    public async Task Nobody_reads_the_access_the_objection_or_the_proof_of_another()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        using var other = await service.SignInCitizenAsync(There, ThereName);
        await DeskPages.AskAsync(window, Here, HereName);
        var access = (await DeskPages.PageAsync(citizen, "/hall/accesses")).QuerySelector(".access a")!.GetAttribute("href")!;
        using var taken = await ObjectAsync(citizen, "not-known", "");

        Assert.True(CheckReceipt.Check(await citizen.GetStringAsync(access + "/receipt"), [service.Ledger.Key]).Ok(out _, out _));
        foreach (var path in new[] { access, access + "/receipt", taken.Headers.Location!.OriginalString })
        {
            using var denied = await other.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, denied.StatusCode);
        }

        Assert.Empty((await DeskPages.PageAsync(other, "/hall/accesses")).QuerySelectorAll(".access"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_access_is_objected_to_once_and_not_more_than_five_wait_at_a_time_however_many_are_sent_together(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        for (var i = 0; i < RaiseObjection.MostOpen + 3; i++) await DeskPages.AskAsync(window, Here, HereName);
        var links = (await DeskPages.PageAsync(citizen, "/hall/accesses")).QuerySelectorAll(".access a").Select(link => link.GetAttribute("href")!).ToList();
        var forms = new List<IElement>();
        // Of the first access two copies of the page are open: to send the same copy twice would be no second objection.
        foreach (var link in links.Append(links[0])) forms.Add((await DeskPages.PageAsync(citizen, link)).QuerySelector("main form")!);

        var answers = await Task.WhenAll(forms.Select((form, i) => PostToAsync(citizen, i < links.Count ? links[i] : links[0], form)));

        Assert.Equal(RaiseObjection.MostOpen, answers.Count(status => status == HttpStatusCode.SeeOther));
        Assert.Equal(forms.Count - RaiseObjection.MostOpen, answers.Count(status => status is HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict or HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Who_did_it_does_not_decide_it_and_neither_does_another_agency()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(Roles.WindowOfficer, otherRoles: Roles.Liaison);
        using var stranger = await service.SignInAsync(Roles.Liaison, new Post("220102110000", "演示市民政局", "11220000DEMX00022G", "演示市民政局", "220102", OfficeLevel.County));
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(officer, Here, HereName);
        using var taken = await ObjectAsync(citizen, "too-often", "");
        var path = "/workbench/queue/objections/" + taken.Headers.Location!.OriginalString.Split('/')[^1];

        var own = await DeskPages.PageAsync(officer, path);
        using var elsewhere = await stranger.GetAsync(path);

        Assert.Null(own.QuerySelector("form.form-rows"));
        Assert.Contains("不能由您处理", own.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.Empty((await DeskPages.PageAsync(stranger, "/workbench/queue")).QuerySelectorAll("a[href^='/workbench/queue/objections/']"));
    }

    [Fact]
    public async Task A_supervisor_of_the_city_finds_and_answers_an_objection_to_an_officer_of_a_county()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var supervisor = await service.SignInAsync(Roles.Supervisor, TestStaff.Station with { Office = "220100000000", Division = "220100", Level = OfficeLevel.City });
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(window, Here, HereName);
        using var taken = await ObjectAsync(citizen, "wrong-purpose", "");

        var path = (await DeskPages.PageAsync(supervisor, "/workbench/objections")).QuerySelector("tbody a")!.GetAttribute("href")!;
        using var sent = await DeskPages.PostAsync(supervisor, path, (await DeskPages.PageAsync(supervisor, path)).QuerySelector("form.form-rows")!, ("outcome", "at-fault"), ("words", "经核查，用途填写有误，已批评教育。"));

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Empty((await DeskPages.PageAsync(supervisor, "/workbench/objections")).QuerySelectorAll("tbody a"));
    }

    [Fact]
    public async Task An_answer_is_given_once_and_words_go_when_their_time_is_over()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var liaison = await service.SignInAsync(Roles.Liaison);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(window, Here, HereName);
        using var taken = await ObjectAsync(citizen, "not-known", "为什么");
        var id = taken.Headers.Location!.OriginalString.Split('/')[^1];
        var path = "/workbench/queue/objections/" + id;
        var form = (await DeskPages.PageAsync(liaison, path)).QuerySelector("form.form-rows")!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            using var answer = await DeskPages.PostAsync(liaison, path, form, ("outcome", "at-fault"), ("words", $"答复 {i}"));
            return answer.StatusCode;
        }));
        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.SeeOther));

        var desk = service.App.Services.GetRequiredService<ObjectionDesk>();
        Assert.Equal(0, await desk.ForgetAsync(service.Clock.Now, default));
        Assert.Equal(1, await desk.ForgetAsync(service.Clock.Now + ObjectionDesk.KeepWords, default));
        Assert.Contains("保存期已过", (await DeskPages.PageAsync(citizen, "/hall/objections/" + id)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_is_needed_and_another_reason_needs_words()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var citizen = await service.SignInCitizenAsync(Here, HereName);
        await DeskPages.AskAsync(window, Here, HereName);

        using var none = await ObjectAsync(citizen, "", "");
        using var empty = await ObjectAsync(citizen, "other", "  ");
        using var tooLong = await ObjectAsync(citizen, "other", new string('长', ObjectionWords.Longest + 1));

        Assert.All([none, empty, tooLong], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Contains("请选择一个原因", (await HallClient.ParseAsync(none)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    internal static async Task<HttpResponseMessage> ObjectAsync(HttpClient citizen, string reason, string words)
    {
        var list = await DeskPages.PageAsync(citizen, "/hall/accesses");
        var access = list.QuerySelector(".access a")!.GetAttribute("href")!;
        var page = await DeskPages.PageAsync(citizen, access);
        return await DeskPages.PostAsync(citizen, access, page.QuerySelector("main form")!, ("reason", reason), ("words", words));
    }

    private static async Task<HttpResponseMessage> AssistAsync(HttpClient officer, params (string Name, string Value)[] more)
    {
        var answer = await StaffSignInTests.PostAsync(officer, "/workbench/assist", [("number", Here), ("name", HereName), ("ground", "本人持证到场"), .. more]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer;
    }

    private static async Task<string> AskedByAsync(HttpClient citizen, string more = "") => (await DeskPages.PageAsync(citizen, "/hall/accesses?x=1" + more)).QuerySelector(".access h2")!.TextContent;

    private static async Task<HttpStatusCode> PostToAsync(HttpClient citizen, string path, IElement form)
    {
        using var answer = await DeskPages.PostAsync(citizen, path, form, ("reason", "not-known"));
        return answer.StatusCode;
    }
}
