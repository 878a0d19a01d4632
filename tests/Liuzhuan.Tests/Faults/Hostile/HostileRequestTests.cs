using System.Collections.Concurrent;
using System.Text;

namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>Whatever is sent, the answer is the right refusal and never a fault, no connection hangs, memory stays bounded, and a good question is still answered.</summary>
public class HostileRequestTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    public static TheoryData<string> Databases => TestDatabases.All;

    internal static List<HostileCase> Corpus => [.. HostileBodies.All, .. HostileSignatures.All, .. HostileTokens.All, .. HostileTransport.All, .. HostileBatches.All];

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_hostile_request_is_refused_with_its_code(string database)
    {
        await using var service = await TestService.StartAsync(database, options => options with { Batches = new() { MostOpen = 1000 } });
        var ground = await HostileGround.PreparedAsync(service);
        var wrong = new ConcurrentBag<string>();
        var before = await service.Ledger.Log.HeadAsync(default);
        await Parallel.ForEachAsync(Corpus, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, _) =>
        {
            var got = await ground.SendAsync(await one.MadeAsync(ground), one.Pause);
            if (got.Hangs) wrong.Add($"{one.Name}: the connection hangs");
            if ((got.Status, got.Code) != (one.Status, one.Code)) wrong.Add($"{one.Name}: {got.Status} {got.Code} instead of {one.Status} {one.Code}");
            if (got.Field != got.Code) wrong.Add($"{one.Name}: the field says {got.Field} and the body {got.Code}");
            if (got.Text.Contains("   at ", StringComparison.Ordinal)) wrong.Add($"{one.Name}: tells the inner workings");
        });

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
        await ground.AssertGoodAsync();
        Assert.True((await service.Ledger.Log.HeadAsync(default)).Size > before.Size);
        TestContext.Current.TestOutputHelper?.WriteLine($"{database}: {Corpus.Count} hostile requests");
    }

    [Fact]
    public async Task Files_that_are_traps_are_refused_each_for_itself()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var ground = await HostileGround.PreparedAsync(service);
        foreach (var (name, file, content) in HostileBatches.Files)
        {
            var id = await ground.SendFileAsync(file, content);
            var status = await ground.EndedAsync(id);
            Assert.True(status.Json.GetProperty("state").GetString() == "refused", $"{name}: {status.Text}");
            Assert.NotEmpty(status.Json.GetProperty("refusal").GetProperty("code").GetString()!);
        }

        await ground.AssertGoodAsync();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Mutated_requests_are_never_a_fault(string database)
    {
        const int seed = 20;
        await using var service = await TestService.StartAsync(database, options => options with { Batches = new() { MostOpen = 1_000_000 } });
        var ground = await HostileGround.PreparedAsync(service);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(IsLong ? 60 : 4));
        var (statuses, wrong, sent) = (new ConcurrentDictionary<int, int>(), new ConcurrentBag<string>(), 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(lane => Task.Run(async () =>
        {
            var random = new Random(seed + lane);
            while (!time.IsCancellationRequested)
            {
                var bytes = await Mutations.NextAsync(ground, random);
                var got = await ground.SendAsync([bytes], silence: TimeSpan.FromMilliseconds(200));
                Interlocked.Increment(ref sent);
                statuses.AddOrUpdate(got.Status, 1, (_, count) => count + 1);
                if (got.Hangs || got.Status >= 500 && got.Status != 505) wrong.Add($"{got.Status} {got.Code} hangs: {got.Hangs}\n{Encoding.Latin1.GetString(bytes)}");
            }
        })));

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {sent}, for example:\n{wrong.FirstOrDefault()}");
        await ground.AssertGoodAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{database}, seed {seed}: {sent} mutated requests; {string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}"))}");
    }
}
