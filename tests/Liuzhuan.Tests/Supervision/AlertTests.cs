using System.Net;
using AngleSharp.Html.Parser;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Supervision.Alerts;
using Liuzhuan.Supervision.Contract;
using Liuzhuan.Supervision.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Supervision;

public class AlertTests
{
    // Made-up numbers of the sample register's form.
    private static readonly PersonKey Anna = PersonKey.Of(CitizenNumber.Pack("210102197702083533")), Ben = PersonKey.Of(CitizenNumber.Pack("220881195501284917"));

    private static readonly Post Elsewhere = new("220202010000", "演示江城派出所", "11220000DEMX00014C", "演示市公安局", "220202", OfficeLevel.Station);

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task The_same_person_again_and_again_alerts_a_supervisor_once_and_the_officer_may_explain(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "W1");
        using var supervisor = await service.SignInAsync(Roles.Supervisor, officerId: "S1");
        using var stranger = await service.SignInAsync(Roles.Supervisor, Elsewhere, "S2");
        for (var i = 0; i < 4; i++) await LookAsync(service, "W1", Anna);
        await LookAsync(service, "W1", Ben);

        var raised = await Findings(service).RunOnceAsync(default);
        var again = await Findings(service).RunOnceAsync(default);

        Assert.Equal((1, false), raised);
        await using (var connection = await service.Data.Store.OpenAsync(default))
            Assert.Equal(["officer/W1 alert-officer", "role/supervisor@220102010000 alert-supervisor"], (await connection.ListAsync(null, "select recipient, template from notices order by recipient", row => $"{row.GetString(0)} {row.GetString(1)}", default)));
        Assert.Equal((0, false), again);
        var list = await PageAsync(supervisor, "/supervision/alerts");
        var link = Assert.Single(list.QuerySelectorAll("tbody a"));
        Assert.Contains("一天内反复查询同一人", link.TextContent, StringComparison.Ordinal);
        Assert.Empty((await PageAsync(stranger, "/supervision/alerts")).QuerySelectorAll("tbody a"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link.GetAttribute("href"))).StatusCode);

        var mine = Assert.Single((await PageAsync(officer, "/workbench/alerts")).QuerySelectorAll("tbody a")).GetAttribute("href")!;
        Assert.Equal(3, (await PageAsync(officer, mine)).QuerySelectorAll("tbody tr").Length);
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(officer, mine, "Explain", ("words", "本人在场办理迁移，三次核对。")));
        var asked = await PageAsync(supervisor, link.GetAttribute("href")!);
        Assert.Contains("三次核对", asked.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(supervisor, mine, "Decide", ("outcome", "guilty"), ("note", "x")));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(supervisor, mine, "Decide", ("outcome", "justified"), ("note", "业务属实。")));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(supervisor, mine, "Decide", ("outcome", "unjustified"), ("note", "再来一次。"), from: "/me"));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(officer, mine, "Explain", ("words", "太晚。"), from: "/me"));
        Assert.Contains("业务属实", (await PageAsync(officer, mine)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_said_to_an_alert_is_sealed_bound_to_its_entries_and_erased_in_its_time(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "W1");
        using var supervisor = await service.SignInAsync(Roles.Supervisor, officerId: "S1");
        for (var i = 0; i < 3; i++) await LookAsync(service, "W1", Anna);
        await Findings(service).RunOnceAsync(default);
        var mine = Assert.Single((await PageAsync(officer, "/workbench/alerts")).QuerySelectorAll("tbody a")).GetAttribute("href")!;
        await using var connection = await service.Data.Store.OpenAsync(default);
        async Task<string> KeptAsync(string column) => (string)(await connection.ScalarAsync(null, $"select {column} from alerts", default))!;

        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(officer, mine, "Explain", ("words", "本人在场。")));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(supervisor, mine, "Decide", ("outcome", "justified"), ("note", "属实。")));
        var entries = (await LedgerLeaves.OfAsync(service.Data.Store, "decision")).Select(entry => (entry.Said("act"), entry.Said("words"))).ToList();

        Assert.Equal([("explain-alert", WordDigest.Over(await KeptAsync("explanation_salt"), "本人在场。")), ("decide-alert", WordDigest.Over(await KeptAsync("note_salt"), "属实。"))], entries);
        Assert.NotEqual(await KeptAsync("explanation_salt"), await KeptAsync("note_salt"));
        Assert.DoesNotContain("在场", await KeptAsync("explanation"), StringComparison.Ordinal);
        Assert.DoesNotContain("属实", await KeptAsync("note"), StringComparison.Ordinal);
        Assert.Equal(["本人在场。", "属实。"], (await PageAsync(officer, mine)).QuerySelectorAll(".said").Select(said => said.TextContent));

        var desk = service.App.Services.GetRequiredService<AlertDesk>();
        Assert.Equal(0, await desk.ForgetAsync(service.Clock.Now, default));
        Assert.Equal((1, 0), (await desk.ForgetAsync(service.Clock.Now + AlertDesk.KeepWords, default), await desk.ForgetAsync(service.Clock.Now + AlertDesk.KeepWords, default)));
        Assert.Equal("", await KeptAsync("explanation || explanation_salt || note || note_salt"));
        Assert.Equal(2, (await PageAsync(officer, mine)).QuerySelectorAll(".empty").Count(words => words.TextContent == "保存期已过，内容已删除。"));
        Assert.Equal(entries, (await LedgerLeaves.OfAsync(service.Data.Store, "decision")).Select(entry => (entry.Said("act"), entry.Said("words"))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_said_before_words_were_sealed_is_read_as_it_was_typed(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "W1");
        for (var i = 0; i < 3; i++) await LookAsync(service, "W1", Anna);
        await Findings(service).RunOnceAsync(default);
        await using (var connection = await service.Data.Store.OpenAsync(default))
            await connection.ExecuteAsync(null, "update alerts set state = 'closed', explanation = '旧的说明', explained_at = raised_at, outcome = 'justified', note = '旧的理由', decided_at = raised_at, decided_by = 'officer/S1'", default);

        var mine = Assert.Single((await PageAsync(officer, "/workbench/alerts")).QuerySelectorAll("tbody a")).GetAttribute("href")!;

        Assert.Equal(["旧的说明", "旧的理由"], (await PageAsync(officer, mine)).QuerySelectorAll(".said").Select(said => said.TextContent));
        Assert.Equal(1, await service.App.Services.GetRequiredService<AlertDesk>().ForgetAsync(service.Clock.Now + AlertDesk.KeepWords, default));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_explained_and_never_decided_is_erased_in_its_time_too(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "W1");
        for (var i = 0; i < 3; i++) await LookAsync(service, "W1", Anna);
        await Findings(service).RunOnceAsync(default);
        var mine = Assert.Single((await PageAsync(officer, "/workbench/alerts")).QuerySelectorAll("tbody a")).GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(officer, mine, "Explain", ("words", "本人在场。")));

        var desk = service.App.Services.GetRequiredService<AlertDesk>();

        Assert.Equal((0, 1), (await desk.ForgetAsync(service.Clock.Now, default), await desk.ForgetAsync(service.Clock.Now + AlertDesk.KeepWords, default)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Nobody_decides_about_themselves(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var both = await service.SignInAsync(Roles.Supervisor, officerId: "B1", otherRoles: Roles.WindowOfficer);
        for (var i = 0; i < 3; i++) await LookAsync(service, "B1", Anna);
        await Findings(service).RunOnceAsync(default);

        var mine = Assert.Single((await PageAsync(both, "/workbench/alerts")).QuerySelectorAll("tbody a")).GetAttribute("href")!;

        Assert.Empty((await PageAsync(both, mine)).QuerySelectorAll("input[name=outcome]"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(both, mine, "Decide", ("outcome", "justified"), ("note", "我自己说了算。")));
        Assert.Contains("目前没有人", (await PageAsync(both, mine)).QuerySelector(".deciders")!.TextContent, StringComparison.Ordinal);

        using var stranger = await service.SignInAsync(Roles.Supervisor, Elsewhere, "S2");
        Assert.Contains("目前没有人", (await PageAsync(both, mine)).QuerySelector(".deciders")!.TextContent, StringComparison.Ordinal);
        using var other = await service.SignInAsync(Roles.Supervisor, officerId: "S1");
        Assert.Contains("演示警员S1（演示市新春派出所）", (await PageAsync(both, mine)).QuerySelector(".deciders")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await PageAsync(other, mine)).QuerySelector(".deciders"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task People_of_lists_are_noticed_in_files_too_and_only_for_whom_they_are_listed(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var keep = service.App.Services.GetRequiredService<KeepWatchLists>();
        Assert.True((await keep.AddAsync("operator/test", WatchLists.Neighbours, "officer/N1", [Ben], "测试", default)).Ok(out var added, out _));
        Assert.Equal(1, added);
        Assert.False((await keep.AddAsync("operator/test", WatchLists.Neighbours, "officer/N1", [Ben], "测试", default)).Ok(out _, out var same));
        Assert.Equal("watch.unchanged", same!.Code);
        Assert.False((await keep.AddAsync("operator/test", WatchLists.Neighbours, "", [Ben], "测试", default)).Ok(out _, out _));

        foreach (var officer in new[] { "N1", "N2" })
        {
            var recorder = service.App.Services.GetRequiredService<WatchRecorder>();
            var look = await recorder.ForFileAsync(new WatchedOfficer($"officer/{officer}", "220102010000", "220102"), "household-registration", new[] { Anna.Packed, Ben.Packed, Ben.Packed }, 3, 0, default);
            Assert.NotNull(await service.Ledger.AppendAsync(new NewEntry("batch", $"officer/{officer}", "{}"u8.ToArray()) { Companions = [look] }, default));
        }

        Assert.Equal((1, false), await Findings(service).RunOnceAsync(default));
        using var listed = await service.SignInAsync(Roles.WindowOfficer, officerId: "N1");
        using var other = await service.SignInAsync(Roles.WindowOfficer, officerId: "N2");
        Assert.Single((await PageAsync(listed, "/workbench/alerts")).QuerySelectorAll("tbody a"));
        Assert.Empty((await PageAsync(other, "/workbench/alerts")).QuerySelectorAll("tbody a"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Several_hosts_raise_an_alert_once(string database)
    {
        await using var service = await TestService.StartAsync(database);
        for (var i = 0; i < 3; i++) await LookAsync(service, "W1", Anna);

        var raised = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Findings(service).RunOnceAsync(default))));

        Assert.Equal(1, raised.Sum(one => one.Raised));
    }

    private static RaiseFindings Findings(TestService service) => service.App.Services.GetRequiredService<RaiseFindings>();

    private static async Task LookAsync(TestService service, string officer, PersonKey person)
    {
        var look = await service.App.Services.GetRequiredService<WatchRecorder>().ForPersonAsync(new WatchedOfficer($"officer/{officer}", "220102010000", "220102"), "household-registration", person, isFound: true, default);
        Assert.NotNull(await service.Ledger.AppendAsync(new NewEntry("question", $"officer/{officer}", "{}"u8.ToArray()) { Companions = [look] }, default));
        service.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, string path, string handler, params (string Name, string Value)[] values) => await PostAsync(browser, path, handler, values[0], values.Length > 1 ? values[1] : null, path);

    private static Task<HttpStatusCode> PostAsync(HttpClient browser, string path, string handler, (string, string) first, string from) => PostAsync(browser, path, handler, first, null, from);

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, string path, string handler, (string Name, string Value) first, (string Name, string Value)? second, string from)
    {
        // The token of any page of this session is good for all of its forms.
        var token = (await PageAsync(browser, from)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        List<KeyValuePair<string, string>> fields = [new("__RequestVerificationToken", token), new(SentForm.Field, SentForm.NewId()), new(first.Name, first.Value)];
        if (second is { } more) fields.Add(new(more.Name, more.Value));
        using var response = await browser.PostAsync($"{path}?handler={handler}", new FormUrlEncodedContent(fields));
        return response.StatusCode;
    }
}
