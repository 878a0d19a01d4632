using System.Net;
using Liuzhuan.Exchange.Desk;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Microsoft.Extensions.DependencyInjection;

namespace Liuzhuan.Tests.Exchange.Desk;

/// <summary>A request or an objection, its clock, and that its end was told are one commit: a fault between them leaves nothing.</summary>
public class ToldTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_request_whose_end_could_not_be_told_was_never_taken(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var store = ground.Service.Data.Store;

        await TellingAsync(store, fails: true);
        using var faulted = await ground.TrySubmitAsync("month");
        Assert.Equal(HttpStatusCode.InternalServerError, faulted.StatusCode);
        Assert.Equal("0 0 0 0", await CountsAsync(store, "exchange_requests"));
        // Who meets a fault does not know what became of the request. If it was taken after all, its file is there.
        Assert.Single(Directory.GetDirectories(ground.Service.App.Services.GetRequiredService<RequestFiles>().Options.JobsDirectory));

        await TellingAsync(store, fails: false);
        await AssertToldAsync(store, "request/" + await ground.SubmitAsync());
        Assert.Equal("1 1 2 1", await CountsAsync(store, "exchange_requests"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_objection_whose_end_could_not_be_told_was_never_raised(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var window = await service.SignInAsync(Roles.WindowOfficer);
        using var citizen = await service.SignInCitizenAsync(DeskPages.Here, DeskPages.HereName);
        await DeskPages.AskAsync(window, DeskPages.Here, DeskPages.HereName);

        await TellingAsync(service.Data.Store, fails: true);
        using var faulted = await Objections.ObjectionTests.ObjectAsync(citizen, "not-known", "");
        Assert.Equal(HttpStatusCode.InternalServerError, faulted.StatusCode);
        Assert.Equal("0 0 0 0", await CountsAsync(service.Data.Store, "objections"));

        await TellingAsync(service.Data.Store, fails: false);
        using var taken = await Objections.ObjectionTests.ObjectAsync(citizen, "not-known", "");
        await AssertToldAsync(service.Data.Store, "objection/" + taken.Headers.Location!.OriginalString.Split('/')[^1]);
        Assert.Equal("1 1 2 1", await CountsAsync(service.Data.Store, "objections"));
    }

    private static async Task AssertToldAsync(DataStore store, string id)
    {
        await using var connection = await store.OpenAsync(default);
        var clock = (await KeptClock.FindAsync(connection, id, default))!;
        var entry = Assert.Single(await LedgerLeaves.OfAsync(store, "clock"));

        Assert.Equal(["Start", "Tell"], clock.Entries.Select(one => $"{one.Act}"));
        Assert.Equal((clock.DueOn, KeptClock.Text(clock.DueOn!.Value)), (clock.Entries[1].Day, entry.Said("told")));
    }

    // Rows, clocks, entries of clocks, and what the ledger holds of them.
    private static async Task<string> CountsAsync(DataStore store, string table)
    {
        await using var connection = await store.OpenAsync(default);
        var counts = new List<long>();
        foreach (var from in new[] { table, "clocks", "clock_entries", "ledger_entries where kind = 'clock'" }) counts.Add(Convert.ToInt64(await connection.ScalarAsync(null, $"select count(*) from {from}", default), null));
        return string.Join(' ', counts);
    }

    private static async Task TellingAsync(DataStore store, bool fails)
    {
        await using var connection = await store.OpenAsync(default);
        foreach (var statement in (store.Dialect == Dialect.Sqlite, fails) switch
        {
            (true, true) => ["create trigger no_tell before insert on clock_entries when new.act = 'tell' begin select raise(abort, 'cannot be told'); end"],
            (true, false) => ["drop trigger no_tell"],
            (false, true) => new[]
            {
                "create function no_tell() returns trigger language plpgsql as 'begin if new.act = ''tell'' then raise exception ''cannot be told''; end if; return new; end'",
                "create trigger no_tell before insert on clock_entries for each row execute function no_tell()",
            },
            _ => ["drop trigger no_tell on clock_entries"],
        }) await connection.ExecuteAsync(null, statement, default);
    }
}
