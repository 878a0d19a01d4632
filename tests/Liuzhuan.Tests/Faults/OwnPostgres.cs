using System.Diagnostics;
using Npgsql;

namespace Liuzhuan.Tests.Faults;

/// <summary>A PostgreSQL server of a test's own, without a port, that can be stopped as hard as a server can be and started again.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _programs, _folder;
    private Process? _server;

    private OwnPostgres(string programs, string folder) => (_programs, _folder) = (programs, folder);

    public string Connection => $"Host={_folder};Username=postgres;Database=postgres;Timeout=5";

    /// <summary>Null where PostgreSQL is not installed.</summary>
    public static async Task<OwnPostgres?> StartAsync()
    {
        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(programs => File.Exists(Path.Combine(programs, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault() : null;
        if (installed is null) return null;
        var own = new OwnPostgres(installed, Directory.CreateTempSubdirectory("liuzhuan-pg-").FullName);
        if (Environment.UserName == "root") await own.RunAsync("chown", "postgres", own._folder);
        await own.RunAsync("initdb", "-D", Path.Combine(own._folder, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        await own.StartAgainAsync();
        return own;
    }

    /// <summary>Starts it and waits until it takes connections; what it had not finished it recovers first.</summary>
    public async Task StartAgainAsync()
    {
        _server = Process.Start(Described("postgres", "-D", Path.Combine(_folder, "data"), "-k", _folder, "-c", "listen_addresses=", "-c", "shared_buffers=32MB", "-c", "max_connections=100"))!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
                await connection.OpenAsync(late.Token);
                return;
            }
            catch (NpgsqlException)
            {
                Assert.False(_server.HasExited);
                await Task.Delay(50, late.Token);
            }
        }
    }

    /// <summary>As <c>pg_ctl stop -m immediate</c>: without a word to anybody, without a checkpoint.</summary>
    public async Task StopHardAsync()
    {
        if (_server is null) return;
        using (var kill = Process.Start("kill", ["-QUIT", $"{_server.Id}"])) await kill.WaitForExitAsync();
        using var late = new CancellationTokenSource(Patience);
        await _server.WaitForExitAsync(late.Token);
        _server.Dispose();
        _server = null;
    }

    /// <summary>Cuts every connection to it.</summary>
    public async Task CutAsync()
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var cut = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()", connection);
        await cut.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopHardAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(program == "chown" ? Quiet(program, args) : Described(program, args))!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await said);
    }

    // The server refuses to run as root.
    private ProcessStartInfo Described(string program, params string[] args) => Environment.UserName == "root"
        ? Quiet("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(_programs, program), .. args])
        : Quiet(Path.Combine(_programs, program), args);

    private ProcessStartInfo Quiet(string program, string[] args) => new(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
}
