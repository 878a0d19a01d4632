using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Liuzhuan.Tests.Platform.Ledger.Writing;

/// <summary>A wire to PostgreSQL that breaks at the worst instant: the server has committed, and its answer to the commit is lost.</summary>
internal sealed class BreakingWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private int _armed;

    public BreakingWire(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        _server = parts.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{parts.Host}/.s.PGSQL.{parts.Port}") : new DnsEndPoint(parts.Host, parts.Port);
        _listener.Start();
        (parts.Host, parts.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        Connection = parts.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The connection string over this wire.</summary>
    public string Connection { get; }

    /// <summary>Answers to commits that were lost so far.</summary>
    public int Lost { get; private set; }

    /// <summary>The answer to the next commit is lost.</summary>
    public void LoseNextCommit() => Interlocked.Exchange(ref _armed, 1);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(CarryAsync(await _listener.AcceptSocketAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(_server is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, _end.Token);
                var replies = CopyAsync(server, client, isRequest: false);
                await CopyAsync(client, server, isRequest: true);
                client.Close();
                server.Close();
                await replies;
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One of the two has gone.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isRequest)
    {
        var buffer = new byte[1 << 16];
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var length)
        {
            var isLost = isRequest && buffer.AsSpan(0, length).IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Exchange(ref _armed, 0) == 1;
            if (isLost) from.Close();
            await to.SendAsync(buffer.AsMemory(0, length), _end.Token);
            if (!isLost) continue;
            // The server goes on with what it was sent; only nobody hears of it.
            Lost++;
            await Task.Delay(100, _end.Token);
            return;
        }
    }
}
