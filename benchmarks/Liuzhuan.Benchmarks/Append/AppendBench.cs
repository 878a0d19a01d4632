using System.Data.Common;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Checking;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Signing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Benchmarks.Append;

/// <summary>One database, and the ways of making entries durable on it.</summary>
internal sealed class AppendBench : IAsyncDisposable
{
    public const int Writers = 64;

    public const string Shared = "ledger, shared commits", Single = "ledger, a commit for each entry", Plain = "plain rows without hashes, a commit for each";

    public static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    // What a question's entry looks like.
    private static readonly byte[] Detail = Encoding.ASCII.GetBytes($"{{\"purpose\":\"school-enrolment\",\"facts\":[{{\"fact\":\"identity\",\"grant\":7,\"register\":\"{new string('a', 64)}\"}}],\"question\":\"{new string('b', 64)}\",\"answer\":\"{new string('c', 64)}\"}}");

    private readonly PostgresServer? _server;
    private readonly DataStore _store;
    private readonly SigningKey _key = SigningSuites.Ed25519.Load(SigningSuites.Ed25519.NewPrivateKey());
    private readonly HashSet<string> _commits = [];
    private long _sharedEntries;

    public AppendBench(string provider)
    {
        var folder = Path.Combine(Places.Data, "ledger");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        if (provider == "postgres") _server = new PostgresServer(Path.Combine(Places.Data, "ledger-postgres"));
        _store = new DataStore(new DataOptions { Provider = provider, Connection = _server?.Connection ?? "" }, folder);
    }

    public double EntriesPerCommit => (double)_sharedEntries / _commits.Count;

    public long Entries { get; private set; }

    public async Task<Dictionary<string, List<double>>> RunAsync(int rounds)
    {
        await Migrator.MigrateAsync(_store, CancellationToken.None);
        await using (var connection = await _store.OpenAsync(CancellationToken.None)) await connection.ExecuteAsync(null, _store.Dialect.Translate("create table plain_rows (id {uuid} primary key, leaf {bytes} not null)"), CancellationToken.None);
        var measured = new Dictionary<string, List<double>> { [Shared] = [], [Single] = [], [Plain] = [] };
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (way, speeds) in measured)
            {
                var speed = way == Plain ? await PlainAsync() : await LedgerAsync(way == Shared);
                // The first round warms up.
                if (round >= 0) speeds.Add(speed);
            }
        }

        return measured;
    }

    public async Task<double> CheckAsync()
    {
        await using var source = new DatabaseSource(_store);
        var note = await source.CheckpointAsync(CancellationToken.None);
        if (!Checkpoint.Open(note, NoteKey.Of(new LedgerOptions().Origin, _key)).Ok(out var checkpoint, out var refusal)) throw new InvalidOperationException(refusal.English);
        var report = await new LogCheck(source, [("own", checkpoint)], TimeProvider.System).RunAsync(null, CancellationToken.None);
        return report.Damaged == 0 ? report.Entries / report.Elapsed.TotalSeconds : throw new InvalidOperationException("The log that was measured is not sound.");
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _server?.Dispose();
    }

    private async Task<double> LedgerAsync(bool shared)
    {
        await using var ledger = new Ledger(_store, _key, new LedgerOptions { MostInGroup = shared ? 1000 : 1 }, TimeProvider.System, NullLogger<Ledger>.Instance);
        var entry = new NewEntry("question", "agency/000000000000000000/bench", Detail);
        await ledger.AppendAsync(entry, CancellationToken.None);
        var speed = await MeasureAsync(async _ =>
        {
            var receipt = await ledger.AppendAsync(entry, CancellationToken.None);
            if (!shared) return;
            lock (_commits)
            {
                _commits.Add(receipt!.Checkpoint);
                _sharedEntries++;
            }
        });
        Entries = (await ledger.Log.HeadAsync(CancellationToken.None)).Size;
        return speed;
    }

    // SQLite has one writer at a time anyway; PostgreSQL shares the flushes of its connections by itself.
    private async Task<double> PlainAsync()
    {
        var connections = new DbConnection[_store.IsShared ? Writers : 1];
        for (var i = 0; i < connections.Length; i++) connections[i] = await _store.OpenAsync(CancellationToken.None);
        using var turn = new SemaphoreSlim(1);
        var speed = await MeasureAsync(async writer =>
        {
            if (!_store.IsShared) await turn.WaitAsync();
            try
            {
                await connections[writer % connections.Length].ExecuteAsync(null, "insert into plain_rows (id, leaf) values (@id, @leaf)", CancellationToken.None, ("id", Guid.CreateVersion7(TimeProvider.System.GetUtcNow())), ("leaf", Detail));
            }
            finally
            {
                if (!_store.IsShared) turn.Release();
            }
        });
        foreach (var connection in connections) await connection.DisposeAsync();
        return speed;
    }

    private static async Task<double> MeasureAsync(Func<int, Task> append)
    {
        var (clock, count) = (TimeProvider.System, 0L);
        var began = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            while (clock.GetElapsedTime(began) < Length)
            {
                await append(writer);
                Interlocked.Increment(ref count);
            }
        })));
        return count / clock.GetElapsedTime(began).TotalSeconds;
    }
}
