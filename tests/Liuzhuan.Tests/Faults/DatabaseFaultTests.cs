using System.Diagnostics;
using Liuzhuan.Platform.Data;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Faults;

/// <summary>The database goes away under a running service and comes back: refusals that say "later" meanwhile, recovery without a restart, nothing lost and nothing twice.</summary>
[Collection(ProcessGround.Name)]
public sealed class DatabaseFaultTests(ProcessGround processes)
{
    private static readonly string[] Later = ["ledger.unavailable", "service.database-away", "idempotency.running", "auth.sign-again"];

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    [Fact]
    public async Task A_server_that_is_stopped_hard_and_started_again_costs_only_the_time_it_is_away()
    {
        await using var server = await OwnPostgres.StartAsync();
        if (server is null) Assert.Skip("PostgreSQL is not installed here.");
        await using var ground = await FaultGround.OnAsync(await TestDatabase.OnAsync(server.Connection), processes.Register);
        await ground.StartedAsync(0);
        var (questions, batches) = (new QuestionLoad(ground, Later), new BatchLoad(ground, Later));
        questions.Start(clients: 3);
        batches.Start();
        var (times, random, away) = (IsLong ? 20 : 1, new Random(4), new List<double>());
        for (var time = 0; time < times; time++)
        {
            // Connections cut, at any instant: those who wait for an answer get it, or are told to come again.
            for (var cut = 0; cut < 5; cut++)
            {
                await questions.MoreAsync(random.Next(1, 20));
                await Task.Delay(random.Next(100));
                await server.CutAsync();
            }

            await questions.MoreAsync(20);
            await server.StopHardAsync();
            await questions.RefusedAsync(10);
            Assert.True(ground.IsRunning(0));
            await server.StartAgainAsync();
            var watch = Stopwatch.StartNew();
            await questions.MoreAsync(1);
            away.Add(watch.Elapsed.TotalSeconds);
            await questions.MoreAsync(20);
        }

        await AssertSoundAsync(ground, questions, batches, $"postgres stopped hard {times} times, connections cut {5 * times} times; answering again {away.Max():0.0} s at most after it was back");
    }

    [Fact]
    public async Task A_file_that_another_process_has_locked_is_waited_for_and_refused_in_time()
    {
        await using var ground = await FaultGround.CreateAsync("sqlite", processes.Register);
        await ground.StartedAsync(0);
        var (questions, batches) = (new QuestionLoad(ground, Later), new BatchLoad(ground, Later));
        questions.Start(clients: 3);
        batches.Start();
        await questions.MoreAsync(20);

        var watch = Stopwatch.StartNew();
        await using (var other = await ground.Database.Store.OpenAsync(CancellationToken.None))
        {
            await other.ExecuteAsync(null, "begin exclusive", CancellationToken.None);
            await questions.RefusedAsync(3);
            await other.ExecuteAsync(null, "rollback", CancellationToken.None);
        }

        var refusedAfter = watch.Elapsed;
        await questions.MoreAsync(20);
        await AssertSoundAsync(ground, questions, batches, $"sqlite locked by another process: refused after {refusedAfter.TotalSeconds:0} s");
    }

    private static async Task AssertSoundAsync(FaultGround ground, QuestionLoad questions, BatchLoad batches, string what)
    {
        await questions.EndAsync();
        await batches.EndAsync();
        // A worker that could not even give its batch back leaves it to its lease.
        await ground.RunAsync("update batches set leased_until = opened_at where state = 'running'");
        Assert.Equal(0, await batches.DoneAsync());
        await ground.EndAsync(0);
        var entries = await LedgerTruth.AssertAsync(ground, questions, batches.Accepted);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}; {questions.Answered.Count} questions answered, {batches.Accepted.Count} batches done, {entries} entries; refused meanwhile: {string.Join(", ", questions.Refused.Concat(batches.Refused).Select(refused => $"{refused.Key} {refused.Value}"))}");
    }
}
