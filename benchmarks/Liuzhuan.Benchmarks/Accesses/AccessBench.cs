using System.Diagnostics;
using System.Text;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Accesses.Runs;
using Liuzhuan.Platform.Ledger.Accesses.Tidying;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Supervision.Contract;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liuzhuan.Benchmarks.Accesses;

/// <summary>Fills one database with accesses through the ledger, as the service does, and measures what that costs and how a person's list is read.</summary>
internal sealed class AccessBench : IAsyncDisposable
{
    private const int RowsOfBatch = 1_000_000, Writers = 64, PageSize = 50;

    private static readonly AccessEvent Court = new() { Agency = "示范市中级人民法院", Purpose = "执行", Provision = "民事诉讼法第二百五十三条", Fact = "identity" };

    private readonly TextWriter _output;
    private readonly PostgresServer? _server;
    private readonly string _folder;
    private readonly PseudonymKey _key = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private DataStore _store;

    public AccessBench(string provider, TextWriter output)
    {
        _output = output;
        _folder = Path.Combine(Places.Data, "accesses", provider);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        if (provider == "postgres") _server = new PostgresServer(_folder);
        _store = Open();
    }

    public async Task RunAsync(int batches)
    {
        await Migrator.MigrateAsync(_store, CancellationToken.None);
        await using (var ledger = new Ledger(_store, SigningSuites.Ed25519.Load(SigningSuites.Ed25519.NewPrivateKey()), new LedgerOptions(), TimeProvider.System, NullLogger<Ledger>.Instance))
        {
            var recorder = new AccessRecorder(_store, _key, TimeProvider.System);
            var accesses = await FillAsync(ledger, recorder, batches);
            await WatchAsync(batches);
            await SizesAsync(accesses);
            await QuestionsAsync(ledger, recorder);
        }

        await ListsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _server?.Dispose();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static TimeSpan Used => Process.GetCurrentProcess().TotalProcessorTime;

    private DataStore Open() => new(_server is null ? new DataOptions() : new DataOptions { Provider = "postgres", Connection = _server.Connection }, _folder);

    private async Task<long> FillAsync(Ledger ledger, AccessRecorder recorder, int batches)
    {
        var tidying = new AccessTidying(_store, TimeProvider.System);
        var (pseudonyms, packing, putting, entry) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (merging, cpu) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < batches; i++)
        {
            var people = AccessPopulation.Batch(i, RowsOfBatch);
            var start = Used;
            using var partitions = _key.Partitions(people, threads: 1);
            var one = Used;
            Pack(partitions, people.Length);
            pseudonyms.Add((one - start).TotalMilliseconds);
            packing.Add((Used - one).TotalMilliseconds);

            var watch = Stopwatch.StartNew();
            var companion = await recorder.ForBatchAsync(Court, people, CancellationToken.None);
            putting.Add(watch.Elapsed.TotalMilliseconds);
            watch.Restart();
            await ledger.AppendAsync(new NewEntry("batch", "agency/demo", Detail(i)) { Companions = [companion] }, CancellationToken.None);
            entry.Add(watch.Elapsed.TotalMilliseconds);

            var before = Used;
            watch.Restart();
            while (await tidying.RunOnceAsync(CancellationToken.None)) { }
            merging += watch.Elapsed;
            cpu += Used - before;
        }

        var rows = (double)batches * RowsOfBatch;
        _output.WriteLine($"| a batch, nanoseconds of processor time per row: pseudonyms, sorting and packing | {Series.Median(pseudonyms):F0}, {Series.Median(packing):F0} |");
        _output.WriteLine($"| a batch, nanoseconds per row from its numbers to the run in the database | {Series.Median(putting):F0} |");
        _output.WriteLine($"| a batch's ledger entry with which the run comes into use, milliseconds, commit included | {Series.Median(entry):F1} |");
        _output.WriteLine($"| merging, nanoseconds per access recorded: elapsed, our processor time | {merging.TotalNanoseconds / rows:F0}, {cpu.TotalNanoseconds / rows:F0} |");
        return (long)rows;
    }

    private static void Pack(PseudonymPartitions partitions, int people)
    {
        var (writer, order, gathered) = (new RunWriter(0, 0, people), new PseudonymOrder(), Array.Empty<Pseudonym>());
        for (var i = 0; i < partitions.Count; i++) writer.AddOnce(partitions.Sorted(i, order, ref gathered));
        writer.Finish();
    }

    // What supervision adds to an officer's file: nobody is on a list, then a thousand are.
    private async Task WatchAsync(int batches)
    {
        var officer = new WatchedOfficer("officer/demo", "220102010000", "220102");
        var (without, with) = (new List<double>(), new List<double>());
        foreach (var perRow in new[] { without, with })
        {
            var recorder = new WatchRecorder(new WatchLists(_store, TimeProvider.System), _key);
            for (var i = 0; i < Math.Max(batches, 5); i++)
            {
                var people = AccessPopulation.Batch(i, RowsOfBatch);
                var start = Stopwatch.GetTimestamp();
                await recorder.ForFileAsync(officer, "household-registration", people, RowsOfBatch, 0, CancellationToken.None);
                perRow.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / RowsOfBatch);
            }

            await using var connection = await _store.OpenAsync(CancellationToken.None);
            foreach (var person in Enumerable.Range(0, 1000).Select(number => _key.Of(new PersonKey(PersonKey.CitizenNumberKind, AccessPopulation.Number(number)))))
            {
                await connection.ExecuteAsync(null, "insert into watch_people (list, officer, key_id, high, low, added_at, added_by) values ('protected', '', @key, @high, @low, @now, 'bench') on conflict do nothing", CancellationToken.None,
                    ("key", _key.Id), ("high", person.StoredHigh), ("low", (int)person.Low), ("now", TimeProvider.System.GetUtcNow()));
            }
        }

        _output.WriteLine($"| what supervision adds to an officer's batch, nanoseconds per row: nobody on a list, a thousand people | {Series.Median(without):F2}, {Series.Median(with):F0} |");
    }

    private async Task SizesAsync(long accesses)
    {
        await using var connection = await _store.OpenAsync(CancellationToken.None);
        async Task<double> Number(string sql) => Convert.ToDouble(await connection.ScalarAsync(null, sql, CancellationToken.None));
        var content = await Number("select sum(length(b.content)) from access_blocks b join access_runs r on r.id = b.run_id and r.state = 1");
        if (_server is null) await connection.ExecuteAsync(null, "vacuum", CancellationToken.None);
        else await connection.ExecuteAsync(null, "vacuum full access_blocks", CancellationToken.None);
        var disk = await Number(_server is null ? "select (page_count - freelist_count) * page_size from pragma_page_count(), pragma_freelist_count(), pragma_page_size()" : "select pg_total_relation_size('access_blocks') + pg_total_relation_size('access_runs') + pg_total_relation_size('access_events')");
        _output.WriteLine($"| bytes per access: packed, on disk with keys and indexes | {content / accesses:F2}, {disk / accesses:F2} |");
        _output.WriteLine($"| runs at the end | {await Number("select count(*) from access_runs where state = 1"):F0} |");
    }

    // What recording adds to a question: the same entries, with and without.
    private async Task QuestionsAsync(Ledger ledger, AccessRecorder recorder)
    {
        const int questions = 20_000, rounds = 5;
        var (without, with) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds * 2; round++)
        {
            var (recorded, next) = (round % 2 == 1, round * questions);
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
            {
                for (var i = Interlocked.Increment(ref next); i <= (round + 1) * questions; i = Interlocked.Increment(ref next))
                {
                    Companion[] companions = recorded ? [recorder.For(Court, new PersonKey(PersonKey.CitizenNumberKind, AccessPopulation.Number(i)))] : [];
                    await ledger.AppendAsync(new NewEntry("question", "agency/demo", Detail(i)) { Companions = companions }, CancellationToken.None);
                }
            })));
            (recorded ? with : without).Add(watch.Elapsed.TotalMicroseconds / questions);
        }

        _output.WriteLine($"| a question's ledger entry, microseconds at {Writers} writers: alone, with its access | {Series.Median(without):F0}, {Series.Median(with):F0} |");
        var watchSweep = Stopwatch.StartNew();
        var tidying = new AccessTidying(_store, TimeProvider.System);
        while (await tidying.RunOnceAsync(CancellationToken.None)) { }
        _output.WriteLine($"| taking {questions * rounds:N0} single accesses into runs, nanoseconds each | {watchSweep.Elapsed.TotalNanoseconds / (questions * rounds):F0} |");
    }

    private async Task ListsAsync()
    {
        var random = new Random(1);
        var (warm, found) = (new List<double>(), 0L);
        for (var i = 0; i < 3000; i++)
        {
            var (elapsed, items) = await ReadAsync(random);
            if (i < 1000) continue;
            warm.Add(elapsed);
            found += items;
        }

        var cold = new List<double>();
        for (var i = 0; i < (_server is null ? 100 : 30); i++)
        {
            await _store.DisposeAsync();
            _server?.Stop();
            PageCache.Forget(_server?.Data ?? Path.Combine(_folder, "liuzhuan.db"));
            _server?.Start();
            _store = Open();
            // A service that runs has its connections; only the data is cold.
            await using (var connection = await _store.OpenAsync(CancellationToken.None)) await connection.ScalarAsync(null, "select 1", CancellationToken.None);
            cold.Add((await ReadAsync(random)).Milliseconds);
        }

        _output.WriteLine($"| a person's list, milliseconds, everything in memory: p50, p99 | {At(warm, 0.5):F2}, {At(warm, 0.99):F2} |");
        _output.WriteLine($"| the same, nothing in memory: p50, p99 | {At(cold, 0.5):F1}, {At(cold, 0.99):F1} |");
        _output.WriteLine($"| accesses in a list, mean | {(double)found / warm.Count:F1} |");
    }

    private async Task<(double Milliseconds, int Items)> ReadAsync(Random random)
    {
        var history = new AccessHistory(_store, [_key]);
        var person = new PersonKey(PersonKey.CitizenNumberKind, AccessPopulation.Number(random.Next(AccessPopulation.People)));
        var watch = Stopwatch.StartNew();
        var page = await history.ReadAsync([person], TimeProvider.System.GetUtcNow(), PageSize, null, CancellationToken.None);
        return (watch.Elapsed.TotalMilliseconds, page.Items.Count);
    }

    private static double At(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));

    private static byte[] Detail(int number) => Encoding.UTF8.GetBytes($"{{\"number\":{number}}}");
}
