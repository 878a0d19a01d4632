using System.Text.Json;
using Liuzhuan.Platform.Notices.Channels;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>Speaks with the provider over HTTP within bounds: no redirects, no cookies, a limited time and size, JSON objects only.</summary>
internal sealed class ProviderCalls(ProviderOptions options) : IDisposable
{
    private const int MostAnswer = 256 << 10, MostDepth = 16;

    // Names that stand twice are refused: no two readers may see two documents in one text.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };

    private readonly HttpClient _http = new(SignedPost.Handler(options.Timeout)) { Timeout = options.Timeout, MaxResponseContentBufferSize = MostAnswer };

    /// <summary>What is at an address; null when the provider is away, or says anything but a JSON object.</summary>
    public async Task<JsonElement?> GetAsync(string address, CancellationToken stop, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
        return await SendAsync(request, stop) is (StatusCodes.Status200OK, { } answer) ? answer : null;
    }

    /// <summary>The status of an answer and the JSON object in it, if there is one; null when the provider is away.</summary>
    public async Task<(int Status, JsonElement? Json)?> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("Liuzhuan");
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, stop);
            return ((int)response.StatusCode, Read(await response.Content.ReadAsByteArrayAsync(stop)));
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && fault is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static JsonElement? Read(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>How members of a stranger's JSON are read.</summary>
internal static class StrangersJson
{
    private const int LongestText = 2048;

    /// <summary>A member that is a text of ordinary length; null when it is anything else.</summary>
    public static string? Text(this JsonElement owner, string name)
    {
        try
        {
            return owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: no text.
            return null;
        }
    }
}
