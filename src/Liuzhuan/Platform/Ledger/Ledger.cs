using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Ledger.Writing;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Telemetry;

namespace Liuzhuan.Platform.Ledger;

/// <summary>
/// The append-only log of every access and decision. No trace, no answer: what is to be answered waits for <see cref="AppendAsync(NewEntry, CancellationToken)"/>.
/// Entries that arrive while a commit is under way share the next one, but for a command's. One for each process; several processes and hosts may write one log.
/// </summary>
internal sealed partial class Ledger : IAsyncDisposable, IDisposable
{
    private const int HeaviestGroup = 4 << 20;

    private readonly Channel<Pending>? _waiting;
    private readonly LedgerWriter _writer;
    private readonly LedgerOptions _options;
    private readonly SigningKey _key;
    private readonly ILogger<Ledger> _log;
    private readonly Task _loop = Task.CompletedTask;
    private readonly TimeProvider _clock;
    private readonly bool _isAlone;
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isClosed;
    private long _writingSince;
    private LedgerBrokenException? _broken;

    /// <param name="isAlone">True in a command, which has nobody else's entries: it writes them where it makes them, without a queue, and without spans and counts that nobody asks for. To make all that ready would take it longer than its entry.</param>
    public Ledger(DataStore store, SigningKey key, LedgerOptions options, TimeProvider clock, ILogger<Ledger> log, bool isAlone = false)
    {
        (_options, _key, _log, _clock, _isAlone) = (options, key, log, clock, isAlone);
        (Key, Log) = (NoteKey.Of(options.Origin, key), new LedgerLog(store));
        _writer = new LedgerWriter(store, key, options, clock, log);
        if (!isAlone) (_waiting, _loop) = Queue(store.IsShared);
    }

    /// <summary>The public key that checks the checkpoints, as notes name it.</summary>
    public NoteKey Key { get; }

    /// <summary>The log as it can be read: entries, tiles, proofs.</summary>
    public LedgerLog Log { get; }

    /// <summary>True when somebody changed the log from outside: nothing more is written.</summary>
    public bool IsBroken => _broken is not null;

    /// <summary>True when the last entries could not be written.</summary>
    public bool IsAway => _writer.IsAway;

    /// <summary>How long the commit under way has taken so far; zero when there is none.</summary>
    public TimeSpan Writing => Volatile.Read(ref _writingSince) is not 0 and var since ? _clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Entries that wait for their commit.</summary>
    public int Waiting => _waiting?.Reader.Count ?? 0;

    /// <summary>Logs one entry. Completes when it is durable; null when one of its companions refused it, and nothing was logged.</summary>
    /// <exception cref="ArgumentException">The entry is not one that can be logged.</exception>
    /// <exception cref="LedgerUnavailableException">It was not acknowledged: the database is away, or this process is ending.</exception>
    /// <exception cref="LedgerBrokenException">The log was changed from outside.</exception>
    public async Task<LedgerReceipt?> AppendAsync(NewEntry entry, CancellationToken stop)
    {
        using var span = Begin("ledger append");
        var pending = new Pending(entry);
        await EnqueueAsync([pending], stop);
        return await pending.DoneAsync(stop);
    }

    /// <summary>As <see cref="AppendAsync(NewEntry, CancellationToken)"/>, and waits for it: each method that lets go of its thread has its own code compiled when a command runs.</summary>
    public LedgerReceipt? Append(NewEntry entry)
    {
        using var span = Begin("ledger append");
        var pending = new Pending(entry);
        EnqueueAsync([pending], CancellationToken.None).GetAwaiter().GetResult();
        return pending.Done();
    }

    /// <summary>Does all of an entry but the commit, so that the one that counts finds code and pages ready; nothing where the log is not begun yet. For a ledger that is alone.</summary>
    public void Rehearse(NewEntry entry)
    {
        _turn.Wait();
        try
        {
            if (Log.HeadAsync(CancellationToken.None).GetAwaiter().GetResult().Size == 0) return;
            _writer.RehearseAsync(new Pending(entry with { Companions = [.. entry.Companions, new Companion(new NeverWritten(), entry)] })).GetAwaiter().GetResult();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Logs many entries, each for itself: as <see cref="AppendAsync(NewEntry, CancellationToken)"/> for each, in their order, sharing commits.</summary>
    public async Task<IReadOnlyList<LedgerReceipt?>> AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken stop)
    {
        var pending = entries.Select(entry => new Pending(entry)).ToArray();
        await EnqueueAsync(pending, stop);
        return await Task.WhenAll(pending.Select(one => one.DoneAsync(stop)));
    }

    /// <summary>The receipt of an entry against the log of <paramref name="size"/> entries (now, when null); null when that log has no such entry.</summary>
    public async Task<LedgerReceipt?> ReceiptAsync(long position, long? size, CancellationToken stop)
    {
        var head = await Log.HeadAsync(stop);
        var asked = size ?? head.Size;
        if (position < 0 || position >= asked || asked > head.Size || await Log.EntryAsync(position, stop) is not { } entry) return null;
        var path = await Log.InclusionAsync(position, asked, stop);
        // Nothing in a checkpoint depends on when it is signed, so an older one is made again byte for byte.
        var note = asked == head.Size ? head.Note : SignedNote.Sign(new Checkpoint(_options.Origin, asked, await Log.RootAsync(asked, stop)).Text, Key, _key);
        return new LedgerReceipt(position, entry.At, entry.Leaf, LedgerGroup.Bytes(path), note);
    }

    /// <summary>Writes what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting?.Writer.TryComplete();
        await _loop;
        await _turn.WaitAsync();
        _isClosed = true;
        await _writer.DisposeAsync();
        _turn.Release();
    }

    /// <summary>As <see cref="DisposeAsync"/>, and waits for it.</summary>
    public void Dispose()
    {
        _waiting?.Writer.TryComplete();
        _loop.GetAwaiter().GetResult();
        _turn.Wait();
        _isClosed = true;
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _turn.Release();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (Channel<Pending> Waiting, Task Loop) Queue(bool isShared)
    {
        var waiting = Channel.CreateBounded<Pending>(new BoundedChannelOptions(_options.MostWaiting) { SingleReader = true });
        // SQLite's driver blocks: a worker of the pool must not wait for the disk with it. Where the database is a message away there is nothing to block.
        var loop = isShared ? Task.Run(() => RunAsync(waiting.Reader)) : Task.Factory.StartNew(() => Run(waiting.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return (waiting, loop);
    }

    private static LedgerUnavailableException Closing => new("The ledger is closing.");

    private Span? Begin(string name) => _isAlone ? null : Traced(name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span Traced(string name) => new(Traces.Start(name));

    // Commits serve many requests: none of them, such as the one that first needed the ledger, is the parent of their spans.
    private static void Forget() => Activity.Current = null;

    private async Task EnqueueAsync(Pending[] pending, CancellationToken stop)
    {
        if (_waiting is null)
        {
            await WriteHereAsync(pending, stop);
            return;
        }

        try
        {
            foreach (var one in pending) await _waiting.Writer.WriteAsync(one, stop);
        }
        catch (ChannelClosedException)
        {
            throw Closing;
        }
    }

    private async Task WriteHereAsync(Pending[] pending, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (_isClosed) throw Closing;
            for (var from = 0; from < pending.Length;)
            {
                stop.ThrowIfCancellationRequested();
                var (to, weight) = (from, 0);
                while (to < pending.Length && to - from < _options.MostInGroup && weight < HeaviestGroup) weight += pending[to++].Weight;
                await WriteAsync(pending[from..to]);
                from = to;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunAsync(ChannelReader<Pending> waiting)
    {
        Forget();
        while (await waiting.WaitToReadAsync())
        {
            if (Take(waiting) is { Length: > 0 } group) await WriteAsync(group);
        }
    }

    private void Run(ChannelReader<Pending> waiting)
    {
        Forget();
        while (waiting.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (Take(waiting) is { Length: > 0 } group) WriteAsync(group).GetAwaiter().GetResult();
        }
    }

    private Pending[] Take(ChannelReader<Pending> waiting)
    {
        var (group, weight) = (new List<Pending>(), 0);
        while (group.Count < _options.MostInGroup && weight < HeaviestGroup && waiting.TryRead(out var pending))
        {
            if (pending.IsAbandoned) continue;
            group.Add(pending);
            weight += pending.Weight;
        }

        return [.. group];
    }

    private async Task WriteAsync(Pending[] group)
    {
        using var span = Begin("ledger commit")?.Of(group.Length);
        var begun = _clock.GetTimestamp();
        Volatile.Write(ref _writingSince, begun);
        try
        {
            if (_broken is null) await _writer.WriteAsync(group);
            if (!_isAlone) Meters.Committed(group.Length, _clock.GetElapsedTime(begun));
        }
        catch (LedgerBrokenException fault)
        {
            _broken = fault;
            Broken(fault);
        }
        finally
        {
            Volatile.Write(ref _writingSince, 0);
        }

        if (_broken is null) return;
        foreach (var pending in group) pending.Fail(_broken);
    }

    [LoggerMessage(LogLevel.Critical, "The ledger was changed from outside; nothing is answered until an operator has looked at it")]
    private partial void Broken(Exception fault);

    // The name of the library's type stays out of what a command runs through.
    private sealed class Span(Activity? activity) : IDisposable
    {
        public Span Of(int entries)
        {
            activity?.SetTag("liuzhuan.entries", entries);
            return this;
        }

        public void Dispose() => activity?.Dispose();
    }

    // Refuses whatever comes, and the transaction with it.
    private sealed class NeverWritten : ICompanionWriter
    {
        public Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop) => Task.FromResult<IReadOnlyList<int>>([0]);
    }
}
