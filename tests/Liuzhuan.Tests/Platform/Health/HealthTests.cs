using System.Text.Json;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Health;
using Liuzhuan.Platform.Hosting;
using Liuzhuan.Platform.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Liuzhuan.Tests.Platform.Health;

public class HealthTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_service_that_lacks_nothing_is_healthy_in_every_check(string database)
    {
        await using var service = await TestService.StartAsync(database, Roomy);

        var (status, states) = await ReadyAsync(service);

        Assert.Equal(200, status);
        Assert.Equal(["service", "database", "ledger", "clock", "disk", "accesses", "clocks", "notices", "forgetting", "registers", "batches"], states.Keys.Where(name => name != "status").OrderBy(name => Array.IndexOf(Order, name)));
        Assert.All(states, one => Assert.Equal("healthy", one.Value));
        Assert.Equal("ok\n", await service.Http.GetStringAsync(new Uri(service.Address, "/health/live")));
    }

    [Fact]
    public async Task An_old_register_a_clock_that_jumped_back_and_a_full_disk_are_for_a_person_and_stop_no_answer()
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { LeastFree = long.MaxValue });
        Assert.Equal(200, (await service.AskAsync(TestService.Question("210102197702083533", "高静伟"))).Status);

        service.Clock.Advance(TimeSpan.FromDays(-1));
        var (status, states) = await ReadyAsync(service);
        Assert.Equal((200, "degraded", "degraded", "degraded", "healthy"), (status, states["status"], states["disk"], states["clock"], states["registers"]));

        service.Clock.Advance(TimeSpan.FromDays(41));
        (status, states) = await ReadyAsync(service);
        Assert.Equal((200, "healthy", "degraded"), (status, states["clock"], states["registers"]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_ledger_that_somebody_changed_is_dead(string database)
    {
        await using var service = await TestService.StartAsync(database, Roomy);
        Assert.Equal(200, (await service.AskAsync(TestService.Question("210102197702083533", "高静伟"))).Status);
        await using (var connection = await service.Data.Store.OpenAsync(default))
            await connection.ExecuteAsync(null, "update ledger_head set size = size - 1", default);
        Assert.Equal(503, (await service.AskAsync(TestService.Question("210102197702083533", "高静伟"))).Status);

        var (status, states) = await ReadyAsync(service);

        Assert.Equal((503, "dead", "dead", "healthy"), (status, states["status"], states["ledger"], states["database"]));
    }

    [Fact]
    public async Task A_database_that_somebody_else_keeps_locked_is_busy_and_dead_only_when_it_does_not_answer()
    {
        await using var service = await TestService.StartAsync("sqlite", Roomy);
        await using var other = await service.Data.Store.OpenAsync(default);
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await other.ExecuteAsync(transaction, "update ledger_head set size = size", default);
            var (status, states) = await ReadyAsync(service);
            Assert.Equal((200, "degraded"), (status, states["database"]));
        }

        service.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("healthy", (await ReadyAsync(service)).States["database"]);
    }

    [Fact]
    public async Task A_server_that_takes_no_writes_is_dead_and_healthy_again_without_a_restart()
    {
        Assert.SkipWhen(TestDatabases.Postgres is null, "LIUZHUAN_TEST_POSTGRES names no server.");
        await using var service = await TestService.StartAsync("postgres", options => Roomy(options) with { Ledger = new LedgerOptions { Patience = TimeSpan.FromSeconds(1) } });
        var database = new NpgsqlConnectionStringBuilder(service.Data.Options.Connection).Database;
        await OnServerAsync($"alter database {database} set default_transaction_read_only = on");
        await OnServerAsync(HangUp(database));

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => service.Ledger.AppendAsync(new NewEntry("administration", "operator/test", "{}"u8.ToArray()), default));

        service.Clock.Advance(TimeSpan.FromSeconds(2));
        var (status, states) = await ReadyAsync(service);
        Assert.Equal((503, "dead", "dead"), (status, states["database"], states["ledger"]));

        await OnServerAsync($"alter database {database} reset default_transaction_read_only");
        await OnServerAsync(HangUp(database));
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        // Nobody asked since: the ledger is not known to work, and must not keep those away who would show it.
        (status, states) = await ReadyAsync(service);
        Assert.Equal((200, "healthy", "degraded"), (status, states["database"], states["ledger"]));
        Assert.Equal(200, (await service.AskAsync(TestService.Question("210102197702083533", "高静伟"))).Status);
        service.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("healthy", (await ReadyAsync(service)).States["ledger"]);
    }

    [Fact]
    public async Task Workers_that_have_not_looked_for_long_are_told()
    {
        await using var service = await TestService.StartAsync("sqlite", options => Roomy(options) with { Batches = new() { Idle = TimeSpan.FromMinutes(1) } });
        await ReadyAsync(service);

        service.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("degraded", (await ReadyAsync(service)).States["batches"]);
    }

    [Fact]
    public async Task A_service_that_was_asked_to_end_wants_no_more_requests()
    {
        await using var service = await TestService.StartAsync("sqlite", Roomy);
        service.App.Services.GetRequiredService<Departure>().Begin();

        var (status, states) = await ReadyAsync(service);

        Assert.Equal((503, "dead"), (status, states["service"]));
        using var answer = await service.Http.GetAsync(new Uri(service.Address, "/health/live"));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.True(answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task What_strangers_read_names_no_place()
    {
        await using var service = await TestService.StartAsync("sqlite", options => options with { LeastFree = long.MaxValue });
        var text = await service.Http.GetStringAsync(new Uri(service.Address, "/health/ready"));

        Assert.DoesNotContain(service.Data.Folder, text, StringComparison.Ordinal);
        Assert.DoesNotContain(".db", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_ask_at_once_it_is_looked_once_and_a_check_that_hangs_is_not_begun_twice()
    {
        var (looks, hung) = (0, 0);
        var clock = new TestClock(TestClock.Morning);
        var desk = new HealthDesk(
            [
                HealthCheck.Of("quick", () =>
                {
                    Interlocked.Increment(ref looks);
                    return HealthFinding.Healthy("好。", "Well.");
                }),
                new HealthCheck("hanging", _ =>
                {
                    Interlocked.Increment(ref hung);
                    return new TaskCompletionSource<HealthFinding>().Task;
                }),
                HealthCheck.Of("faulty", () => throw new InvalidOperationException()),
            ],
            clock, NullLogger<HealthDesk>.Instance);

        var reports = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => desk.LookAsync(default)));
        Assert.Equal(1, looks);
        clock.Advance(TimeSpan.FromSeconds(2));
        await desk.LookAsync(default);

        Assert.Equal((2, 1), (looks, hung));
        Assert.Equal([HealthState.Healthy, HealthState.Dead, HealthState.Dead], reports[0].Findings.Select(one => one.Finding.State));
    }

    private static readonly string[] Order = ["service", "database", "ledger", "clock", "disk", "accesses", "clocks", "notices", "forgetting", "registers", "batches"];

    // Whatever the disk of the machine that runs the tests.
    private static ServeOptions Roomy(ServeOptions options) => options with { LeastFree = 1 };

    private static async Task<(int Status, Dictionary<string, string> States)> ReadyAsync(TestService service)
    {
        using var response = await service.Http.GetAsync(new Uri(service.Address, "/health/ready"));
        using var read = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var states = read.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("state").GetString()!);
        Assert.All(read.RootElement.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("zh").GetString()!.Length > 5 && check.GetProperty("en").GetString()!.Length > 10));
        states["status"] = read.RootElement.GetProperty("status").GetString()!;
        return ((int)response.StatusCode, states);
    }

    private static string HangUp(string? database) => $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'";

    private static async Task OnServerAsync(string statement)
    {
        await using var server = new NpgsqlConnection(TestDatabases.Postgres);
        await server.OpenAsync();
        await server.ExecuteAsync(null, statement, default);
    }
}
