using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;

namespace Liuzhuan.Tests.Exchange.Batches;

public class BatchesOverHttpTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_goes_in_and_comes_back_over_signed_requests(string database)
    {
        await using var service = await TestService.StartAsync(database);
        var file = await File.ReadAllBytesAsync(Samples.File("requests/full_columns.csv"));
        var opened = await CallAsync(service, HttpMethod.Post, "/api/batches", BatchHost.Announcement(file));
        Assert.Equal(201, opened.Status);
        var url = opened.Fields["Location"];

        var head = await CallAsync(service, HttpMethod.Head, $"{url}/content");
        Assert.Equal((204, "0", "?0"), (head.Status, head.Fields["Upload-Offset"], head.Fields["Upload-Complete"]));
        var wrong = await CallAsync(service, HttpMethod.Patch, $"{url}/content", file, "application/partial-upload", ("Upload-Offset", "7"), ("Upload-Complete", "?1"));
        Assert.Equal((409, "0"), (wrong.Status, wrong.Fields["Upload-Offset"]));
        var sent = await CallAsync(service, HttpMethod.Patch, $"{url}/content", file, "application/partial-upload", ("Upload-Offset", "0"), ("Upload-Complete", "?1"));
        Assert.Equal((200, "?1"), (sent.Status, sent.Fields["Upload-Complete"]));
        sent = await CallAsync(service, HttpMethod.Put, $"{url}/content", file, "application/octet-stream");
        Assert.Equal(200, sent.Status);

        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        JsonElement status;
        while ((status = Json(await CallAsync(service, HttpMethod.Get, url))).GetProperty("state").GetString() is "waiting" or "running") await Task.Delay(50, late.Token);
        Assert.Equal("done", status.GetProperty("state").GetString());

        var result = await CallAsync(service, HttpMethod.Get, status.GetProperty("result").GetString()!);
        var statement = Json(await CallAsync(service, HttpMethod.Get, status.GetProperty("manifest").GetString()!)).GetProperty("statement");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(result.Body)), statement.GetProperty("result").GetProperty("sha256").GetString());
        Assert.Single(Json(await CallAsync(service, HttpMethod.Get, "/api/batches?limit=5")).GetProperty("batches").EnumerateArray());
        Assert.Equal(404, (await CallAsync(service, HttpMethod.Get, url, client: TestService.Court)).Status);
        Assert.Equal(204, (await CallAsync(service, HttpMethod.Delete, url)).Status);
        Assert.Equal(410, (await CallAsync(service, HttpMethod.Get, $"{url}/result")).Status);
    }

    [Fact]
    public async Task A_HEAD_that_is_refused_says_why_without_a_body()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var url = (await CallAsync(service, HttpMethod.Post, "/api/batches", BatchHost.Announcement(await File.ReadAllBytesAsync(Samples.File("requests/full_columns.csv"))))).Fields["Location"] + "/content";
        var strange = await CallAsync(service, HttpMethod.Head, url, client: TestService.Court);
        Assert.Equal((404, "service.not-found"), (strange.Status, strange.Fields["Problem-Code"]));

        service.Clock.Advance(TimeSpan.FromHours(1));
        var late = await CallAsync(service, HttpMethod.Head, url);
        Assert.Equal((401, "auth.expired", "Bearer"), (late.Status, late.Fields["Problem-Code"], late.Fields["WWW-Authenticate"]));
        Assert.Empty(late.Body);
    }

    private static JsonElement Json(Got got) => JsonSerializer.Deserialize<JsonElement>(got.Body);

    private static Task<Got> CallAsync(TestService service, HttpMethod method, string path, byte[]? body = null, string type = "application/json", params (string Name, string Value)[] fields) =>
        CallAsync(service, method, path, TestService.School, body, type, fields);

    private static Task<Got> CallAsync(TestService service, HttpMethod method, string path, string client) => CallAsync(service, method, path, client, null, "", []);

    // Signed as a client signs, and the answer's signature checked.
    private static async Task<Got> CallAsync(TestService service, HttpMethod method, string path, string client, byte[]? body, string type, (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, new Uri(service.Address, path));
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await service.TokenAsync(client));
        foreach (var (name, value) in fields) request.Headers.TryAddWithoutValidation(name, value);
        await RequestSigner.SignAsync(request, service.Keys[client], service.Clock.Now, default);
        using var response = await service.Http.SendAsync(request);
        var content = await response.Content.ReadAsByteArrayAsync();
        using var published = JsonDocument.Parse(await service.Http.GetStringAsync(new Uri(service.Address, "/.well-known/jwks.json")));
        var keys = published.RootElement.GetProperty("keys").EnumerateArray().Select(one => JsonWebKeys.Read(one).Ok(out var key, out _) ? key : null).OfType<VerifyingKey>().ToDictionary(key => key.KeyId);
        if (method != HttpMethod.Head) Assert.True(AnswerVerifier.Verify(response, request, content, keys.GetValueOrDefault, service.Clock.Now).Ok(out _, out var untrue), untrue?.English + Encoding.UTF8.GetString(content));
        return new Got((int)response.StatusCode, content, response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
    }

    private sealed record Got(int Status, byte[] Body, Dictionary<string, string> Fields);
}
