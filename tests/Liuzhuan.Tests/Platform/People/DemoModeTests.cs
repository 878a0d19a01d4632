using System.Net;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People;

public class DemoModeTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task In_a_demonstration_one_signs_in_as_somebody_with_a_button_on_the_first_page(string database)
    {
        await using var service = await StartAsync(database);
        using var browser = TestApp.Browser(Local(service), null);

        var page = await SessionTests.PageAsync(browser, "/");
        using var entered = await SessionTests.PostAsync(browser, page.QuerySelector(".cast form")!);
        var me = await SessionTests.PageAsync(browser, "/me");
        using var nobody = await SessionTests.PostAsync(browser, page.QuerySelector(".cast form")!, ("id", "officer/J404"));

        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        Assert.Contains("甲某某", me.QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Outside_demonstrations_there_is_no_button_and_nobody_behind_it(string database)
    {
        await using var service = await TestService.StartAsync(database, services: services => services.AddSingleton<IDemoCast, Cast>());
        service.Staff.Put(new StaffMember("J1", "甲某某", TestStaff.Station, IsActive: true));
        using var browser = TestApp.Browser(service.Address, null);

        var page = await SessionTests.PageAsync(browser, "/");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var tried = await browser.PostAsync("/sign-in/as", new FormUrlEncodedContent([new("id", "officer/J1"), new("__RequestVerificationToken", token)]));

        Assert.Null(page.QuerySelector(".cast"));
        Assert.Equal(HttpStatusCode.NotFound, tried.StatusCode);
    }

    [Theory]
    [InlineData("Host", "127.0.0.1")]
    [InlineData("Host", "verify.example.gov.cn")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("x-forwarded-proto", "https")]
    [InlineData("Via", "1.1 proxy")]
    public async Task A_demonstration_answers_localhost_only_and_nothing_that_came_through_a_proxy(string header, string value)
    {
        await using var service = await StartAsync();
        using var browser = TestApp.Browser(Local(service), null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_demonstration_that_would_be_reached_from_elsewhere_does_not_start()
    {
        foreach (var adjust in new Func<ServeOptions, ServeOptions>[] { options => options with { Listen = "0.0.0.0:8443" }, options => options with { PublicAddress = new Uri("https://verify.example.gov.cn") } })
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => TestService.StartAsync("sqlite", options => adjust(options) with { Demo = true }));
            Assert.Equal("demo.outward", refused.Refusal.Code);
        }
    }

    [Theory]
    [InlineData("/me?a=1", "/me?a=1")]
    [InlineData("//evil.example", null)]
    [InlineData("/\\evil.example", null)]
    [InlineData("https://evil.example/", null)]
    [InlineData("/\t/evil.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("/sign-out", null)]
    [InlineData("me", null)]
    [InlineData("", null)]
    public async Task One_is_led_back_within_this_site_only(string wanted, string? path)
    {
        await using var service = await StartAsync();
        using var browser = TestApp.Browser(Local(service), null);
        var form = (await SessionTests.PageAsync(browser, "/sign-in?return=" + Uri.EscapeDataString(wanted))).QuerySelector(".cast form")!;

        using var entered = await SessionTests.PostAsync(browser, form);
        using var forged = await SessionTests.PostAsync(browser, (await SessionTests.PageAsync(browser, "/sign-in")).QuerySelector(".cast form")!, (ReturnPath.Parameter, wanted));

        Assert.All([entered, forged], answer => Assert.Equal(path is null, answer.Headers.Location!.OriginalString != wanted));
        Assert.All([entered, forged], answer => Assert.StartsWith("/", answer.Headers.Location!.OriginalString, StringComparison.Ordinal));
        Assert.All([entered, forged], answer => Assert.False(answer.Headers.Location!.OriginalString is ['/', '/' or '\\', ..]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_secret_that_was_there_before_signing_in_is_of_no_use_afterwards(string database)
    {
        await using var service = await StartAsync(database);
        var cookies = new CookieContainer();
        const string planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        cookies.Add(Local(service), new Cookie(Liuzhuan.Platform.People.Sessions.SessionCookie.Name, planted));
        using var browser = TestApp.Browser(Local(service), cookies);

        using var entered = await SessionTests.PostAsync(browser, (await SessionTests.PageAsync(browser, "/")).QuerySelector(".cast form")!);
        var first = Secret(cookies, service);
        using var again = await SessionTests.PostAsync(browser, (await SessionTests.PageAsync(browser, "/")).QuerySelector(".cast form")!);
        var second = Secret(cookies, service);
        using var old = TestApp.Browser(Local(service), null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Add("Cookie", $"{Liuzhuan.Platform.People.Sessions.SessionCookie.Name}={first}");
        using var tried = await old.SendAsync(request);

        Assert.NotEqual(planted, first);
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.SeeOther, tried.StatusCode);
        var set = again.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("liuzhuan.session", StringComparison.Ordinal));
        Assert.Matches("(?i)path=/; samesite=lax; httponly", set);
    }

    private static string Secret(CookieContainer cookies, TestService service) => cookies.GetCookies(Local(service))[Liuzhuan.Platform.People.Sessions.SessionCookie.Name]!.Value;

    private static Uri Local(TestService service) => new UriBuilder(service.Address) { Host = "localhost" }.Uri;

    private static async Task<TestService> StartAsync(string database = "sqlite")
    {
        var service = await TestService.StartAsync(database, options => options with { Demo = true }, services: services => services.AddSingleton<IDemoCast, Cast>());
        service.Staff.Put(new StaffMember("J1", "甲某某", TestStaff.Station, IsActive: true));
        return service;
    }

    private sealed class Cast : IDemoCast
    {
        public Task<IReadOnlyList<DemoPerson>> ListAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<DemoPerson>>(
            [new DemoPerson("officer/J1", "甲某某", new Text("窗口民警", "Window officer"), new Text("核验一个人", "Verify one person"), "演示市新春派出所")]);
    }
}
