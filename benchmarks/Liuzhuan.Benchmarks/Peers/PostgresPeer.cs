using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>PostgreSQL in a cluster of its own: server-side COPY in and out, integer primary key, key computed while the request is copied in.</summary>
internal sealed partial class PostgresPeer : Peer
{
    private const string Done = "~done~";
    private const string User = "postgres";

    // A fast shutdown: sessions are ended and everything is written.
    private const int Interrupt = 2;

    private static readonly TimeSpan StopWithin = TimeSpan.FromMinutes(2);

    private static readonly bool Root = Environment.UserName == "root";

    private Process? _psql;
    private string _cluster = "";
    private int _backend;
    private int _server;

    public override string Name => "postgres";

    public override ProcessMemory Memory() => ProcessMemory.Of(_backend);

    public override (long All, long Hot) Stored(string folder) =>
        (long.Parse(Execute("SELECT pg_total_relation_size('person') + pg_total_relation_size('alias');"), CultureInfo.InvariantCulture), 0);

    public override IReadOnlyList<string> StoredFiles(string folder) => [Path.Combine(folder, "postgres")];

    public override void Build(string folder)
    {
        var cluster = StoredFiles(folder)[0];
        if (Directory.Exists(cluster)) Directory.Delete(cluster, recursive: true);
        Directory.CreateDirectory(cluster);
        if (Root) Shell.Run("chown", User, cluster);
        Command("initdb", "-D", cluster, "-A", "trust", "-U", User, "--no-sync", "--locale=C.UTF-8", "-E", "UTF8");
        Open(folder);
        var bigint = (string text) => $"CAST({text} AS bigint)";
        Execute($"CREATE FUNCTION number_key(n text) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$ SELECT CASE WHEN n ~ '^[0-9]{{17}}[0-9Xx]$' THEN {SqlText.Key("n", bigint)} END $$;");
        Execute("CREATE UNLOGGED TABLE loaded (id_number text, name text, sex int2, birth_date date, ethnicity text, division int, status text, household_number text, relation_to_head text, former_names text, superseded_by text);");
        Execute($"COPY loaded FROM '{Path.Combine(folder, "register.csv")}' (FORMAT csv, HEADER true);");
        Execute("CREATE UNLOGGED TABLE person AS SELECT number_key(id_number) AS key, division, sex, birth_date, name, ethnicity, status, household_number, relation_to_head, former_names, number_key(superseded_by) AS superseded_key FROM loaded; DROP TABLE loaded;");
        Execute("ALTER TABLE person ADD PRIMARY KEY (key); CREATE UNLOGGED TABLE alias AS SELECT key AS old_key, superseded_key AS new_key FROM person WHERE superseded_key IS NOT NULL;");
        Execute("ALTER TABLE alias ADD PRIMARY KEY (old_key); VACUUM (ANALYZE) person; ANALYZE alias; CHECKPOINT;");
    }

    public override void Open(string folder)
    {
        _cluster = StoredFiles(folder)[0];
        var shared = new FileInfo(Path.Combine(folder, "register.csv")).Length > 1L << 30 ? "4GB" : "1GB";
        Command("pg_ctl", "-D", _cluster, "-w", "-s", "-l", Path.Combine(_cluster, "log"), "-o",
            $"-c listen_addresses='' -k {_cluster} -c shared_buffers={shared} -c work_mem=1GB -c maintenance_work_mem=1GB -c random_page_cost=1.1 -c effective_cache_size=10GB -c fsync=off -c max_wal_size=8GB -c autovacuum=off -c jit=off", "start");
        _server = int.Parse(File.ReadLines(Path.Combine(_cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("psql", ["-h", _cluster, "-U", User, "-d", User, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _psql = Process.Start(start)!;
        _backend = int.Parse(Execute("SELECT pg_backend_pid();"), CultureInfo.InvariantCulture);
    }

    public override void Run(string request, string result)
    {
        // The server writes the result itself, as its own user.
        var written = Path.Combine(_cluster, "result.csv");
        var bigint = (string text) => $"CAST({text} AS bigint)";
        var answer = SqlText.Answer("asked", (text, pattern) => $"{text} ~ '{pattern}'", (value, list) => $"{value} = ANY (string_to_array({list}, '|'))", "ORDER BY seq");
        Execute(
            $$"""
            CREATE TEMP TABLE asked (seq int, name text, id_number text, division int,
              key bigint GENERATED ALWAYS AS (CASE WHEN id_number ~ '^[0-9]{17}[0-9Xx]$' THEN {{SqlText.Key("id_number", bigint)}} END) STORED);
            COPY asked (seq, name, id_number, division) FROM '{{request}}' (FORMAT csv, HEADER true, FORCE_NULL (name, id_number));
            ANALYZE asked;
            COPY ({{answer}}) TO '{{written}}' (FORMAT csv, HEADER true);
            DROP TABLE asked;
            """);
        File.Move(written, result, overwrite: true);
    }

    public override void Dispose()
    {
        _psql?.StandardInput.Close();
        _psql?.WaitForExit();
        _psql?.Dispose();
        if (_server > 0) Stop();
        base.Dispose();
    }

    /// <summary>The newest installed PostgreSQL's programs, or null.</summary>
    public static string? FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb"))) : null;

    // By its process id, so that it ends even when its folder was moved or deleted meanwhile.
    private void Stop()
    {
        var waited = Stopwatch.StartNew();
        _ = Kill(_server, Interrupt);
        while (Directory.Exists($"/proc/{_server}") && waited.Elapsed < StopWithin) Thread.Sleep(20);
        if (Directory.Exists($"/proc/{_server}")) throw new InvalidOperationException($"PostgreSQL (process {_server}) does not stop.");
        _server = 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private string Execute(string sql)
    {
        _psql!.StandardInput.Write($"{sql}\n\\echo {Done}\n");
        _psql.StandardInput.Flush();
        var answer = "";
        while (_psql.StandardOutput.ReadLine() is { } line)
        {
            if (line == Done) return answer;
            answer = line;
        }

        throw new InvalidOperationException("PostgreSQL refused a statement; its message is above.");
    }

    // The server refuses to run as root.
    private static void Command(string program, params string[] arguments)
    {
        var path = Path.Combine(FindPrograms()!, program);
        if (Root) Shell.Run("runuser", ["-u", User, "--", path, .. arguments]);
        else Shell.Run(path, arguments);
    }
}
