using System.Diagnostics;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Faults;

/// <summary>
/// The whole service is killed again and again while clients ask, hand in files and send them in parts: while it starts, while it recovers, and at any
/// instant of its work. Every client goes on as it should, with the same key, until it is answered.
/// </summary>
[Collection(ProcessGround.Name)]
public sealed class KilledServiceTests(ProcessGround processes)
{
    private const int Seed = 31;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    /// <summary>Database, hosts, kills.</summary>
    public static TheoryData<string, int, int> Grounds => TestDatabases.Postgres is null
        ? new() { { "sqlite", 1, IsLong ? 1000 : 20 } }
        : new() { { "sqlite", 1, IsLong ? 700 : 16 }, { "postgres", 3, IsLong ? 300 : 4 } };

    [Theory, MemberData(nameof(Grounds))]
    public async Task Killing_a_service_under_load_loses_and_doubles_nothing_that_it_acknowledged(string database, int hosts, int kills)
    {
        var watch = Stopwatch.StartNew();
        await using var ground = await FaultGround.CreateAsync(database, processes.Register, hosts);
        for (var host = 0; host < hosts; host++) await ground.StartedAsync(host);
        var questions = new QuestionLoad(ground, "idempotency.running", "auth.sign-again");
        var batches = new BatchLoad(ground, "auth.sign-again", "auth.signature-replayed", "batch.not-done");
        questions.Start(clients: 4);
        batches.Start();

        var (random, young, repeated) = (new Random(Seed), 0, new HashSet<int>());
        for (var kill = 0; kill < kills; kill++)
        {
            var host = random.Next(hosts);
            await questions.CheckAsync();
            await batches.CheckAsync();
            await questions.MoreAsync(random.Next(1, 60));
            await Task.Delay(random.Next(0, 400));
            await ground.KillAsync(host);
            if (random.Next(3) == 0 && kill + 1 < kills)
            {
                // Killed again while it starts or recovers.
                ground.Start(host);
                await Task.Delay(random.Next(0, 900));
                await ground.KillAsync(host);
                (kill, young) = (kill + 1, young + 1);
            }

            await ground.StartedAsync(host);
            var some = questions.Answered.Keys.Where(number => !repeated.Contains(number)).OrderBy(_ => random.Next()).Take(20).ToList();
            repeated.UnionWith(some);
            await questions.AssertRepeatedAsync(some);
        }

        await questions.EndAsync();
        await batches.EndAsync();
        // The leases of the killed run out.
        await ground.RunAsync("update batches set leased_until = opened_at where state = 'running'");
        var setAside = await batches.DoneAsync();
        for (var host = 0; host < hosts; host++) await ground.EndAsync(host);
        var entries = await LedgerTruth.AssertAsync(ground, questions, batches.Accepted);
        LedgerTruth.AssertTidy(ground);
        Assert.True(kills < 10 || questions.Lost > 0, "No question was ever under way at a kill: the test has shown nothing.");

        var starts = ground.Starts.Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{database}, {hosts} hosts, seed {Seed}: {kills} kills ({young} while starting), {questions.Answered.Count} questions answered in {questions.Tries} tries, {questions.Lost} under way at a kill, "
            + $"{repeated.Count} asked again; {batches.Accepted.Count} batches done, {setAside} set aside, {batches.Lost} of their requests broken off; {entries} entries; "
            + $"ready again after {starts[starts.Count / 2].TotalMilliseconds:0} ms (median), {starts[^1].TotalMilliseconds:0} ms (longest); {watch.Elapsed.TotalSeconds:0} s in all; "
            + $"refused meanwhile: {string.Join(", ", questions.Refused.Concat(batches.Refused).Select(refused => $"{refused.Key} {refused.Value}"))}");
    }
}
