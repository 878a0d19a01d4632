using System.Net.Http.Headers;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Tests.Commands;
using Liuzhuan.Tests.Exchange.Hall;

namespace Liuzhuan.Tests.Platform.Telemetry;

/// <summary>Whatever is asked, wrongly asked or breaks: neither logs nor telemetry hold anything of a person, in whatever form.</summary>
[Collection(ProcessGround.Name)]
public sealed class NothingOfPersonsTests(ProcessGround ground)
{
    private const string Number = "210102197702083533", Old = "210102770208353", Surname = "欧阳", Given = "静伟彤", Purpose = ServedProcess.Purpose;

    public static TheoryData<string, string> Runs => [.. from database in TestDatabases.All from format in new[] { "text", "json" } select ((string)database.Data, format)];

    [Theory, MemberData(nameof(Runs))]
    public async Task Logs_at_their_most_talkative_and_exported_traces_and_metrics_hold_no_person(string database, string format)
    {
        await using var collector = await Collector.StartAsync();
        await using var served = await ServedProcess.StartAsync(database, ground.Register,
            ("Log__Format", format), ("Log__Level", "trace"), ("Log__Requests", "all"), ("Telemetry__Endpoint", collector.Address.ToString()), ("Telemetry__SamplePercent", "100"), ("Serve__DrainFor", "0s"));
        using var client = served.SignIn();
        await AskAsync(client);
        await BatchAsync(client);
        await DropAsync(served);
        await StrayAsync(served, client);
        var trace = await FaultAsync(served, client);

        served.Process.Terminate();
        var ended = await served.Process.EndAsync();

        Assert.True(ended.Code == 0, ended.Error);
        var told = ended.Output + ended.Error;
        // What is meant to be there is: lines for requests, for the batch and for the fault, and spans.
        Assert.Contains("/api/questions", told, StringComparison.Ordinal);
        Assert.Contains(trace, told, StringComparison.Ordinal);
        Assert.Contains("is done", told, StringComparison.Ordinal);
        Assert.Contains("Exception", told, StringComparison.Ordinal);
        Assert.Contains(collector.Spans, span => span.Name == "batch");
        Assert.All(told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), line => Assert.Matches(format == "json" ? @"^\{.*\}$" : @"^(trce|dbug|info|warn|fail|crit): ", Plain(line)));
        foreach (var planted in Forms())
        {
            Assert.DoesNotContain(planted, told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(planted, collector.Raw, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task AskAsync(SignedClient client)
    {
        string[] questions =
        [
            TestService.Question(Number, Surname + Given), TestService.Question(Old, Surname + Given), TestService.Question(Number, Surname + Given, "{\"sex\":\"" + Number + "\"}"),
            TestService.Question(Number, Surname + Given, fact: Number), TestService.Question(Number, Surname + Given, purpose: Surname + Given), TestService.Question(Number, Surname + Given, "{\"" + Number + "\":\"1\"}"),
            TestService.Question(Number + Number, Surname + Given)[..^4], $"{{\"{Surname}{Given}\":\"{Number}\"}}", Number, $"\"{Surname}\\u9759\"",
        ];
        foreach (var question in questions) Assert.InRange((await client.AskAsync(question)).Status, 200, 499);
        Assert.InRange((await client.AskAsync(TestService.Question(Number, Surname + Given), ("Idempotency-Key", Number), ("traceparent", Number), ("tracestate", $"n={Number}"), ("baggage", $"n={Number}"), ("User-Agent", Number))).Status, 200, 499);
    }

    private static async Task BatchAsync(SignedClient client)
    {
        var file = Encoding.UTF8.GetBytes($"姓名,身份证号码\n{Surname}{Given},{Number}\n{Surname}{Given},{Old}\n{Surname}{Given},{Number[..12]}\n\"{Surname},{Number}\n");
        await client.OutcomeAsync(await client.SendBatchAsync(file, $"{Surname}{Given}{Number}.csv", Purpose));
        var headless = Encoding.UTF8.GetBytes($"{Surname}{Given},{Number}\n{Surname}{Given},{Number}\n");
        await client.OutcomeAsync(await client.SendBatchAsync(headless, $"{Number}.csv", Purpose));
        await client.OutcomeAsync(await client.SendBatchAsync(Encoding.UTF8.GetBytes("PK" + Number), $"{Number}.xlsx", Purpose));
    }

    private static async Task DropAsync(ServedProcess served)
    {
        using var page = new HallClient(served.Address);
        foreach (var (name, text) in new[] { ($"{Surname}{Given}{Number}.csv", $"姓名,身份证号码\n{Surname}{Given},{Number}\n"), ($"{Number}.xls", $"{Surname}{Given},{Number}\n") })
        {
            using var dropped = await page.PostAsync(await page.TokenAsync(), name, Encoding.UTF8.GetBytes(text));
            if (dropped.Headers.Location is { } job) await page.EndedAsync(job.OriginalString);
        }

        using var without = await page.PostAsync(null, $"{Number}.csv", Encoding.UTF8.GetBytes($"{Surname}{Given},{Number}\n"));
    }

    // Where nothing of a person belongs, and a careless program puts it all the same.
    private static async Task StrayAsync(ServedProcess served, SignedClient client)
    {
        foreach (var path in new[] { $"/api/questions/{Number}?name={Uri.EscapeDataString(Surname + Given)}", $"/?number={Number}", $"/jobs/{Number}", $"/api/batches/{Number}", $"/problems/{Number}", $"/ledger/proof/inclusion?position={Number}&size=1" })
        {
            using var answer = await served.Http.GetAsync(new Uri(served.Address, path));
        }

        Assert.Equal(404, (await client.SendAsync(HttpMethod.Get, $"/api/batches/{Number}?name={Uri.EscapeDataString(Surname + Given)}")).Status);
        using var form = new FormUrlEncodedContent([new("grant_type", Number), new("client_id", Number), new("client_assertion", $"{Number}.{Number}.{Number}"), new("scope", Number)]);
        using var token = await served.Http.PostAsync(new Uri(served.Address, "/oauth/token"), form);
        using var request = await client.RequestAsync(HttpMethod.Post, "/api/questions", Encoding.UTF8.GetBytes(TestService.Question(Number, Surname + Given)));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Number);
        using var refused = await served.Http.SendAsync(request);
        Assert.Equal(401, (int)refused.StatusCode);
        // Not even HTTP.
        using var raw = new System.Net.Sockets.TcpClient("localhost", served.Address.Port);
        await raw.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{Number} {Surname}{Given} /{Number} HTTP/9\r\nHost: {Number}\r\n{Number}\r\n\r\n"));
        await raw.GetStream().CopyToAsync(Stream.Null);
    }

    // The table that stored answers lie in goes away under the service.
    private static async Task<string> FaultAsync(ServedProcess served, SignedClient client)
    {
        await using (var connection = await served.Data.Store.OpenAsync(default)) await connection.ExecuteAsync(null, "alter table answered_questions rename to mislaid", default);
        var (status, problem) = await client.AskAsync(TestService.Question(Number, Surname + Given), ("Idempotency-Key", "\"once-more\""));
        Assert.Equal(500, status);
        return problem.GetProperty("trace").GetString()!;
    }

    // The number whole, its day of birth with what surrounds it, and its old form; the name and its parts; each as text, as JSON and web addresses write it.
    private static IEnumerable<string> Forms()
    {
        string[] plain = [Number, Number[..15], Number[2..], Number[6..14] + Number[14..17], Old, Surname + Given, Given, Surname];
        foreach (var text in plain)
        {
            yield return text;
            if (text[0] < 128) continue;
            yield return Uri.EscapeDataString(text);
            yield return string.Concat(text.Select(c => $"\\u{(int)c:x4}"));
            yield return string.Concat(text.Select(c => $"&#x{(int)c:x};"));
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(text))[..^2];
        }
    }

    // Without the time in front, which text lines have.
    private static string Plain(string line) => line.StartsWith('{') ? line : line[25..];
}
