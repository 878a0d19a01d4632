using System.Data.Common;
using System.Runtime.InteropServices;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Signing;
using Npgsql;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Makes groups of entries durable, one group after another. Used by one at a time; other processes and hosts may write to the same log.</summary>
internal sealed partial class LedgerWriter(DataStore store, SigningKey key, LedgerOptions options, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    private const int BetweenMilliseconds = 200;

    private const int MostReadUnderLock = 10_000, ReadAtOnce = 50_000;

    private readonly NoteKey _name = NoteKey.Of(options.Origin, key);
    private readonly BackwardClock _backward = new(log);
    private LedgerConnection? _connection;
    private LogState? _state;
    private bool _isAway;

    /// <summary>A group whose commit was begun.</summary>
    private sealed record Attempt(LedgerGroup Group, string Note);

    /// <summary>True since a group could not be written, until one is.</summary>
    public bool IsAway => _isAway;

    /// <summary>Returns when each entry is durable, refused by a companion or failed, and its caller has been told so.</summary>
    /// <exception cref="LedgerBrokenException">The log must not be written any more; the callers have not been told.</exception>
    public async Task WriteAsync(IReadOnlyList<Pending> entries)
    {
        try
        {
            await CommitAsync(entries);
            if (_isAway) Back();
            _isAway = false;
        }
        catch (Exception fault) when (DatabaseFaults.MayPass(fault) || DatabaseFaults.IsDisk(fault))
        {
            // What follows is tried once, without patience, until something succeeds.
            if (!_isAway) Away(fault);
            _isAway = true;
            foreach (var entry in entries) entry.Fail(new LedgerUnavailableException("The ledger's database does not take entries; what is not logged is not answered.", fault));
        }
        catch (Exception fault) when (fault is not LedgerBrokenException && entries.Count > 1)
        {
            // One of them carries what the database or its companion's writer cannot take: the others must not suffer.
            foreach (var half in entries.Chunk((entries.Count + 1) / 2)) await WriteAsync(half);
        }
        catch (Exception fault) when (fault is not LedgerBrokenException)
        {
            Failed(fault);
            foreach (var entry in entries) entry.Fail(fault);
        }
    }

    /// <summary>One attempt with an entry that a companion refuses: nothing is written. What went wrong is thrown, and forgotten for the entries that follow.</summary>
    public async Task RehearseAsync(Pending refused)
    {
        try
        {
            _connection ??= await LedgerConnection.OpenAsync(store);
            await TryAsync([refused], static _ => throw new InvalidOperationException("A rehearsal was not refused."));
        }
        catch
        {
            await DropAsync();
            throw;
        }
        finally
        {
            // Minutes may pass before the entry that counts: whoever wrote meanwhile, or replaced the log, is met as at a first entry.
            _state = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task CommitAsync(IReadOnlyList<Pending> entries)
    {
        var (refused, since) = (new List<Pending>(), clock.GetTimestamp());
        Attempt? unsettled = null;
        while (entries.Count > 0)
        {
            try
            {
                _connection ??= await LedgerConnection.OpenAsync(store);
                if (unsettled is not null && await IsThereAsync(unsettled)) break;
                unsettled = null;
                var taken = await TryAsync(entries, attempt => unsettled = attempt);
                if (taken.Count == 0) break;
                refused.AddRange(taken);
                entries = [.. entries.Where(entry => !taken.Contains(entry))];
            }
            catch (Exception fault) when (fault is not LedgerBrokenException)
            {
                await DropAsync();
                // A server that answers a commit with an error has not committed; a connection that broke tells nothing.
                var isKnown = unsettled is null || fault is PostgresException;
                if (isKnown && !DatabaseFaults.MayPass(fault)) throw;
                if (_isAway || clock.GetElapsedTime(since) > options.Patience) throw;
                await Task.Delay(BetweenMilliseconds);
            }
        }

        foreach (var entry in refused) entry.Refuse();
    }

    // One attempt in one transaction. Gives back the entries that companions refuse; nothing is written then.
    private async Task<HashSet<Pending>> TryAsync(IReadOnlyList<Pending> entries, Action<Attempt> committing)
    {
        _state ??= await _connection!.LoadAsync();
        var now = clock.GetUtcNow();
        var notice = _backward.Notice(now, _state.LastAt);
        if (notice is not null) entries = [notice, .. entries];
        // Hashing and signing are done before the lock is taken, and once more under it only where another host wrote meanwhile.
        var group = new LedgerGroup(_state, entries, now);
        var note = Sign(group);
        using var turn = store.Turn();
        var (transaction, head) = await _connection!.LockAsync();
        await using (transaction)
        {
            if (head.Size - _state.Size > MostReadUnderLock)
            {
                await transaction.DisposeAsync();
                turn.Dispose();
                await CatchUpAsync(null, head);
                return await TryAsync(entries, committing);
            }

            if (head.Size != _state.Size || head.Root != _state.Root)
            {
                await CatchUpAsync(transaction, head);
                group = new LedgerGroup(_state, entries, now);
                note = Sign(group);
            }

            var attempt = new Attempt(group, note);
            await _connection.WriteAsync(transaction, group, attempt.Note);
            var refused = await CompanionRows.WriteAsync(transaction, group);
            if (refused.Count > 0) return refused;
            committing(attempt);
            await transaction.CommitAsync();
            Committed(attempt);
            _backward.Written(notice);
            return [];
        }
    }

    // The lock is given only when a commit that may still be under way has ended, so what is seen now is the outcome.
    private async Task<bool> IsThereAsync(Attempt attempt)
    {
        using var turn = store.Turn();
        var (transaction, _) = await _connection!.LockAsync();
        await using (transaction)
        {
            var hashes = await _connection.HashesAsync(transaction, attempt.Group.First, attempt.Group.After.Size);
            if (!hashes.SequenceEqual(attempt.Group.Hashes)) return false;
        }

        Committed(attempt);
        return true;
    }

    private void Committed(Attempt attempt)
    {
        var (group, note) = attempt;
        _state = group.After;
        for (var i = 0; i < group.Entries.Count; i++) group.Entries[i].Complete(group, i, note);
    }

    // What others wrote must continue what this process remembers.
    private async Task CatchUpAsync(DbTransaction? transaction, LedgerHead head)
    {
        var state = _state!;
        if (head.Size < state.Size) throw Broken($"it has {head.Size} entries, but {state.Size} were there before");
        while (state.Size < head.Size)
        {
            var to = Math.Min(state.Size + ReadAtOnce, head.Size);
            var leaves = await _connection!.HashesAsync(transaction, state.Size, to);
            if (leaves.Count != to - state.Size) throw Broken($"entry {state.Size + leaves.Count} is missing or has no hash");
            state = state.After(CollectionsMarshal.AsSpan(leaves), head.WrittenAt);
        }

        _state = state.Root == head.Root ? state with { LastAt = head.WrittenAt } : throw Broken($"its root over {head.Size} entries does not continue the {_state!.Size} that were there before");
    }

    private static LedgerBrokenException Broken(string what) => new($"The ledger in the database was changed from outside: {what}. Nothing more is written. Run liuzhuan ledger check and restore the database.");

    private string Sign(LedgerGroup group) => SignedNote.Sign(group.CheckpointOf(options.Origin).Text, _name, key);

    private async Task DropAsync()
    {
        if (_connection is null) return;
        var broken = _connection;
        _connection = null;
        try
        {
            await broken.DisposeAsync();
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or IOException)
        {
            // It was of no use any more; closing it is only polite.
        }
    }

    [LoggerMessage(LogLevel.Error, "The ledger's database does not take entries; answers are withheld until it does")]
    private partial void Away(Exception fault);

    [LoggerMessage(LogLevel.Information, "The ledger's database takes entries again")]
    private partial void Back();

    [LoggerMessage(LogLevel.Error, "An entry could not be written to the ledger")]
    private partial void Failed(Exception fault);
}
