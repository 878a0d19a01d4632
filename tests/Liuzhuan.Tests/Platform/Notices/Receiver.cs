using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Liuzhuan.Tests.Platform.Notices;

/// <summary>A gateway or webhook on this machine that takes requests byte by byte and answers whatever a test wants, right or wrong.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _listening;

    public Receiver()
    {
        _listener.Start();
        _listening = ListenAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/messages?from=test");

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>The bytes of the answer to a request; null for none at all.</summary>
    public Func<Received, string?> Answer { get; set; } = Accepted;

    public static string? Accepted(Received received) => Reply(202, $$"""{"id":"{{received.Id}}"}""");

    public static string Reply(int status, string body, string header = "") => $"HTTP/1.1 {status} Some\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{header}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _listening;
        _ended.Dispose();
    }

    private async Task ListenAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadAsync(stream) is not { } received) return;
                All.Enqueue(received);
                if (Answer(received) is { } answer) await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _ended.Token);
                else await Task.Delay(Timeout.Infinite, _ended.Token);
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // The sender went away, or the test ended.
            }
        }
    }

    private async Task<Received?> ReadAsync(NetworkStream stream)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var head = Encoding.UTF8.GetString(bytes.ToArray());
            var end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var lines = head[..end].Split("\r\n");
                var fields = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
                var length = int.Parse(fields.GetValueOrDefault("Content-Length", "0"));
                if (bytes.Length >= end + 4 + length) return new Received(lines[0], fields, bytes.ToArray()[(end + 4)..(end + 4 + length)]);
            }

            var read = await stream.ReadAsync(buffer, _ended.Token);
            if (read == 0) return null;
            bytes.Write(buffer, 0, read);
        }
    }
}

/// <summary>A request as it came over the wire.</summary>
internal sealed record Received(string Line, IReadOnlyDictionary<string, string> Fields, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Id => Json.GetProperty("id").GetString()!;
}
