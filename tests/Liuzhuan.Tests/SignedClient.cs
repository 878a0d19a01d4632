using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Tests;

/// <summary>A machine of an agency that signs in and signs its requests, whoever runs the service.</summary>
internal sealed class SignedClient(Uri address, string client, SigningKey key, TimeProvider clock, HttpMessageHandler? connections = null) : IDisposable
{
    private string? _token;

    public HttpClient Http { get; } = new(connections ?? new SocketsHttpHandler()) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>A signed request that was not sent yet.</summary>
    public async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, byte[]? body = null, string type = "application/json", params (string Name, string Value)[] fields)
    {
        _token ??= await TokenAsync();
        var request = new HttpRequestMessage(method, new Uri(address, path));
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        foreach (var (name, value) in fields) request.Headers.TryAddWithoutValidation(name, value);
        await RequestSigner.SignAsync(request, key, clock.GetUtcNow(), default);
        return request;
    }

    public async Task<(int Status, JsonElement Json)> SendAsync(HttpMethod method, string path, byte[]? body = null, string type = "application/json", params (string Name, string Value)[] fields)
    {
        using var request = await RequestAsync(method, path, body, type, fields);
        using var response = await Http.SendAsync(request);
        var content = await response.Content.ReadAsByteArrayAsync();
        return ((int)response.StatusCode, content is [(byte)'{', ..] ? JsonSerializer.Deserialize<JsonElement>(content) : default);
    }

    public Task<(int Status, JsonElement Json)> AskAsync(string question, params (string Name, string Value)[] fields) => SendAsync(HttpMethod.Post, "/api/questions", Encoding.UTF8.GetBytes(question), fields: fields);

    /// <summary>Announces a file and sends it; gives back the batch's address.</summary>
    public async Task<string> SendBatchAsync(byte[] file, string name, string purpose, params (string Name, string Value)[] fields)
    {
        var announcement = $$"""{"purpose":"{{purpose}}","fact":"identity","name":"{{name}}","bytes":{{file.Length}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(file))}}"}""";
        var (status, opened) = await SendAsync(HttpMethod.Post, "/api/batches", Encoding.UTF8.GetBytes(announcement), fields: fields);
        Assert.True(status == 201, opened.ToString());
        var url = $"/api/batches/{opened.GetProperty("id").GetString()}";
        Assert.Equal(200, (await SendAsync(HttpMethod.Put, $"{url}/content", file, "application/octet-stream")).Status);
        return url;
    }

    /// <summary>Waits until a batch has its outcome.</summary>
    public async Task<JsonElement> OutcomeAsync(string url)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var (_, batch) = await SendAsync(HttpMethod.Get, url);
            if (batch.GetProperty("state").GetString() is not ("waiting" or "running")) return batch;
            await Task.Delay(50, late.Token);
        }
    }

    public void Dispose() => Http.Dispose();

    private async Task<string> TokenAsync()
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_assertion_type", ClientAssertions.Type),
            new("client_assertion", ClientAssertions.Write(key, client, new Uri(address, "/oauth/token").ToString(), clock.GetUtcNow()))]);
        using var response = await Http.PostAsync(new Uri(address, "/oauth/token"), form);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}
