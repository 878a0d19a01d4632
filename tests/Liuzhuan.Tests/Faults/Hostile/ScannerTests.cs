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
        await using var service = await TestService.StartAsync(database);
        using var scanner = new Scanner();

        FindsNothing(await scanner.SqlAsync(Open.Select(path => At(service, path)), null), "testing for SQL injection on GET parameter");
        FindsNothing(await scanner.SqlAsync([At(service, "/sign-in")], null, Password), "testing for SQL injection on POST parameter");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Sqlmap_finds_nothing_as_a_window_officer(string database)
    {
        Ready();
        await using var service = await TestService.StartAsync(database);
        var cookie = await OfficerAsync(service);
        using var scanner = new Scanner();

        FindsNothing(await scanner.SqlAsync(Inner.Select(path => At(service, path)), cookie), "testing for SQL injection on GET parameter");
        FindsNothing(await scanner.SqlAsync([At(service, "/workbench/verify")], cookie, Person), "testing for SQL injection on POST parameter");
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

    // Otherwise only the page that asks who one is was looked at.
    private static async Task StillInAsync(TestService service, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(service, "/me")) { Headers = { { "Cookie", cookie } } };
        using var answer = await service.Http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }
}
