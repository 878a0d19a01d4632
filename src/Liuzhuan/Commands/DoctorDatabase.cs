using System.Data.Common;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger.Accesses.Runs;

namespace Liuzhuan.Commands;

/// <summary>What <c>doctor</c> finds about the database and the keys: reachable, recent enough, up to date, keeping what it acknowledged, closed to others.</summary>
internal sealed class DoctorDatabase(Session session, DataStore store)
{
    private const int OldestPostgres = 150_000;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public async Task<List<Finding>> LookAsync(CancellationToken stop)
    {
        var found = new List<Finding>();
        try
        {
            if (store.Exists) await OpenedAsync(found, stop);
            else found.Add(Finding.Notice(session.Say($"还没有数据库（{store.Place}）：liuzhuan migrate 会建立它", $"No database yet ({store.Place}): liuzhuan migrate makes it")));
        }
        catch (Exception fault) when (DataRefusals.From(fault) is { } refusal)
        {
            found.Add(Finding.Broken(refusal.In(session.Language)));
        }

        Keys(found);
        DatabaseFile(found);
        return found;
    }

    private async Task OpenedAsync(List<Finding> found, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        await connection.ScalarAsync(null, "select 1", stop);
        found.Add(Finding.Sound(session.Say($"数据库可以连接：{store.Place}", $"The database can be reached: {store.Place}")));
        if (store.IsShared) await PostgresAsync(connection, found, stop);
        else await SqliteAsync(connection, found, stop);
        await SchemaAsync(connection, found, stop);
    }

    private async Task PostgresAsync(DbConnection connection, List<Finding> found, CancellationToken stop)
    {
        var version = Convert.ToInt32(await connection.ScalarAsync(null, "show server_version_num", stop), null);
        found.Add(version >= OldestPostgres
            ? Finding.Sound($"PostgreSQL {version / 10_000}")
            : Finding.Broken(session.Say($"PostgreSQL {version / 10_000} 太旧：需要 15 或更新，请升级服务器", $"PostgreSQL {version / 10_000} is too old: 15 or later is needed, upgrade the server")));
        foreach (var setting in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            if (await connection.ScalarAsync(null, $"show {setting}", stop) is "off")
                found.Add(Finding.Broken(session.Say($"PostgreSQL 的 {setting} 已关闭，断电会丢失已确认的数据：请在 postgresql.conf 中改为 on", $"{setting} of PostgreSQL is off, so a loss of power loses what was acknowledged: set it to on in postgresql.conf")));
        }
    }

    private async Task SqliteAsync(DbConnection connection, List<Finding> found, CancellationToken stop)
    {
        found.Add(await connection.ScalarAsync(null, "pragma journal_mode", stop) is "wal"
            ? Finding.Sound(session.Say("SQLite 使用 WAL 日志", "SQLite keeps its log in WAL mode"))
            : Finding.Broken(session.Say("SQLite 没有使用 WAL 日志，读写会互相阻塞：请运行 liuzhuan migrate", "SQLite is not in WAL mode, so readers and writers block each other: run liuzhuan migrate")));
        if (await connection.ScalarAsync(null, "pragma quick_check(1)", stop) is not "ok")
            found.Add(Finding.Broken(session.Say("数据库文件已损坏：请停止服务，保留原文件，并用 liuzhuan restore 从备份恢复", "The database file is damaged: stop the service, keep the file, and restore a backup with liuzhuan restore")));
        var files = new RunFiles(store, session.Terminal.Clock);
        try
        {
            foreach (var lost in await files.LostAsync(connection, stop)) found.Add(Finding.Broken(DataRefusals.DamagedRun(files.PathOf(lost.Id)).In(session.Language)));
        }
        catch (UnauthorizedAccessException fault)
        {
            found.Add(Finding.Broken(session.Say($"读不了 {files.Folder} 里的访问记录：请让运行本程序的账户能读写它（{fault.Message}）", $"The accesses in {files.Folder} cannot be read: let the account that runs this program read and write there ({fault.Message})")));
        }
    }

    private async Task SchemaAsync(DbConnection connection, List<Finding> found, CancellationToken stop)
    {
        if (await Migrator.HasTableAsync(connection, null, store.Dialect, Migrator.UnfinishedTable, stop))
        {
            found.Add(Finding.Broken(DataRefusals.Unfinished().In(session.Language)));
            return;
        }

        var done = await Migrator.DoneAsync(connection, null, store.Dialect, stop);
        var missing = SchemaSteps.Of(store.Dialect).Except(done).ToList();
        found.Add(SchemaSteps.Unknown(done).FirstOrDefault() is { } unknown ? Finding.Broken(DataRefusals.NewerDatabase(unknown).In(session.Language))
            : missing.Count > 0 ? Finding.Broken(session.Say($"数据库结构缺 {missing.Count} 步（{missing[0]} 起）：请运行 liuzhuan migrate", $"The schema lacks {missing.Count} steps (from {missing[0]}): run liuzhuan migrate"))
            : Finding.Sound(session.Say($"数据库结构是最新的（{done.Count} 步）", $"The schema is up to date ({done.Count} steps)")));
    }

    private void Keys(List<Finding> found)
    {
        var keys = Path.Combine(store.Folder, DataArguments.KeysFolder);
        if (!Directory.Exists(keys)) return;
        var open = Directory.EnumerateFiles(keys, "*", SearchOption.AllDirectories).Prepend(keys).FirstOrDefault(IsOpen);
        found.Add(open is null
            ? Finding.Sound(session.Say($"密钥目录 {keys} 只有本账户可读", $"Only this account can read the key folder {keys}"))
            : Finding.Broken(session.Say($"别的账户可以接触密钥（{open}）：请运行 chmod -R go= {keys}", $"Other accounts have access to the keys ({open}): run chmod -R go= {keys}")));
    }

    // The folder above the file may close it off already.
    private void DatabaseFile(List<Finding> found)
    {
        if (store.FilePath is not { } file || !File.Exists(file) || Path.GetDirectoryName(file) is not { } folder || !IsOpen(file) || !IsOpen(folder)) return;
        found.Add(Finding.Notice(session.Say($"别的账户可以读数据库文件：请运行 chmod go= {folder}", $"Other accounts can read the database file: run chmod go= {folder}")));
    }

    private static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
}
