namespace Liuzhuan.Benchmarks.Http;

/// <summary>A service on a database of its own, and the load that knows its key.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    private readonly PostgresServer? _server;

    private MeasuredService(string provider, PostgresServer? server, HttpProcess process, SignedLoad load) => (Provider, _server, Process, Load) = (provider, server, process, load);

    public string Provider { get; }

    public HttpProcess Process { get; }

    public SignedLoad Load { get; }

    public static async Task<MeasuredService> StartAsync(string provider)
    {
        var folder = Path.Combine(Places.Data, "http", provider);
        Directory.CreateDirectory(folder);
        foreach (var old in new[] { "liuzhuan.db", "liuzhuan.db-wal", "liuzhuan.db-shm" }) File.Delete(Path.Combine(folder, old));
        var server = provider == "postgres" ? new PostgresServer(Path.Combine(Path.GetTempPath(), $"liuzhuan-bench-http-{Environment.ProcessId}")) : null;
        var process = new HttpProcess(provider, folder, server?.Connection);
        return new MeasuredService(provider, server, process, await SignedLoad.ConnectAsync(process.Address, HttpHost.KeyIn(folder)));
    }

    public ValueTask DisposeAsync()
    {
        Process.Dispose();
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
