using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Credentials;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People;

public partial class StaffSignInTests
{
    private const string Password = "松花江上-雾凇与渔火-长白山";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_invited_officer_sets_a_password_with_an_authenticator_and_signs_in_with_both(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var (secret, codes) = await EnrolAsync(service, "J1");

        using var browser = TestApp.Browser(service.Address, null);
        using var entered = await SignInAsync(browser, "J1", Password, Now(service, secret));
        using var me = await browser.GetAsync("/me");
        using var again = await SignInAsync(TestApp.Browser(service.Address, null), "J1", Password, Now(service, secret));
        using var recovered = await SignInAsync(TestApp.Browser(service.Address, null), "J1", Password, codes[3].ToLowerInvariant());
        using var twice = await SignInAsync(TestApp.Browser(service.Address, null), "J1", Password, codes[3]);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.OK), (entered.StatusCode, me.StatusCode));
        // The same six digits are never taken twice, nor a recovery code.
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, recovered.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, twice.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_has_the_password_and_not_the_second_factor_leaves_a_trace(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var (secret, codes) = await EnrolAsync(service, "J1");
        var now = Now(service, secret);
        using var browser = TestApp.Browser(service.Address, null);
        using var entered = await SignInAsync(browser, "J1", Password, now);
        using var recovered = await SignInAsync(TestApp.Browser(service.Address, null), "J1", Password, codes[3]);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (entered.StatusCode, recovered.StatusCode));
        Assert.Empty(await RefusedAsync(service));

        // Digits that are used up, a recovery code that is, one that never was, and somebody who left the service.
        foreach (var code in new[] { now, codes[3], "AAAA-BBBB-CCCC", "000000" })
        {
            using var refused = await SignInAsync(TestApp.Browser(service.Address, null), "J1", Password, code);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var unproved = await PostAsync(browser, "/sign-in/again", ("password", Password), ("code", now));
        Assert.Equal(HttpStatusCode.Unauthorized, unproved.StatusCode);
        service.Staff.Put(new StaffMember("J1", "甲某某", TestStaff.Station, IsActive: false));
        using var left = await SignInAsync(TestApp.Browser(service.Address, null), "J1", Password, codes[4]);
        Assert.Equal(HttpStatusCode.Unauthorized, left.StatusCode);
        Assert.Equal(Enumerable.Repeat(("officer/J1", (string?)"password"), 6), (await RefusedAsync(service)).Select(entry => (entry.Actor(), entry.Said("way"))));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_many_who_bring_the_same_digits_at_once_one_comes_in_and_the_others_leave_a_trace(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var (secret, _) = await EnrolAsync(service, "J1");
        var now = Now(service, secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var answer = await SignInAsync(TestApp.Browser(service.Address, null), "J1", Password, now);
            return answer.StatusCode;
        }));

        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.SeeOther));
        Assert.Equal(3, (await RefusedAsync(service)).Count);
    }

    [Fact]
    public async Task An_invitation_lets_one_register_a_way_to_sign_in_and_nothing_else()
    {
        await using var service = await TestService.StartAsync("sqlite");
        using var officer = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        var code = await InviteAsync(service, "J1");
        using var browser = TestApp.Browser(service.Address, null);

        using var entered = await PostAsync(browser, "/sign-in/invitation", ("officer", "J1"), ("code", code));
        using var home = await browser.GetAsync("/");
        using var twice = await PostAsync(TestApp.Browser(service.Address, null), "/sign-in/invitation", ("officer", "J1"), ("code", code));

        Assert.Equal("/me/passkeys", entered.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, home.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, twice.StatusCode);
        service.Clock.Advance(TimeSpan.FromHours(1));
        var late = await InviteAsync(service, "J1");
        service.Clock.Advance(TimeSpan.FromDays(3));
        using var tooLate = await PostAsync(TestApp.Browser(service.Address, null), "/sign-in/invitation", ("officer", "J1"), ("code", late));
        Assert.Equal(HttpStatusCode.Unauthorized, tooLate.StatusCode);
    }

    [Fact]
    public async Task Whichever_half_is_wrong_the_answer_is_the_same_byte_for_byte()
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { SignIn = new SignInOptions { MostFailures = 3, AttemptsPerMinute = 1000 } });
        var (secret, _) = await EnrolAsync(service, "J1");
        await InviteAsync(service, "J2");
        service.Staff.Put(new StaffMember("J2", "乙", TestStaff.Station, IsActive: true));
        service.Clock.Advance(TimeSpan.FromMinutes(1));

        // Known or not, password or code, an account that has none, one that is locked: the number typed is all that differs.
        var answers = new List<string>();
        foreach (var (officer, password, code) in new[]
        {
            ("J1", "wrong password it is", Now(service, secret)), ("J1", Password, "000000"), ("J1", Password, "AAAA-BBBB-CCCC"), ("J1", Password, Now(service, secret)),
            ("J2", Password, "000000"), ("J9", Password, "000000"), ("J9", "", ""),
        })
        {
            using var answer = await SignInAsync(TestApp.Browser(service.Address, null), officer, password, code);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            answers.Add(Tokens().Replace(await answer.Content.ReadAsStringAsync(), "").Replace($"\"{officer}\"", "\"J\"", StringComparison.Ordinal) + string.Join(";", answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal)));
        }

        Assert.Single(answers.Distinct());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Repeated_errors_lock_an_account_for_a_while_and_many_at_once_do_not_outrun_it(string database)
    {
        await using var service = await TestService.StartAsync(database, options => options with { SignIn = new SignInOptions { MostFailures = 3, AttemptsPerMinute = 1000 } });
        var (secret, _) = await EnrolAsync(service, "J1");
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        var check = service.App.Services.GetRequiredService<CheckStaff>();

        // Twelve at once, of which one is right: were each checked before it is counted, all would be.
        var wrong = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => check.PasswordAsync("J1", "not the password", "123456", default))));
        var locked = await check.PasswordAsync("J1", Password, Now(service, secret), default);
        service.Clock.Advance(TimeSpan.FromMinutes(16));
        var open = await check.PasswordAsync("J1", Password, Now(service, secret), default);

        Assert.All(wrong, Assert.Null);
        Assert.Null(locked);
        Assert.NotNull(open);
        await using var connection = await service.Data.Store.OpenAsync(default);
        Assert.Equal(1L, Convert.ToInt64(await Liuzhuan.Platform.Data.Sql.ScalarAsync(connection, null, "select failures from staff_accounts where officer_id = 'J1'", default), null));
    }

    [Fact]
    public async Task One_address_may_fail_only_so_often_in_a_minute()
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { SignIn = new SignInOptions { AttemptsPerMinute = 2 } });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await SignInAsync(TestApp.Browser(service.Address, null), $"J{i}", "x", "y");
            statuses.Add(answer.StatusCode);
        }

        service.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await SignInAsync(TestApp.Browser(service.Address, null), "J7", "x", "y");

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], statuses);
        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
    }

    [Theory]
    [InlineData("short", "password.short")]
    [InlineData("220102199003071234", "password.plain")]
    [InlineData("aaaaaaaaaaaaaaaa", "password.plain")]
    [InlineData("my-j2201-account-here", "password.own")]
    [InlineData("演示警员的密码很长很长很长", "password.own")]
    [InlineData("correct horse battery", "")]
    public void A_password_is_long_and_says_nothing_of_its_owner(string password, string code) =>
        Assert.Equal(code, PasswordRules.Check(password, "J2201", "演示警员")?.Code ?? "");

    // RFC 6238 appendix B, the last six digits of the SHA-1 column.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void One_time_passwords_are_those_of_the_standard(long seconds, string expected)
    {
        const string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // 12345678901234567890
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(expected, OneTimePasswords.At(secret, OneTimePasswords.StepOf(now)));
        Assert.Equal(OneTimePasswords.StepOf(now), OneTimePasswords.Match(secret, expected, now.AddSeconds(30)));
        Assert.Null(OneTimePasswords.Match(secret, expected, now.AddSeconds(90)));
    }

    internal static async Task<string> InviteAsync(TestService service, string officerId) =>
        (await service.App.Services.GetRequiredService<StaffAccounts>().InviteAsync("operator/test", officerId, default)).Ok(out var invitation, out var refusal) ? invitation.Code : throw new InvalidOperationException(refusal.English);

    /// <summary>Posts what somebody fills into the form of a page.</summary>
    internal static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, params (string Name, string Value)[] filled)
    {
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync(path));
        var form = page.QuerySelectorAll("main form").First(one => Array.TrueForAll(filled, field => one.QuerySelector($"[name='{field.Name}']") is not null));
        return await SessionTests.PostAsync(browser, WithAction(form, path), filled);
    }

    private static IElement WithAction(IElement form, string path)
    {
        if (string.IsNullOrEmpty(form.GetAttribute("action"))) form.SetAttribute("action", path);
        return form;
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string officer, string password, string code) =>
        PostAsync(browser, "/sign-in", ("officer", officer), ("password", password), ("code", code));

    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> RefusedAsync(TestService service) =>
        [.. (await LedgerLeaves.OfAsync(service.Data.Store, "sign-in")).Where(entry => entry.Said("act") == "refuse")];

    private static string Now(TestService service, string secret) => OneTimePasswords.At(secret, OneTimePasswords.StepOf(service.Clock.Now));

    // From the invitation to password, authenticator and recovery codes, as a person would do it. The one-time password that proved the authenticator is used up.
    private static async Task<(string Secret, IReadOnlyList<string> Codes)> EnrolAsync(TestService service, string officerId)
    {
        service.Staff.Put(new StaffMember(officerId, "甲某某", TestStaff.Station, IsActive: true));
        using var browser = TestApp.Browser(service.Address, null);
        using var entered = await PostAsync(browser, "/sign-in/invitation", ("officer", officerId), ("code", await InviteAsync(service, officerId)));
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        var page = await SessionTests.PageAsync(browser, "/me/password");
        var secret = page.QuerySelector("code.secret")!.TextContent;
        var form = page.QuerySelector("main form")!;
        using var set = await SessionTests.PostAsync(browser, form, ("password", Password), ("code", Now(service, secret)));
        var codes = new HtmlParser().ParseDocument(await set.Content.ReadAsStringAsync()).QuerySelectorAll(".codes-list code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, codes.Count);
        using var left = await browser.GetAsync("/me");
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        service.Clock.Advance(TimeSpan.FromSeconds(60));
        return (secret, codes);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"[^\"]*\"")]
    private static partial Regex Tokens();
}
