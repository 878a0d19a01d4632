using System.Data.Common;
using Liuzhuan.Exchange;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Commands;

/// <summary>The ledger of a command that verifies a file: opened while rows are decided, written when they are.</summary>
internal sealed class LedgerInWaiting : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly string _folder;
    private readonly BatchGrounds _grounds;
    private readonly Task<Opening> _opening;
    private Task? _closing;

    /// <param name="options">Which database, as the command line and the environment say; asked once, on another thread.</param>
    public LedgerInWaiting(TimeProvider clock, string folder, Func<Result<DataOptions>> options, BatchGrounds grounds)
    {
        (_clock, _folder, _grounds) = (clock, folder, grounds);
        _opening = EarlyStart.Then(() => Open(options));
    }

    /// <summary>Logs a file; refused when the ledger cannot be opened or written.</summary>
    public Result<LedgerMark> Record(VerifyReport report, ReadOnlyMemory<ulong> people, Task flushed)
    {
        Opening opening;
        try
        {
            opening = _opening.GetAwaiter().GetResult();
        }
        catch (Exception fault) when (IsMendable(fault))
        {
            return CannotOpen(fault.Message);
        }

        return opening.Log is { } log ? log.Record(report, people, flushed) : opening.Refusal!;
    }

    /// <summary>As <see cref="Record"/>, for the last file; then the ledger is being closed, beside what remains to be done.</summary>
    public Result<LedgerMark> RecordLast(VerifyReport report, ReadOnlyMemory<ulong> people, Task flushed)
    {
        var recorded = Record(report, people, flushed);
        _closing = Task.Run(Close);
        return recorded;
    }

    /// <summary>Closes the ledger.</summary>
    public void Dispose()
    {
        if (_closing is null) Close();
        else _closing.GetAwaiter().GetResult();
    }

    private void Close()
    {
        try
        {
            var opening = _opening.GetAwaiter().GetResult();
            opening.Key?.Dispose();
            opening.Data?.Dispose();
        }
        catch (Exception fault) when (IsMendable(fault))
        {
            // It was never opened, and who needed it has been told; or what was to be closed is gone, and every entry made is durable.
        }
    }

    private Opening Open(Func<Result<DataOptions>> options)
    {
        if (!options().Ok(out var database, out var refusal)) return new Opening(refusal);
        if (!OpenedData.OpenAsync(database, _folder, _clock, CancellationToken.None).GetAwaiter().GetResult().Ok(out var opened, out refusal)) return new Opening(refusal);
        try
        {
            var key = new PseudonymKey(opened.Keys.Secret(KeyPurposes.Pseudonyms).Span);
            var log = new BatchLog(opened.Ledger, new AccessRecorder(opened.Store, key, _clock, threads: Environment.ProcessorCount, isAlone: true), OpenedData.Actor, _grounds);
            MakeReady(log, opened.Store);
            return new Opening(null) { Data = opened, Key = key, Log = log };
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    // While rows are still being decided: what is done for the first time takes ten times as long.
    private static void MakeReady(BatchLog log, DataStore store)
    {
        if (store.IsShared) return;
        try
        {
            log.Rehearse();
        }
        catch (Exception)
        {
            // Another process writes, or nobody can: to be waited for, or told, as when a database is brought up to date.
            Migrator.MigrateAsync(store, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    private static bool IsMendable(Exception fault) => fault is IOException or UnauthorizedAccessException or DbException;

    private Refusal CannotOpen(string why) => new("ledger.cannot-open",
        $"打不开存证账本（数据目录 {_folder}），未留痕不出结果。请检查该目录的权限和磁盘空间，或用 --ledger 换一个目录。（{why}）",
        $"The ledger in the data folder {_folder} cannot be opened, and without a trace there is no result. Look at that folder's permissions and disk space, or choose another with --ledger. ({why})");

    private sealed record Opening(Refusal? Refusal)
    {
        public OpenedData? Data { get; init; }

        public PseudonymKey? Key { get; init; }

        public BatchLog? Log { get; init; }
    }
}
