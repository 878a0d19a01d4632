using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Liuzhuan.Directories;
using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.People;
using Microsoft.Extensions.DependencyInjection;
using static Liuzhuan.Tests.Directories.GivenDirectory;

namespace Liuzhuan.Tests.Directories.Pages;

public class DirectoryPageTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_keeper_imports_looks_edits_and_sees_the_history(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var keeper = await service.SignInAsync(Roles.SystemAdministrator, officerId: "K1");
        var empty = await OpenAsync(keeper, "/workbench/directory");
        Assert.Contains("名录还是空的", empty.Body!.TextContent, StringComparison.Ordinal);

        // Bodies and offices, with one row that cannot be taken; then without it.
        var bad = await UploadAsync(keeper, Csv(EntryKind.Agency, [.. Rows.Where(row => row.Kind == "agencies"), Agency("11220000DEMA000139", "错号", "city", "220100")]));
        Assert.Contains("“directory.csv”第 5 行", bad.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(bad.Page.QuerySelector("#apply"));
        foreach (var kind in EntryKind.All.Where(kind => Rows.Any(row => row.Kind == kind.Id)))
        {
            var (path, preview) = await UploadAsync(keeper, Csv(kind, [.. Rows.Where(row => row.Kind == kind.Id)]));
            using var applied = await PostAsync(keeper, path, preview, ("version", preview.QuerySelector("[name=version]")!.GetAttribute("value")!), ("reason", "测试〔2026〕1号"));
            Assert.Equal(HttpStatusCode.SeeOther, applied.StatusCode);
            Assert.Contains("已生效", (await OpenAsync(keeper, applied.Headers.Location!.ToString())).Body!.TextContent, StringComparison.Ordinal);
            // What was applied is gone: a second press does nothing.
            Assert.Equal(HttpStatusCode.NotFound, (await keeper.GetAsync(path)).StatusCode);
        }

        var list = await OpenAsync(keeper, "/workbench/directory?kind=offices&division=220100&level=station");
        Assert.Equal([Station], list.QuerySelectorAll("tbody code").Select(code => code.TextContent));
        var office = await OpenAsync(keeper, "/workbench/directory/offices/" + Station);
        Assert.Contains("分局户政的联络员负责", office.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("戊", office.Body.TextContent, StringComparison.Ordinal);

        var edit = await OpenAsync(keeper, "/workbench/directory/edit?kind=officers&key=J4001");
        using var saved = await PostAsync(keeper, "/workbench/directory/edit", edit, Fields(edit, ("title", "社区民警"), ("why", "岗位调整")));
        Assert.Equal("/workbench/directory/officers/J4001", saved.Headers.Location?.ToString());
        Assert.Contains("职务：（空） → 社区民警", (await OpenAsync(keeper, "/workbench/directory/officers/J4001")).Body!.TextContent, StringComparison.Ordinal);
        // The form holds for the version it was opened on.
        using var late = await PostAsync(keeper, "/workbench/directory/edit", edit, Fields(edit, ("title", "内勤"), ("why", "岗位调整")));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("社区民警", (await service.App.Services.GetRequiredService<DirectoryShelf>().LoadAsync(default)).Officers["J4001"].Title);

        service.Clock.Advance(TimeSpan.FromDays(2));
        using var again = await service.BrowserOfAsync(Actor.OfOfficer("K1"), "passkey");
        var before = await OpenAsync(again, "/workbench/directory/officers/J4001?on=2026-03-01");
        Assert.Contains("当时还没有登记", before.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_may_only_see_gets_no_buttons_and_no_export_and_a_stranger_is_led_to_sign_in(string database)
    {
        await using var service = await TestService.StartAsync(database);
        await FillAsync(service);
        using var officer = await service.SignInAsync(Roles.WindowOfficer);
        var page = await OpenAsync(officer, "/workbench/directory?kind=officers");
        Assert.Equal(5, page.QuerySelectorAll("tbody tr").Length);
        Assert.DoesNotContain("导入", page.QuerySelector("main")!.TextContent.Replace("改好后导入", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var path in new[] { "/workbench/directory/import", "/workbench/directory/edit?kind=officers", "/workbench/directory/export" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(path)).StatusCode);
        }

        using var stranger = TestApp.Browser(service.Address, null);
        using var led = await stranger.GetAsync("/workbench/directory");
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (led.StatusCode, led.Headers.Location!.ToString().Split('?')[0]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_upload_is_seen_by_its_own_keeper_only(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var keeper = await service.SignInAsync(Roles.SystemAdministrator, officerId: "K1");
        using var other = await service.SignInAsync(Roles.SystemAdministrator, officerId: "K2");
        var (path, _) = await UploadAsync(keeper, Csv(EntryKind.Agency, [.. Rows.Where(row => row.Kind == "agencies")]));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).StatusCode);
        service.Clock.Advance(Uploads.KeptFor + TimeSpan.FromSeconds(1));
        using var later = await service.BrowserOfAsync(Actor.OfOfficer("K1"), "passkey");
        Assert.Equal(HttpStatusCode.NotFound, (await later.GetAsync(path)).StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_address_has_its_answer(string database)
    {
        await using var service = await TestService.StartAsync(database);
        await FillAsync(service);
        using var keeper = await service.SignInAsync(Roles.SystemAdministrator);
        foreach (var (path, status) in new[]
        {
            ("/workbench/directory/offices/000000000000", 404), ("/workbench/directory/people/J1001", 404), ("/workbench/directory/offices/", 404),
            ("/workbench/directory/edit?kind=officers&key=J9999", 404), ("/workbench/directory/edit?kind=people", 404), ("/workbench/directory/export?kind=people", 404),
            ("/workbench/directory?kind=people&page=-3&division=abc&level=none&ended=yes", 200), ("/workbench/directory/liaisons/220100990000/2", 200),
            ("/workbench/directory/officers/J1001?on=never", 200), ("/workbench/directory/divisions?q=公主岭&on=2010-01-01", 200), ("/workbench/directory/divisions?q=2201", 200),
            ("/workbench/directory/export", 200), ("/workbench/directory/export?kind=leave", 200),
        })
        {
            using var answer = await keeper.GetAsync(path);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task No_name_of_a_person_is_found_by_a_word_in_an_address(string database)
    {
        await using var service = await TestService.StartAsync(database);
        await FillAsync(service);
        using var keeper = await service.SignInAsync(Roles.SystemAdministrator);
        Assert.Empty((await OpenAsync(keeper, "/workbench/directory?kind=officers&q=戊")).QuerySelectorAll("tbody tr"));
        Assert.Single((await OpenAsync(keeper, "/workbench/directory?kind=officers&q=J4001")).QuerySelectorAll("tbody tr"));
        Assert.Single((await OpenAsync(keeper, "/workbench/directory?kind=officers&q=派出所")).QuerySelectorAll("tbody tr"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_form_without_its_token_and_a_file_that_is_none_change_nothing(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var keeper = await service.SignInAsync(Roles.SystemAdministrator);
        using var forged = await keeper.PostAsync("/workbench/directory/edit", new FormUrlEncodedContent([new("kind", "agencies"), new("code", Province), new("why", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        var (_, page) = await UploadAsync(keeper, "%PDF-1.7 not a sheet", HttpStatusCode.UnsupportedMediaType);
        Assert.NotNull(page.QuerySelector(".problem"));
        Assert.Equal(0, (await service.App.Services.GetRequiredService<DirectoryShelf>().LoadAsync(default)).Version);
    }

    private static async Task FillAsync(TestService service)
    {
        Assert.True((await service.App.Services.GetRequiredService<ChangeDirectory>().ApplyAsync(Rows, 0, "operator/test", "测试", default)).Ok(out _, out var refusal), refusal?.English);
    }

    private static string Csv(EntryKind kind, GivenRow[] rows) => string.Join('\n', rows.Select(row => string.Join(',', kind.Columns.Select(column => row.Cells.GetValueOrDefault(column.Id, "")))).Prepend(string.Join(',', kind.Columns.Select(column => column.Name.Zh))));

    private static async Task<IDocument> OpenAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ReadAsync(answer);
    }

    private static async Task<IDocument> ReadAsync(HttpResponseMessage answer) => await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    private static async Task<(string Path, IDocument Page)> UploadAsync(HttpClient browser, string content, HttpStatusCode status = HttpStatusCode.SeeOther)
    {
        var form = await OpenAsync(browser, "/workbench/directory/import");
        using var body = new MultipartFormDataContent { { new StringContent(Token(form)), "__RequestVerificationToken" } };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        body.Add(file, "file", "directory.csv");
        using var answer = await browser.PostAsync("/workbench/directory/import", body);
        Assert.Equal(status, answer.StatusCode);
        return answer.Headers.Location is { } place ? (place.ToString(), await OpenAsync(browser, place.ToString())) : ("", await ReadAsync(answer));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, IDocument form, params IEnumerable<(string Name, string Value)> fields) =>
        browser.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("__RequestVerificationToken", Token(form)))));

    private static IEnumerable<(string, string)> Fields(IDocument form, params (string Name, string Value)[] typed) =>
        form.QuerySelectorAll(".entry-form [name]").Select(field => (Name: field.GetAttribute("name")!, Value: field.GetAttribute("value") ?? ""))
            .Where(field => field.Name != "__RequestVerificationToken" && typed.All(one => one.Name != field.Name)).Concat(typed);

    private static string Token(IDocument form) => form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
}
