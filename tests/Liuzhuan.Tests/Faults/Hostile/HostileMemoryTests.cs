namespace Liuzhuan.Tests.Faults.Hostile;

/// <summary>Thousands of hostile requests leave nothing behind in memory. Alone, because the objects of other tests would count.</summary>
[Collection(Alone.Name)]
public class HostileMemoryTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("LIUZHUAN_TESTS") == "all";

    [Fact]
    public async Task Memory_stays_bounded_under_thousands_of_hostile_requests()
    {
        var corpus = HostileRequestTests.Corpus.Where(one => one.Pause == default && !one.Name.Contains("megabyte", StringComparison.Ordinal) && !one.Name.Contains("without end", StringComparison.Ordinal)).ToList();
        await using var service = await TestService.StartAsync("sqlite", options => options with { Batches = new() { MostOpen = 10_000 } });
        var ground = await HostileGround.PreparedAsync(service);
        await RoundAsync();
        var first = GC.GetTotalMemory(forceFullCollection: true);
        var rounds = IsLong ? 100 : 4;
        for (var round = 0; round < rounds; round++) await RoundAsync();
        var last = GC.GetTotalMemory(forceFullCollection: true);

        Assert.InRange(last - first, long.MinValue, 32 << 20);
        await ground.AssertGoodAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{corpus.Count * rounds} hostile requests: {first >> 10} KiB of objects before, {last >> 10} KiB after, {Environment.WorkingSet >> 20} MiB of memory in all");

        Task RoundAsync() => Parallel.ForEachAsync(corpus, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, _) => await ground.SendAsync(await one.MadeAsync(ground)));
    }
}
