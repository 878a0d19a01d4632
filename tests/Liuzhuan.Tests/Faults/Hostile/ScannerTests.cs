using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>sqlmap and wapiti against the service on this computer, as a stranger and as a window officer: nothing is found.</summary>
[Trait("Category", "Long")]
public class ScannerTests
{
    private const string Password = "officer=J1&password=x&code=1", Person = "purpose=household-registration&number=1&name=x";

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    private static readonly string[]
        Open = ["/problems?q=a&status=400", "/ledger?position=1", "/sign-in?return=/me&left=1", "/jobs/0?lang=en"],
        Inner = ["/workbench/clocks?state=late&rule=permit-notice&p=1", "/workbench/directory?kind=offices&q=a&division=22&level=city&page=1", "/workbench/directory/divisions?q=a&on=2026-03-02", "/inbox?show=all&p=1", "/workbench/verify?purpose=public-service"];

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Sqlmap_finds_nothing_as_a_stranger(string database)
    {
        Ready();
        // Without its limit: the refusal of a flood would look as if what was sent had made the difference.
        await using var service = await TestService.StartAsync(database, options => options with { SignIn = new SignInOptions { AttemptsPerMinute = 1_000_000 } });
        using var scanner = new Scanner();

        FindsNothing(await scanner.SqlAsync([.. Open.Select(path => At(service, path))], null), "testing for SQL injection on GET parameter");
        await FindsNothingInFormAsync(service, scanner, "/sign-in", null, Password, "officer,password,code");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sqlmap_finds_nothing_as_a_window_officer(string database)
    {
        Ready();
        await using var service = await TestService.StartAsync(database);
        var cookie = await OfficerAsync(service);
        using var scanner = new Scanner();

        FindsNothing(await scanner.SqlAsync([.. Inner.Select(path => At(service, path))], cookie), "testing for SQL injection on GET parameter");
        await FindsNothingInFormAsync(service, scanner, "/workbench/verify", cookie, Person, "purpose,number,name");
        await StillInAsync(service, cookie);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wapiti_finds_nothing(bool isOfficer)
    {
        Ready();
        await using var service = await TestService.StartAsync("sqlite");
        var cookie = isOfficer ? await OfficerAsync(service) : null;
        using var scanner = new Scanner();

        FindsNothing(await scanner.PagesAsync([.. (isOfficer ? Inner : [.. Open, "/hall/sign-in"]).Select(path => At(service, path))], cookie), "[*] Launching module");
        if (cookie is not null) await StillInAsync(service, cookie);
    }

    [Fact]
    public async Task What_is_open_is_found()
    {
        Ready();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var hole = builder.Build();
        hole.MapGet("/", Hole);
        await hole.StartAsync();
        var address = new Uri(hole.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/?q=1");
        using var scanner = new Scanner();

        Assert.NotEmpty((await scanner.SqlAsync([address], null)).Found);
        Assert.NotEmpty((await scanner.PagesAsync([address], null, "xss")).Found);
    }

    // How not to do it: what was sent goes into the statement, and into the page, as it came.
    private static IResult Hole(string? q)
    {
        using var data = new SqliteConnection("Data Source=:memory:");
        data.Open();
        using var command = data.CreateCommand();
#pragma warning disable CA2100 // The hole is what the test is about.
        command.CommandText = $"select 'found' where 1 = {q}";
#pragma warning restore CA2100
        try
        {
            return Results.Content($"<html><body><p>{q}</p><p>{command.ExecuteScalar()}</p></body></html>", "text/html");
        }
        catch (SqliteException fault)
        {
            return Results.Content($"<html><body><p>{q}</p><p>SQLite error: {fault.Message}</p></body></html>", "text/html");
        }
    }

    private static void Ready()
    {
        Assert.SkipUnless(IsLong, "Runs with ./test all.");
        Assert.SkipUnless(Scanner.IsInstalled, "sqlmap or wapiti is missing.");
    }

    private static Uri At(TestService service, string path) => new(new UriBuilder(service.Address) { Host = "localhost" }.Uri, path);

    private static async Task<string> OfficerAsync(TestService service)
    {
        using var browser = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");
        return $"{SessionCookie.Name}={await service.App.Services.GetRequiredService<OpenSessions>().OpenAsync(new NewSession(Actor.OfOfficer("J1"), SignInWays.Passkey), default)}";
    }

    private static void FindsNothing((IReadOnlyList<string> Found, string Said) run, string didIt)
    {
        Assert.True(run.Found.Count == 0, $"{string.Join('\n', run.Found)}\n\n{run.Said}");
        Assert.Contains(didIt, run.Said, StringComparison.Ordinal);
    }

    private static async Task FindsNothingInFormAsync(TestService service, Scanner scanner, string path, string? cookie, string data, string tried)
    {
        // Both halves of the form's token, which holds for as long as the session does.
        using var request = new HttpRequestMessage(HttpMethod.Get, At(service, path));
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var page = await browser.SendAsync(request);
        var half = page.Headers.GetValues("Set-Cookie").Select(one => one.Split(';')[0]).First(one => one.StartsWith("liuzhuan.form=", StringComparison.Ordinal));
        var token = (await PageForm.ReadAsync(page)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value");
        var before = (await service.Ledger.Log.HeadAsync(default)).Size;

        FindsNothing(await scanner.SqlAsync([At(service, path)], cookie is null ? half : $"{cookie}; {half}", $"{data}&__RequestVerificationToken={token}", tried), "testing for SQL injection on POST parameter");

        // The form was taken: questions and refused sign-ins are entries of the ledger.
        Assert.True((await service.Ledger.Log.HeadAsync(default)).Size > before + 20, "The form was never taken.");
    }

    // Otherwise only the page that asks who one is was looked at.
    private static async Task StillInAsync(TestService service, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(service, "/me")) { Headers = { { "Cookie", cookie } } };
        using var answer = await service.Http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }
}
