using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Signing.Tokens;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>Many connections that each send a signed question, wait for the answer, and send the next. Signatures are made before the clock runs: clients make theirs on machines of their own.</summary>
internal sealed class SignedLoad(Uri address, SigningKey key, string token)
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray(), LengthField = "Content-Length: "u8.ToArray();

    private static readonly HttpClient Http = new();

    private int _asked;

    public static async Task<SignedLoad> ConnectAsync(Uri address, SigningKey key)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"), new("client_assertion_type", ClientAssertions.Type),
            new("client_assertion", ClientAssertions.Write(key, HttpHost.Client, new Uri(address, "/oauth/token").ToString(), TimeProvider.System.GetUtcNow()))]);
        using var response = await http.PostAsync(new Uri(address, "/oauth/token"), form);
        response.EnsureSuccessStatusCode();
        return new SignedLoad(address, key, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!);
    }

    /// <summary>Signed requests for each connection.</summary>
    public async Task<byte[][][]> PrepareAsync(string path, int connections, int requests)
    {
        var prepared = new byte[connections][][];
        for (var i = 0; i < connections; i++)
        {
            prepared[i] = new byte[requests / connections][];
            for (var r = 0; r < prepared[i].Length; r++) prepared[i][r] = await QuestionAsync(path);
        }

        return prepared;
    }

    /// <summary>Answers per second and latencies of one run.</summary>
    public async Task<LoadResult> RunAsync(byte[][][] prepared)
    {
        var each = prepared[0].Length;
        var latencies = new double[prepared.Length * each];
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, prepared.Length).Select(i => Task.Run(() => DriveAsync(prepared[i], latencies.AsMemory(i * each, each)))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(latencies);
        return new LoadResult(latencies.Length / seconds, latencies[latencies.Length / 2], latencies[(int)(latencies.Length * 0.99)]);
    }

    /// <summary>One signed request beside the measured ones.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? contentType, params (string Name, string Value)[] fields)
    {
        using var request = await SignedAsync(method, path, body, contentType, fields);
        return await Http.SendAsync(request);
    }

    /// <summary>Single questions one after another at a steady pace, until <paramref name="until"/> is done or the requests are used up; latencies in milliseconds, sorted.</summary>
    public async Task<double[]> PaceAsync(string path, int perSecond, int requests, Task until)
    {
        var latencies = new List<double>();
        using var socket = await OpenAsync();
        var buffer = new byte[16 << 10];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        while (latencies.Count < requests && !until.IsCompleted)
        {
            var question = await QuestionAsync(path);
            await timer.WaitForNextTickAsync();
            var sent = Stopwatch.GetTimestamp();
            await AskAsync(socket, question, buffer);
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return [.. latencies.Order()];
    }

    private async Task DriveAsync(byte[][] requests, Memory<double> latencies)
    {
        using var socket = await OpenAsync();
        var buffer = new byte[16 << 10];
        for (var i = 0; i < requests.Length; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            await AskAsync(socket, requests[i], buffer);
            latencies.Span[i] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        }
    }

    private async Task<Socket> OpenAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return socket;
    }

    private static async Task AskAsync(Socket socket, byte[] request, byte[] buffer)
    {
        await socket.SendAsync(request);
        var (read, whole) = (0, int.MaxValue);
        while (read < whole)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (received == 0) throw new InvalidOperationException("The service closed the connection.");
            read += received;
            if (whole == int.MaxValue) whole = Whole(buffer.AsSpan(0, read));
        }

        if (!buffer.AsSpan(0, 12).SequenceEqual("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, read));
    }

    // Length of head and body once the head is there.
    private static int Whole(ReadOnlySpan<byte> response)
    {
        var end = response.IndexOf(HeadEnd);
        if (end < 0) return int.MaxValue;
        var field = response[(response.IndexOf(LengthField) + LengthField.Length)..];
        return end + HeadEnd.Length + int.Parse(field[..field.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }

    private async Task<byte[]> QuestionAsync(string path)
    {
        var person = HttpHost.Population[_asked++ % HttpHost.People];
        var name = _asked % 20 == 0 ? person.Name + "甲" : person.Name;
        using var request = await SignedAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(new
        {
            purpose = HttpHost.Purpose, person = new { number = person.Number, name }, facts = new[] { new { fact = "identity", values = new { sex = person.Male ? "男" : "女" } } },
        }), "application/json");
        var body = await request.Content!.ReadAsByteArrayAsync();
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n");
        foreach (var (field, values) in request.Headers.NonValidated.Concat(request.Content.Headers.NonValidated)) head.Append(CultureInfo.InvariantCulture, $"{field}: {values}\r\n");
        if (!head.ToString().Contains("Content-Length", StringComparison.Ordinal)) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private async Task<HttpRequestMessage> SignedAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, string? contentType, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = body is { } content ? new ReadOnlyMemoryContent(content) : null };
        if (request.Content is { } sent) sent.Headers.ContentType = new MediaTypeHeaderValue(contentType ?? "application/json");
        foreach (var (name, value) in fields) request.Headers.Add(name, value);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await RequestSigner.SignAsync(request, key, TimeProvider.System.GetUtcNow(), default);
        return request;
    }
}

/// <summary>One run: answers per second, median and 99th percentile in milliseconds.</summary>
internal sealed record LoadResult(double PerSecond, double Median, double P99);
