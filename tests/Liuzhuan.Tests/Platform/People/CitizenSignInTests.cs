using System.Net;
using System.Text.RegularExpressions;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Supervision.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People;

public partial class CitizenSignInTests
{
    // Made-up people of the sample register, and a telephone with an area code that none has.
    private const string Number = "210102197702083533", Name = "高静伟", Phone = "10000000001", OtherPhone = "10000000002", OtherNumber = "220881195501284917", OtherName = "迪丽热巴·迪力木拉提";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_citizen_signs_in_with_name_number_and_the_code_on_their_telephone(string database)
    {
        await using var service = await TestService.StartAsync(database);
        await RegisterAsync(service, Number, Name, Phone);
        using var browser = TestApp.Browser(service.Address, null);

        using var asked = await AskAsync(browser, Number, Name);
        var code = await SentAsync(service);
        using var wrong = await CodeAsync(browser, "000000");
        using var entered = await CodeAsync(browser, code);
        using var twice = await CodeAsync(browser, code);
        var me = await SessionTests.PageAsync(browser, "/me");

        Assert.Equal("/hall/sign-in/code?return=%2Fhall%2Faccesses", asked.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("/hall/accesses", entered.Headers.Location!.OriginalString);
        // The page for codes is left; the code is used up.
        Assert.Equal(HttpStatusCode.Unauthorized, twice.StatusCode);
        Assert.Contains(Name, me.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, me.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_wrong_the_pages_are_the_same()
    {
        await using var service = await TestService.StartAsync("sqlite");
        await RegisterAsync(service, Number, Name, Phone);
        await RegisterAsync(service, OtherNumber, OtherName, null);
        var (pages, cookies) = (new List<string>(), new List<int>());
        foreach (var (number, name) in new[] { (Number, Name), (Number, "高静"), ("210102197702083534", Name), (OtherNumber, OtherName), ("", ""), ("x", "y") })
        {
            using var browser = TestApp.Browser(service.Address, null);
            using var asked = await AskAsync(browser, number, name);
            using var page = await browser.GetAsync("/hall/sign-in/code");
            using var refused = await CodeAsync(browser, "000000");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            var cookie = asked.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("liuzhuan.code", StringComparison.Ordinal));
            Assert.DoesNotContain(Number, cookie, StringComparison.Ordinal);
            cookies.Add(cookie.Length);
            pages.Add(Tokens().Replace(asked.Headers.Location + await page.Content.ReadAsStringAsync() + await refused.Content.ReadAsStringAsync(), ""));
        }

        Assert.Single(pages.Distinct());
        // What is encrypted keeps its length.
        Assert.Single(cookies.Distinct());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Codes_are_over_after_a_while_and_guessing_locks_the_account(string database)
    {
        await using var service = await TestService.StartAsync(database, options => options with { SignIn = new SignInOptions { MostFailures = 3, AttemptsPerMinute = 1000 } });
        await RegisterAsync(service, Number, Name, Phone);
        using var browser = TestApp.Browser(service.Address, null);
        (await AskAsync(browser, Number, Name)).Dispose();
        var code = await SentAsync(service);
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await CodeAsync(browser, code == $"00000{i}" ? "999999" : $"00000{i}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var locked = await CodeAsync(browser, code);
        service.Clock.Advance(TimeSpan.FromMinutes(16));
        (await AskAsync(browser, Number, Name)).Dispose();
        var late = await SentAsync(service);
        service.Clock.Advance(TimeSpan.FromMinutes(6));
        using var over = await CodeAsync(browser, late);

        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        Assert.NotEqual(code, late);
        Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_officer_opens_the_hall_for_who_stands_at_the_window_and_is_themselves_again_afterwards(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var browser = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");

        using var wrong = await AssistAsync(browser, OtherNumber, Name);
        using var opened = await AssistAsync(browser, Number, Name, ("phone", Phone));
        var me = await SessionTests.PageAsync(browser, "/me");
        using var keys = await browser.GetAsync("/me/passkeys");
        using var left = await SessionTests.PostAsync(browser, me.QuerySelector("form[action='/sign-out']")!);
        var back = await SessionTests.PageAsync(browser, "/me");

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        Assert.Contains(Name, me.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("窗口协助", me.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, keys.StatusCode);
        Assert.Contains("J1", back.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        var account = (await service.App.Services.GetRequiredService<CitizenAccounts>().FindAsync(PersonKey.Of(CitizenNumber.Pack(Number)), default))!;
        Assert.Equal(Phone, account.Phone);
        await using var connection = await service.Data.Store.OpenAsync(default);
        var leaves = await connection.ListAsync(null, "select leaf from ledger_entries where kind = 'sign-in'", row => System.Text.Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(0)), default);
        var entry = Assert.Single(leaves, leaf => leaf.Contains("\"assistedBy\":\"officer/J1\"", StringComparison.Ordinal));
        Assert.Contains(account.Id, entry, StringComparison.Ordinal);
        Assert.DoesNotContain("持证到场", entry, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, string.Concat(leaves), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_opens_the_hall_for_one_person_again_and_again_is_asked_why(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        // A wrong name is a look, too.
        foreach (var name in new[] { Name, "高静", "高伟" })
        {
            using var browser = await service.BrowserOfAsync(Actor.OfOfficer("J1"), SignInWays.Passkey);
            (await AssistAsync(browser, Number, name)).Dispose();
        }

        Assert.Equal(1, (await service.App.Services.GetRequiredService<RaiseFindings>().RunOnceAsync(default)).Raised);
        Assert.Single((await SessionTests.PageAsync(officer, "/workbench/alerts")).QuerySelectorAll("tbody a"));
    }

    [Fact]
    public async Task Who_acts_for_somebody_sees_that_persons_matters_under_their_own_name()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var browser = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");

        using var same = await AssistAsync(browser, Number, Name, ("proxyNumber", Number), ("proxyName", Name));
        using var opened = await AssistAsync(browser, Number, Name, ("proxyNumber", OtherNumber), ("proxyName", OtherName));
        var me = await SessionTests.PageAsync(browser, "/me");

        Assert.Equal(HttpStatusCode.BadRequest, same.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        Assert.Contains(OtherName, me.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        var accounts = service.App.Services.GetRequiredService<CitizenAccounts>();
        var proxy = (await accounts.FindAsync(PersonKey.Of(CitizenNumber.Pack(OtherNumber)), default))!;
        var sessions = await service.App.Services.GetRequiredService<OpenSessions>().ListAsync(proxy.Id, default);
        Assert.Equal((await accounts.FindAsync(PersonKey.Of(CitizenNumber.Pack(Number)), default))!.Id, Assert.Single(sessions).ActsFor);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_telephone_that_takes_the_place_of_another_ends_what_is_open_and_both_are_told(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var account = await RegisterAsync(service, Number, Name, Phone);
        using var home = await service.BrowserOfAsync(account.Id, SignInWays.Code);
        using var begun = TestApp.Browser(service.Address, null);
        (await AskAsync(begun, Number, Name)).Dispose();
        var code = await SentAsync(service);
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");

        using var same = await AssistAsync(officer, Number, Name, ("phone", Phone));
        using var before = await home.GetAsync("/me");
        using var left = await SessionTests.PostAsync(officer, (await SessionTests.PageAsync(officer, "/me")).QuerySelector("form[action='/sign-out']")!);
        using var opened = await AssistAsync(officer, Number, Name, ("phone", OtherPhone));
        using var after = await home.GetAsync("/me");
        using var late = await CodeAsync(begun, code);
        using var window = await officer.GetAsync("/me");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (same.StatusCode, opened.StatusCode));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (before.StatusCode, after.StatusCode));
        // The code that went to the old telephone opens nothing any more; what was opened at the window stays open.
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (late.StatusCode, window.StatusCode));
        Assert.Equal([("telephone-left", Phone), ("telephone-registered", OtherPhone)], await ToldAsync(service));
        var entries = (await LedgerLeaves.OfAsync(service.Data.Store, "administration")).Where(entry => entry.Said("act") == "keep-citizen-account").ToList();
        Assert.Equal([("operator/test", account.Id, null), ("officer/J1", account.Id, "True")], entries.Select(entry => (entry.Actor(), entry.Said("of"), entry.Said("replaced"))));
        Assert.DoesNotContain(entries, entry => entry.ToString().Contains(Phone, StringComparison.Ordinal) || entry.ToString().Contains(OtherPhone, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_who_register_one_person_at_once_all_get_the_same_account(string database)
    {
        await using var service = await TestService.StartAsync(database);

        var accounts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RegisterAsync(service, Number, Name, null)));

        var id = Assert.Single(accounts.Select(account => account.Id).Distinct());
        Assert.Equal([id], (await LedgerLeaves.OfAsync(service.Data.Store, "administration")).Where(entry => entry.Said("act") == "keep-citizen-account").Select(entry => entry.Said("of")));
    }

    [Fact]
    public async Task Number_name_and_telephone_of_a_citizen_lie_encrypted()
    {
        await using var service = await TestService.StartAsync("sqlite");
        await RegisterAsync(service, Number, Name, Phone);
        await using var connection = await service.Data.Store.OpenAsync(default);

        var row = Assert.Single(await connection.ListAsync(null, "select id, number, name, phone from citizen_accounts", row => string.Join(' ', Enumerable.Range(0, 4).Select(row.GetString)), default));

        Assert.All([Number, Name, Phone, CitizenNumber.Pack(Number).Packed.ToString(System.Globalization.CultureInfo.InvariantCulture)], secret => Assert.DoesNotContain(secret, row, StringComparison.Ordinal));
    }

    private static Task<CitizenAccount> RegisterAsync(TestService service, string number, string name, string? phone) =>
        service.App.Services.GetRequiredService<CitizenAccounts>().KeepAsync(CitizenNumber.Pack(number), name, phone, "operator/test", default);

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string number, string name) =>
        StaffSignInTests.PostAsync(browser, "/hall/sign-in?return=/hall/accesses", ("number", number), ("name", name));

    private static async Task<HttpResponseMessage> CodeAsync(HttpClient browser, string code)
    {
        using var page = await browser.GetAsync("/hall/sign-in/code?return=/hall/accesses");
        // Once a code was good the page leads to the beginning; what is posted to it all the same is refused.
        return page.StatusCode == HttpStatusCode.OK
            ? await StaffSignInTests.PostAsync(browser, "/hall/sign-in/code?return=/hall/accesses", ("code", code))
            : await SessionTests.PostAsync(browser, Redirected(await SessionTests.PageAsync(browser, "/hall/sign-in")), ("code", code));
    }

    private static AngleSharp.Dom.IElement Redirected(AngleSharp.Dom.IDocument page)
    {
        var form = page.QuerySelector("main form")!;
        form.SetAttribute("action", "/hall/sign-in/code");
        return form;
    }

    private static Task<HttpResponseMessage> AssistAsync(HttpClient browser, string number, string name, params (string, string)[] more) =>
        StaffSignInTests.PostAsync(browser, "/workbench/assist", [("number", number), ("name", name), ("ground", "本人持证到场"), .. more]);

    // The code of the last notice, as the gateway would get it.
    private static async Task<string> SentAsync(TestService service)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        var contents = await connection.ListAsync(null, "select content from notices where template = 'sign-in-code' order by made_at desc", row => row.GetFieldValue<byte[]>(0), default);
        return service.App.Services.GetRequiredService<NoticeSeal>().Open(contents[0])!.Values["code"].Zh;
    }

    // Template and address of what goes out because a telephone was replaced.
    private static async Task<IReadOnlyList<(string Template, string? Address)>> ToldAsync(TestService service)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        var seal = service.App.Services.GetRequiredService<NoticeSeal>();
        return await connection.ListAsync(null, "select template, content from notices where template like 'telephone-%' order by template", row => (row.GetString(0), seal.Open(row.GetFieldValue<byte[]>(1))!.Address), default);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"[^\"]*\"")]
    private static partial Regex Tokens();
}
