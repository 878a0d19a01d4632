using System.Diagnostics;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>The service in a process of its own.</summary>
internal sealed class HttpProcess : IDisposable
{
    private readonly Process _process;

    public HttpProcess(string provider, string folder, string? connection)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], "http-host", provider, folder, .. connection is null ? Array.Empty<string>() : [connection]])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        // As the published program runs.
        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = Process.Start(start) ?? throw new InvalidOperationException("The service did not start.");
        Address = new Uri(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The service ended."));
    }

    public Uri Address { get; }

    /// <summary>What the service has used of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public int Id => _process.Id;

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(20_000)) _process.Kill();
        _process.Dispose();
    }
}
