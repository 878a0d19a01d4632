using System.Net;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.People.Credentials;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Platform.People;

public class PasskeyReplayTests
{
    private const string Officer = "P1", Cookie = "liuzhuan.passkey";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_answer_opens_one_session_whoever_else_holds_a_copy_of_it_and_of_its_cookie(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var passkey = await RegisterAsync(service);
        var address = new UriBuilder(service.Address) { Host = "localhost" }.Uri;

        var (kept, answer) = await AskAsync(address, passkey);
        var first = await SendAsync(address, kept, answer);
        await service.RestartAsync();
        var copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(address, kept, answer)));

        Assert.Equal(HttpStatusCode.SeeOther, first);
        Assert.All(copies, copy => Assert.Equal(HttpStatusCode.Unauthorized, copy));
        // Asked anew, the same key is as good as before.
        (kept, answer) = await AskAsync(address, passkey);
        Assert.Equal(HttpStatusCode.SeeOther, await SendAsync(address, kept, answer));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_several_who_answer_at_once_one_is_let_in(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var passkey = await RegisterAsync(service);
        var address = new UriBuilder(service.Address) { Host = "localhost" }.Uri;
        var (kept, answer) = await AskAsync(address, passkey);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(address, kept, answer)));

        Assert.Equal(1, answers.Count(one => one == HttpStatusCode.SeeOther));
    }

    private static async Task<SoftPasskey> RegisterAsync(TestService service)
    {
        service.Staff.Put(new StaffMember(Officer, "甲某某", TestStaff.Station, IsActive: true));
        Assert.True((await service.App.Services.GetRequiredService<ManageRoles>().GrantAsync("operator/test", Officer, Roles.WindowOfficer, "测试", "测试规定第一条", default)).Ok(out _, out _));
        var passkey = new SoftPasskey();
        await service.App.Services.GetRequiredService<AccountStore>().AddOrUpdatePasskeyAsync(new Account(Actor.OfOfficer(Officer), "甲某某"), passkey.Registered(service.Clock.Now), default);
        return passkey;
    }

    /// <summary>Has the service ask, and answers: what the browser keeps as a cookie, and the answer.</summary>
    private static async Task<(string Kept, string Answer)> AskAsync(Uri address, SoftPasskey passkey)
    {
        var cookies = new CookieContainer();
        using var browser = TestApp.Browser(address, cookies);
        var form = (await PageForm.ReadAsync(browser, "/sign-in")).QuerySelector("form[data-passkey]")!;
        using var asked = await PageForm.SendAsync(browser, form.GetAttribute("data-options")!, Unaddressed(form));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        return (cookies.GetCookies(address)[Cookie]!.Value, passkey.Answer(await asked.Content.ReadAsStringAsync(), Actor.OfOfficer(Officer), address));
    }

    /// <summary>Sends the answer from a browser that holds a copy of the cookie.</summary>
    private static async Task<HttpStatusCode> SendAsync(Uri address, string kept, string answer)
    {
        var cookies = new CookieContainer();
        using var browser = TestApp.Browser(address, cookies);
        var form = (await PageForm.ReadAsync(browser, "/sign-in")).QuerySelector("form[data-passkey]")!;
        cookies.Add(address, new Cookie(Cookie, kept));
        using var sent = await PageForm.SendAsync(browser, "/sign-in?handler=Passkey", form, ("credential", answer));
        return sent.StatusCode;
    }

    private static AngleSharp.Dom.IElement Unaddressed(AngleSharp.Dom.IElement form)
    {
        form.RemoveAttribute("action");
        return form;
    }
}
