using System.Globalization;
using System.Runtime.InteropServices;

namespace Liuzhuan.Benchmarks;

/// <summary>A PostgreSQL server of our own with a database that keeps what it acknowledged: commits wait for the disk. Reached by a socket in its folder.</summary>
internal sealed partial class PostgresServer : IDisposable
{
    private const string User = "postgres";

    // A fast shutdown: sessions are ended and everything is written.
    private const int Interrupt = 2;

    private static readonly bool Root = Environment.UserName == "root";

    private readonly string _folder;
    private int _process;

    /// <param name="folder">Made anew.</param>
    public PostgresServer(string folder)
    {
        _folder = folder;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        if (Root) Shell.Run("chown", User, folder);
        Command("initdb", "-D", Data, "-A", "trust", "-U", User, "--locale=C.UTF-8", "-E", "UTF8");
        Start();
    }

    public string Connection => $"Host={_folder};Username={User};Database={User};Maximum Pool Size=90";

    /// <summary>The cluster's files.</summary>
    public string Data => Path.Combine(_folder, "data");

    /// <summary>True where PostgreSQL is installed.</summary>
    public static bool IsInstalled => Peers.PostgresPeer.FindPrograms() is not null;

    public void Start()
    {
        Command("pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(_folder, "log"), "-o", $"-c listen_addresses='' -k {_folder} -c shared_buffers=512MB -c max_wal_size=4GB -c random_page_cost=1.1 -c effective_cache_size=8GB", "start");
        _process = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
    }

    // By its process id, so that it ends even when its folder was moved or deleted meanwhile.
    public void Stop()
    {
        if (_process == 0) return;
        _ = Kill(_process, Interrupt);
        while (Directory.Exists($"/proc/{_process}")) Thread.Sleep(20);
        _process = 0;
    }

    public void Dispose() => Stop();

    private static void Command(string program, params string[] arguments)
    {
        var path = Path.Combine(Peers.PostgresPeer.FindPrograms() ?? throw new InvalidOperationException("PostgreSQL is not installed."), program);
        if (Root) Shell.Run("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", path, .. arguments]);
        else Shell.Run(path, arguments);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
