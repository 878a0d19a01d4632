using Liuzhuan.Tests.Exchange.Batches;

namespace Liuzhuan.Tests.Platform.Telemetry;

/// <summary>What a service counts reaches its collector. Alone, because the meters belong to the process: what the services of other tests count would be sent too.</summary>
[Collection(Alone.Name)]
public class MetricsTests
{
    [Fact]
    public async Task Metrics_tell_answers_refusals_commits_batches_and_the_age_of_the_register()
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await TestService.StartAsync("sqlite", options => options with { Telemetry = new() { Endpoint = collector.Address, SamplePercent = 0, Instance = "test" } });
        using var client = new SignedClient(service.Address, TestService.School, service.Keys[TestService.School], service.Clock);
        await client.AskAsync(TestService.Question("210102197702083533", "高静伟"));
        await client.AskAsync("{");
        await client.OutcomeAsync(await client.SendBatchAsync(BatchGround.List(20), "list.csv", TestService.Purpose));
        await service.Http.GetAsync(new Uri(service.Address, "/health/ready"));

        await service.App.StopAsync();

        Assert.Equal(
            ["liuzhuan.answers", "liuzhuan.batch.lead", "liuzhuan.batch.rows", "liuzhuan.health", "liuzhuan.ledger.commit", "liuzhuan.ledger.group", "liuzhuan.ledger.waiting", "liuzhuan.refusals", "liuzhuan.register.age"],
            collector.Metrics.Order(StringComparer.Ordinal));
        foreach (var value in new[] { "identity", "consistent", "person" }) Assert.Contains(value, collector.Raw, StringComparison.Ordinal);
    }
}
