using System.Globalization;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Health;

/// <summary>Looks at what every answer needs: the database and the ledger in it, the clock, room on the disk.</summary>
internal sealed class StateChecks(DataStore store, Ledger.Ledger ledger, LedgerOptions options, TimeProvider clock, long leastFree)
{
    private const int PatienceSeconds = 1;
    private const string ShortWait = "pragma busy_timeout = 500";

    // Hosts that follow a time service differ by less.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1), Slow = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<string> Names { get; } = ["database", "ledger", "clock", "disk"];

    public HealthCheck Of(string name) => name switch
    {
        "database" => new(name, DatabaseAsync),
        "ledger" => new(name, LedgerAsync),
        "clock" => new(name, ClockAsync),
        "disk" => HealthCheck.Of(name, Disk),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private async Task<HealthFinding> DatabaseAsync(CancellationToken stop)
    {
        try
        {
            await WriteAsync(isKept: false, stop);
            return HealthFinding.Healthy("数据库可以读写。", "The database can be read and written.");
        }
        catch (Exception fault) when (DataRefusals.From(fault) is { Code: "data.busy" } busy)
        {
            return HealthFinding.Degraded(busy.Chinese, busy.English);
        }
        catch (Exception fault) when (DataRefusals.From(fault) is { } refusal)
        {
            return HealthFinding.Dead(refusal.Chinese, refusal.English);
        }
    }

    private async Task<HealthFinding> LedgerAsync(CancellationToken stop)
    {
        if (ledger.IsBroken) return HealthFinding.Dead("账本被外部改动，已停止写入：请运行 liuzhuan ledger check，并从备份恢复数据库。", "The ledger was changed from outside and is not written any more: run liuzhuan ledger check and restore the database from a backup.");
        if (ledger.Writing > options.Patience * 2) return HealthFinding.Dead("账本的一次提交迟迟没有结束，答复都在等它：请检查数据库和磁盘。", "A commit of the ledger does not end, and all answers wait for it: look at the database and the disk.");
        if (ledger.IsAway)
        {
            try
            {
                // Nobody may be asking any more, so that whether entries are taken again must be tried here.
                await WriteAsync(isKept: true, stop);
            }
            catch (Exception fault) when (DataRefusals.From(fault) is { } refusal)
            {
                return HealthFinding.Dead($"账本写不进去，未留痕不答复。{refusal.Chinese}", $"The ledger cannot be written, and without a trace there is no answer. {refusal.English}");
            }

            return HealthFinding.Degraded("账本刚才写不进去，现在数据库又能写入：下一个请求会证实。", "The ledger could not be written a while ago; the database takes writes again, and the next request will show.");
        }

        return ledger.Writing > Slow
            ? HealthFinding.Degraded("账本的提交很慢：请检查数据库和磁盘的负荷。", "Commits of the ledger are slow: look at the load of the database and the disk.")
            : HealthFinding.Healthy("账本可以写入。", "The ledger takes entries.");
    }

    private async Task<HealthFinding> ClockAsync(CancellationToken stop)
    {
        try
        {
            var head = await ledger.Log.HeadAsync(stop);
            return head.Size > 0 && head.WrittenAt - clock.GetUtcNow() > ClockTolerance
                ? HealthFinding.Degraded("本机时钟落后于账本的最后一条：新的留痕暂用那一条的时间，请检查时间同步。", "This host's clock is behind the ledger's last entry; new entries bear that entry's time. Check the time service.")
                : HealthFinding.Healthy("时钟没有落后于账本。", "The clock is not behind the ledger.");
        }
        catch (Exception fault) when (DataRefusals.From(fault) is not null)
        {
            return HealthFinding.Degraded("数据库读不到，无法核对时钟。", "The database cannot be read, so the clock cannot be compared.");
        }
    }

    private HealthFinding Disk()
    {
        var free = new DriveInfo(Path.GetFullPath(store.Folder)).AvailableFreeSpace;
        var megabytes = (free >> 20).ToString("N0", CultureInfo.InvariantCulture);
        return free < leastFree
            ? HealthFinding.Degraded($"数据目录所在的磁盘只剩 {megabytes} MB：请清理或扩容，写满后将不能答复。", $"Only {megabytes} MB are free on the disk of the data folder: make room. No answer leaves once it is full.")
            : HealthFinding.Healthy("数据目录所在的磁盘有足够的空间。", "The disk of the data folder has room.");
    }

    // A pooled connection may have died unnoticed with a server that is back long since: that shows only when it is used.
    private async Task WriteAsync(bool isKept, CancellationToken stop)
    {
        try
        {
            await WriteOnceAsync(isKept, stop);
        }
        catch (NpgsqlException fault) when (fault.IsTransient)
        {
            await WriteOnceAsync(isKept, stop);
        }
    }

    // Writes the head of the log as it is. Not kept, it shows that the database may be written; kept, that what is written lasts.
    private async Task WriteOnceAsync(bool isKept, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        if (!store.IsShared) await connection.ExecuteAsync(null, ShortWait, stop);
        // SQLite's lock is taken by the statement, not by beginning: only that waits as briefly as said.
        await using var transaction = connection is SqliteConnection file ? file.BeginTransaction(deferred: true) : await connection.BeginTransactionAsync(stop);
        await using (var command = connection.Command(transaction, "update ledger_head set size = size where id = 1"))
        {
            command.CommandTimeout = PatienceSeconds;
            await command.ExecuteNonQueryAsync(stop);
        }

        await (isKept ? transaction.CommitAsync(stop) : transaction.RollbackAsync(stop));
    }
}
