using System.Text;
using System.Text.Json;
using Liuzhuan.Exchange.Batches;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses.Runs;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Tests.Exchange.Batches;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Liuzhuan.Tests.Faults;

/// <summary>The clock leaps, years ahead or hours back, under a running service or across a restart. It is set right in the end, and nothing that cannot be taken back was done meanwhile.</summary>
public class ClockFaultTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(366), Moment = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Databases => TestDatabases.All;

    private static string Person => Encoding.UTF8.GetString(Hostile.HostileGround.GoodQuestion);

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clock_a_year_ahead_for_a_moment_erases_nothing(string database)
    {
        await using var service = await TestService.StartAsync(database);
        using var first = await service.RequestAsync(Person, idempotencyKey: "kept");
        var answered = await service.SendAsync(first);
        Assert.Equal(200, answered.Status);

        service.Clock.Leap(Year);
        await ForgetAsync(service);
        service.Clock.Advance(Moment);
        await ForgetAsync(service);
        service.Clock.Leap(-Year);

        Assert.Equal(1, await CountAsync(service, "select count(*) from ledger_payloads where erased_at is null"));
        Assert.Equal(answered.Body, (await service.AskAsync(Person, idempotencyKey: "kept")).Body);
        // What was used once does not come to life again: neither the very request, nor a sign-in.
        using var again = new HttpRequestMessage(HttpMethod.Post, first.RequestUri) { Content = new ByteArrayContent(await first.Content!.ReadAsByteArrayAsync()) };
        foreach (var field in first.Headers) again.Headers.TryAddWithoutValidation(field.Key, field.Value);
        foreach (var field in first.Content!.Headers) again.Content.Headers.TryAddWithoutValidation(field.Key, field.Value);
        using var replayed = await service.Http.SendAsync(again);
        Assert.Equal(401, (int)replayed.StatusCode);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clock_that_stays_ahead_is_believed_after_a_day_and_what_is_due_goes(string database)
    {
        await using var service = await TestService.StartAsync(database);
        Assert.Equal(200, (await service.AskAsync(Person)).Status);
        service.Clock.Leap(Year);
        await ForgetAsync(service);
        service.Clock.Advance(TimeSpan.FromHours(23));
        await ForgetAsync(service);
        Assert.Equal(1, await CountAsync(service, "select count(*) from ledger_payloads where erased_at is null"));
        service.Clock.Advance(TimeSpan.FromHours(2));
        await ForgetAsync(service);
        Assert.Equal(0, await CountAsync(service, "select count(*) from ledger_payloads where erased_at is null"));
    }

    [Fact]
    public async Task A_service_that_starts_with_a_clock_a_year_ahead_erases_nothing_either()
    {
        await using var service = await TestService.StartAsync("sqlite");
        Assert.Equal(200, (await service.AskAsync(Person)).Status);
        service.Clock.Leap(Year);
        await service.RestartAsync();
        await ForgetAsync(service);
        Assert.Equal(1, await CountAsync(service, "select count(*) from ledger_payloads where erased_at is null"));
        // What is logged meanwhile bears the wrong time, and proves nothing.
        Assert.NotNull(await service.Ledger.AppendAsync(new NewEntry("administration", "operator/test", "{}"u8.ToArray()), CancellationToken.None));
        service.Clock.Advance(Moment);
        await ForgetAsync(service);
        Assert.Equal(1, await CountAsync(service, "select count(*) from ledger_payloads where erased_at is null"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_service_that_starts_with_a_clock_hours_ahead_still_knows_what_was_answered(string database)
    {
        await using var service = await TestService.StartAsync(database);
        Assert.Equal(200, (await service.AskAsync(Person)).Status);
        var asked = await CountAsync(service, "select count(*) from asked_questions");
        service.Clock.Leap(TimeSpan.FromHours(20));
        await service.RestartAsync();
        await ForgetAsync(service);
        Assert.Equal(asked, await CountAsync(service, "select count(*) from asked_questions"));
        Assert.NotEqual(0, asked);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_service_that_started_with_a_clock_ahead_answers_when_it_is_set_right(string database)
    {
        await using var service = await TestService.StartAsync(database);
        service.Clock.Leap(Year);
        await service.RestartAsync();
        Assert.Equal(200, (await service.AskAsync(Person)).Status);
        service.Clock.Advance(Moment);
        service.Clock.Leap(-Year);
        service.Clock.Advance(Moment);
        Assert.Equal(200, (await AskedAsync(service, "after")).Status);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_clock_that_goes_back_shuts_nobody_out_and_dates_nothing_back(string database)
    {
        await using var service = await TestService.StartAsync(database);
        // Long after the access was granted, which begins when it was.
        service.Clock.Advance(2 * Year);
        Assert.Equal(200, (await service.AskAsync(Person, idempotencyKey: "before")).Status);
        foreach (var back in new[] { TimeSpan.FromMinutes(10), TimeSpan.FromHours(5), TimeSpan.FromDays(400) })
        {
            service.Clock.Leap(-back);
            Assert.Equal(200, (await AskedAsync(service, $"back-{back.TotalMinutes}")).Status);
        }

        await using var connection = await service.Data.Store.OpenAsync(default);
        var times = await connection.ListAsync(null, "select leaf from ledger_entries order by position", row => JsonDocument.Parse(row.GetFieldValue<byte[]>(0)).RootElement.GetProperty("at").GetDateTimeOffset(), default);
        Assert.Equal(times.Order(), times);
        Assert.Contains("clock-behind", Encoding.UTF8.GetString(await connection.ScalarAsync(null, "select leaf from ledger_entries where kind = 'administration' order by position desc limit 1", default) as byte[] ?? []), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_batch_of_a_killed_worker_is_taken_up_though_the_clock_was_set_back(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.SendAsync(BatchGround.List(10));
        await using (var db = ground.Store.CreateDb())
        {
            // As a worker leaves it that was killed while the clock was a year ahead.
            await db.Set<Batch>().ExecuteUpdateAsync(set => set.SetProperty(batch => batch.State, BatchStates.Running).SetProperty(batch => batch.Lease, "killed")
                .SetProperty(batch => batch.Attempts, 1).SetProperty(batch => batch.LeasedUntil, ground.Clock.Now + Year));
        }

        Assert.True(await ground.Host.Worker.RunOnceAsync(default));
        Assert.Equal(BatchStates.Done, (await ground.RowAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Tidying_goes_on_though_the_clock_was_set_back(string database)
    {
        await using var data = await TestDatabase.CreateAsync(database);
        var clock = new TestClock(TestClock.Morning + Year);
        await using var connection = await RunTables.OpenAsync(data.Store, default);
        Assert.True(await new TidyingLease(clock).HoldAsync(connection, default));
        Assert.False(await new TidyingLease(clock).HoldAsync(connection, default));
        clock.Leap(-Year);
        Assert.True(await new TidyingLease(clock).HoldAsync(connection, default));
    }

    private static Task ForgetAsync(TestService service) => service.App.Services.GetServices<IHostedService>().OfType<Forgetting>().Single().RunOnceAsync(default);

    // With a new sign-in: the token of before is of another time.
    private static async Task<TestService.Reply> AskedAsync(TestService service, string key)
    {
        var token = await SignedInAsync(service);
        using var request = await service.RequestAsync(Person, idempotencyKey: key);
        request.Headers.Authorization = new("Bearer", token);
        await RequestSigner.SignAsync(request, service.Keys[TestService.School], service.Clock.Now, default);
        return await service.SendAsync(request);
    }

    private static async Task<string> SignedInAsync(TestService service)
    {
        using var response = await service.RequestTokenAsync(Liuzhuan.Platform.Signing.Tokens.ClientAssertions.Write(service.Keys[TestService.School], TestService.School, new Uri(service.Address, "/oauth/token").ToString(), service.Clock.Now));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;
    }

    private static async Task<long> CountAsync(TestService service, string sql)
    {
        await using var connection = await service.Data.Store.OpenAsync(default);
        return Convert.ToInt64(await connection.ScalarAsync(null, sql, default), null);
    }
}
