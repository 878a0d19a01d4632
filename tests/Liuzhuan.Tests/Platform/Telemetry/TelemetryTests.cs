using Liuzhuan.Platform.Telemetry;
using Liuzhuan.Tests.Exchange.Batches;

namespace Liuzhuan.Tests.Platform.Telemetry;

public class TelemetryTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Caller = "00f067aa0ba902b7", Parent = $"00-{Trace}-{Caller}-01";

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_question_goes_on_with_its_callers_trace(string database)
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await TestService.StartAsync(database, options => options with { Telemetry = To(collector, 0) });
        using var client = Client(service);

        Assert.Equal(200, (await client.AskAsync(TestService.Question("210102197702083533", "高静伟"), ("traceparent", Parent))).Status);
        await service.App.StopAsync();

        var request = Assert.Single(collector.Spans, span => span.Parent == Caller);
        Assert.Equal((Trace, "POST /api/questions", "200", TestService.School), (request.Trace, request.Name, request.Tags["http.response.status_code"], request.Tags["liuzhuan.client"]));
        Assert.Equal(["http.request.method", "http.response.status_code", "http.route", "liuzhuan.client"], request.Tags.Keys.Order());
        Assert.Equal(["decide and match", "gate", "ledger append", "sign"], Below(collector, request).Select(span => span.Name).Order());
        // The client did not ask for any other request to be traced.
        Assert.All(collector.Spans, span => Assert.Equal(Trace, span.Trace));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Work_on_a_batch_belongs_to_the_trace_of_its_announcement(string database)
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await TestService.StartAsync(database, options => options with { Telemetry = To(collector, 0) });
        using var client = Client(service);

        var url = await client.SendBatchAsync(BatchGround.List(20), "list.csv", TestService.Purpose, ("traceparent", Parent));
        Assert.Equal("done", (await client.OutcomeAsync(url)).GetProperty("state").GetString());
        await service.App.StopAsync();

        var request = Assert.Single(collector.Spans, span => span.Parent == Caller);
        Assert.Equal("POST /api/batches", request.Name);
        var work = Assert.Single(Below(collector, request), span => span.Name == "batch");
        Assert.Equal((Trace, "1"), (work.Trace, work.Tags["liuzhuan.attempt"]));
        Assert.Equal(["read", "record", "verify"], Below(collector, work).Select(span => span.Name).Order());
        Assert.Contains(Below(collector, Below(collector, work).Single(span => span.Name == "record")), span => span.Name == "ledger append");
        // The batch's address is known to its client only.
        Assert.DoesNotContain(url[^32..], collector.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("210102197702083533")]
    public async Task A_traceparent_that_is_none_is_ignored(string broken)
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await TestService.StartAsync("sqlite", options => options with { Telemetry = To(collector, 100) });
        using var client = Client(service);

        var (status, problem) = await client.AskAsync("{", ("traceparent", broken));
        await service.App.StopAsync();

        // A trace of its own, and none above it.
        var request = Assert.Single(collector.Spans, span => span.Trace == problem.GetProperty("trace").GetString() && span.Name == "POST /api/questions");
        Assert.Equal((400, ""), (status, request.Parent));
        Assert.NotEqual(Trace, request.Trace);
        Assert.Equal(["gate", "sign"], Below(collector, request).Select(span => span.Name).Order());
    }

    [Fact]
    public async Task A_refusal_names_the_trace_of_its_request_and_its_code()
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await TestService.StartAsync("sqlite", options => options with { Telemetry = To(collector, 0) });
        using var client = Client(service);

        var (status, problem) = await client.AskAsync("{", ("traceparent", Parent));
        await service.App.StopAsync();

        Assert.Equal((400, Trace), (status, problem.GetProperty("trace").GetString()));
        Assert.Equal(problem.GetProperty("code").GetString(), Assert.Single(collector.Spans, span => span.Parent == Caller).Tags["liuzhuan.code"]);
    }

    [Fact]
    public async Task A_page_and_a_look_at_the_health_leave_no_span()
    {
        await using var collector = await Collector.StartAsync();
        await using var service = await TestService.StartAsync("sqlite", options => options with { Telemetry = To(collector, 100) });
        await service.Http.GetStringAsync(new Uri(service.Address, "/?number=210102197702083533"));
        await service.Http.GetStringAsync(new Uri(service.Address, "/health/ready"));
        await service.Http.GetStringAsync(new Uri(service.Address, "/api/facts?number=210102197702083533"));
        await service.App.StopAsync();

        Assert.Contains(collector.Spans, span => span.Name == "GET /api/facts");
        Assert.DoesNotContain(collector.Spans, span => span.Name.Contains("health", StringComparison.Ordinal) || span.Name is "GET" or "GET /");
        Assert.DoesNotContain("210102197702083533", collector.Raw, StringComparison.Ordinal);
    }

    private static TelemetryOptions To(Collector collector, int percent) => new() { Endpoint = collector.Address, SamplePercent = percent, Instance = "test" };

    private static SignedClient Client(TestService service) => new(service.Address, TestService.School, service.Keys[TestService.School], service.Clock);

    private static List<Collector.Span> Below(Collector collector, Collector.Span parent) => [.. collector.Spans.Where(span => span.Parent == parent.Id && span.Trace == parent.Trace)];
}
