using System.Globalization;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People;
using Liuzhuan.Supervision.Contract;
using Liuzhuan.Supervision.Watching;
using Liuzhuan.Tests.Exchange.Desk;
using Liuzhuan.Tests.Exchange.Workbench;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Supervision;

public class ListWatchTests
{
    private const string Looks = "select officer, office, division, purpose, is_file, asked, not_found, length(people) from watch_looks order by position";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Lists_of_an_office_are_counted_with_their_entry_and_short_ones_again_and_again_alert(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer, officerId: "J1");

        for (var i = 0; i < 3; i++)
        {
            using var taken = await FilesTests.DropAsync(window, "household-registration");
            await FilesTests.EndedAsync(window, taken.Headers.Location!.OriginalString);
            service.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal(Enumerable.Repeat($"officer/J1 {TestStaff.Station.Office} {TestStaff.Station.Division} household-registration True 3 0 20", 3), await LooksAsync(service));
        await Findings(service).RunOnceAsync(default);
        Assert.Equal(["lone-files officer/J1"], await AlertsAsync(service));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_list_that_a_liaison_answers_counts_for_whoever_asked(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);

        for (var i = 0; i < 3; i++) await ground.OpenAsync(await ground.SubmitAsync());

        Assert.Equal(Enumerable.Repeat($"officer/{DeskGround.ClerkId} {DeskGround.School.Office} {DeskGround.School.Division} public-service True 3 0 20", 3), await LooksAsync(ground.Service));
        await Findings(ground.Service).RunOnceAsync(default);
        Assert.Equal([$"lone-files officer/{DeskGround.ClerkId}"], await AlertsAsync(ground.Service));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task One_person_in_ever_other_lists_is_found_and_long_lists_keep_nobody(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var recorder = service.App.Services.GetRequiredService<WatchRecorder>();

        for (var list = 1; list <= 4; list++)
        {
            // The one, and thirty others who are new each time; as read from a file, some twice.
            ulong[] people = [7, .. Enumerable.Range(list * 1000, 30).Select(number => (ulong)number), 7, (ulong)list * 1000];
            await LogAsync(service, await recorder.ForFileAsync(Officer, "household-registration", people, 33, 0, default));
            await LogAsync(service, await recorder.ForFileAsync(Officer, "household-registration", people.Concat(Enumerable.Range(1, 400).Select(number => (ulong)number)).ToArray(), 433, 0, default));
            service.Clock.Advance(TimeSpan.FromDays(2));
        }

        await Findings(service).RunOnceAsync(default);
        Assert.Equal(["list-after-list officer/L1"], await AlertsAsync(service));
        Assert.Equal(["310", "", "310", "", "310", "", "310", ""], (await LooksAsync(service)).Select(look => look.Split(' ')[^1]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_list_of_numbers_that_mostly_do_not_exist_is_found(string database)
    {
        await using var service = await TestService.StartAsync(database);

        await LogAsync(service, await service.App.Services.GetRequiredService<WatchRecorder>().ForFileAsync(Officer, "household-registration", Enumerable.Range(1, 500).Select(number => (ulong)number).ToArray(), 500, 480, default));

        await Findings(service).RunOnceAsync(default);
        Assert.Equal(["not-found officer/L1"], await AlertsAsync(service));
    }

    private static WatchedOfficer Officer { get; } = new("officer/L1", TestStaff.Station.Office, TestStaff.Station.Division);

    private static RaiseFindings Findings(TestService service) => service.App.Services.GetRequiredService<RaiseFindings>();

    private static async Task LogAsync(TestService service, Companion look) =>
        Assert.NotNull(await service.Ledger.AppendAsync(new NewEntry("batch", Officer.Id, "{}"u8.ToArray()) { Companions = [look] }, default));

    private static async Task<IReadOnlyList<string>> LooksAsync(TestService service)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        return await connection.ListAsync(null, Looks, row => string.Create(CultureInfo.InvariantCulture, $"{row.GetString(0)} {row.GetString(1)} {row.GetString(2)} {row.GetString(3)} {row.GetBoolean(4)} {row.GetInt64(5)} {row.GetInt64(6)} {row[7]}"), default);
    }

    private static async Task<IReadOnlyList<string>> AlertsAsync(TestService service)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        return await connection.ListAsync(null, "select rule, officer from alerts order by rule", row => $"{row.GetString(0)} {row.GetString(1)}", default);
    }
}
