using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Tests.Faults;

/// <summary>Calls a service as an agency's machine does: token, signature, idempotency key. Any host of the ground may get a call.</summary>
internal sealed class FaultCaller(FaultGround ground) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(100) };
    private string? _token;

    /// <summary>Sends one signed call to a host; signs in before where that is needed.</summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public async Task<Reply> CallAsync(int host, HttpMethod method, string path, byte[]? body = null, string? key = null, string type = "application/json", params (string Name, string Value)[] fields)
    {
        if (_token is null)
        {
            var (signedIn, token) = await SignInAsync(host);
            if (token is null) return signedIn;
            _token = token;
        }

        using var request = new HttpRequestMessage(method, new Uri(ground.Address, path));
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", $"\"{key}\"");
        foreach (var (name, value) in fields) request.Headers.TryAddWithoutValidation(name, value);
        await RequestSigner.SignAsync(request, ground.Key, TimeProvider.System.GetUtcNow(), default);
        // Signed for the address everybody knows, sent to the host behind it.
        request.RequestUri = new Uri(ground.PlaceOf(host), path);
        using var response = await _http.SendAsync(request);
        var reply = new Reply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), FieldsOf(response));
        if (reply.Status == 401) _token = null;
        return reply;
    }

    public Task<Reply> AskAsync(int host, string number, string name, string key) =>
        CallAsync(host, HttpMethod.Post, "/api/questions", Encoding.UTF8.GetBytes(TestService.Question(number, name)), key);

    public void Dispose() => _http.Dispose();

    private async Task<(Reply Reply, string? Token)> SignInAsync(int host)
    {
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"), new("client_assertion_type", ClientAssertions.Type),
            new("client_assertion", ClientAssertions.Write(ground.Key, FaultGround.Client, new Uri(ground.Address, "/oauth/token").ToString(), TimeProvider.System.GetUtcNow()))]);
        using var response = await _http.PostAsync(new Uri(ground.PlaceOf(host), "/oauth/token"), form);
        var reply = new Reply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), FieldsOf(response));
        return (reply, response.IsSuccessStatusCode ? reply.Json.GetProperty("access_token").GetString() : null);
    }

    private static Dictionary<string, string> FieldsOf(HttpResponseMessage response) => response.Headers.ToDictionary(field => field.Key, field => string.Join(", ", field.Value));

    /// <summary>What came back.</summary>
    internal sealed record Reply(int Status, byte[] Body, Dictionary<string, string> Fields)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

        public string Text => Encoding.UTF8.GetString(Body);

        /// <summary>Why it was refused; the answer to a HEAD says it too, in its field. Empty where no reason is given.</summary>
        public string Code => Status >= 400 ? Fields.GetValueOrDefault(Problem.CodeField, "") : "";
    }
}
