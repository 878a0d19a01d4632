using System.Data.Common;
using System.Net.Sockets;
using Liuzhuan.Platform.Outcomes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liuzhuan.Platform.Data;

/// <summary>What an operator can mend about the database, each with cause and remedy. No sentence holds a connection string or what a driver said of one.</summary>
internal static class DataRefusals
{
    public static Refusal Provider(string given) => new("data.provider",
        $"数据库类型“{given}”不认识：{DataOptions.ProviderVariable}（或 --provider）只能是 sqlite 或 postgres。",
        $"The provider \"{given}\" is not known: {DataOptions.ProviderVariable} (or --provider) must be sqlite or postgres.");

    public static Refusal NoConnection() => new("data.connection",
        $"使用 PostgreSQL 需要连接串：请设置 {DataOptions.ConnectionVariable}（或 --connection），如 Host=db.example;Database=liuzhuan;Username=liuzhuan;Password=…。",
        $"PostgreSQL needs a connection string: set {DataOptions.ConnectionVariable} (or --connection), for example Host=db.example;Database=liuzhuan;Username=liuzhuan;Password=….");

    public static Refusal PostgresConnection() => new("data.connection",
        "PostgreSQL 连接串的写法不对：应为用分号隔开的 名称=值，至少有 Host，如 Host=db.example;Database=liuzhuan;Username=liuzhuan;Password=…（不是 postgres:// 地址）。",
        "The PostgreSQL connection string is malformed: write name=value pairs separated by semicolons, at least Host, for example Host=db.example;Database=liuzhuan;Username=liuzhuan;Password=… (not a postgres:// address).");

    public static Refusal SqliteConnection() => new("data.connection",
        "SQLite 连接串的写法不对：应为 Data Source=文件路径（不能是内存数据库），或留空使用数据目录中的 liuzhuan.db。",
        "The SQLite connection string is malformed: write Data Source=path-of-the-file (not a database in memory), or leave it empty for liuzhuan.db in the data folder.");

    public static Refusal NoDatabase(string place) => new("data.missing",
        $"这里还没有数据库：{place}。请检查 --data，或先运行 liuzhuan migrate 建立。",
        $"There is no database yet: {place}. Check --data, or make one with liuzhuan migrate.");

    public static Refusal NewerDatabase(string step) => new("data.newer",
        $"数据库由更新版本的程序写成（含本程序不认识的步骤 {step}）：请升级本程序后再用。",
        $"The database was written by a newer version of this program (it has the schema step {step}, which is not known here): upgrade the program.");

    public static Refusal Unfinished() => new("data.unfinished",
        "数据库不完整：上次恢复或迁移到这里时中断了，里面没有数据。请重新运行 liuzhuan restore（或 move）。",
        "The database is incomplete: a restore or move into it was interrupted, and it holds no data. Run liuzhuan restore (or move) again.");

    public static Refusal Foreign(string table) => new("data.foreign",
        $"数据库里有别的程序的表（{table}）：请给流转一个单独的数据库。",
        $"The database holds tables of another program ({table}): give Liuzhuan a database of its own.");

    public static Refusal ForeignColumn(string table, string column, string type) => new("data.foreign",
        $"表 {table} 的列 {column} 是本程序不会使用的类型 {type}，可能属于别的程序：请给流转一个单独的数据库。",
        $"The column {column} of the table {table} has the type {type}, which this program never uses; it may belong to another program: give Liuzhuan a database of its own.");

    public static Refusal WithoutKey(string table) => new("data.foreign",
        $"表 {table} 没有主键，可能属于别的程序：请给流转一个单独的数据库。",
        $"The table {table} has no primary key; it may belong to another program: give Liuzhuan a database of its own.");

    public static Refusal NotEmpty(string place, string table) => new("data.not-empty",
        $"目标数据库已有数据（{place}，表 {table}）：请换一个空的数据库；恢复备份时可用 --replace 替换现有内容。",
        $"The target already holds data ({place}, table {table}): choose an empty database; a restore may replace it with --replace.");

    public static Refusal SameDatabase(string place) => new("data.same",
        $"来源和目标是同一个数据库：{place}。请用 --to 和 --connection 给出另一个。",
        $"Source and target are the same database: {place}. Name another one with --to and --connection.");

    public static Refusal UnusableValue(string table, string column) => new("data.value",
        $"表 {table} 的列 {column} 中有目标数据库不能保存的值（例如文字里含零字符）：什么都没有写入，请先在来源中更正。",
        $"The column {column} of the table {table} holds a value that the target cannot keep (for example text with a zero character): nothing was written, correct it in the source first.");

    public static Refusal Differs(string table) => new("data.differs",
        $"写入后逐行比对，表 {table} 与来源不同：已全部撤销，目标没有改变。请检查目标数据库后重试。",
        $"The table {table} differs from its source when read back: everything was undone and the target is as before. Check the target database and try again.");

    public static Refusal DamagedRun(string path) => new("data.damaged-run",
        $"访问记录文件 {path} 已损坏或不见了，有人的“谁查过我”因此不完整：请从文件系统备份中找回这个文件；确实找不回的，用 liuzhuan accesses tidy --give-up {Path.GetFileNameWithoutExtension(path)} 放弃它，账本会记下缺了哪一条的记录。",
        $"The file of accesses {path} is damaged or missing, and lists of who looked people up are incomplete without it: bring that file back from a backup of the file system. If it is lost for good, do without it by liuzhuan accesses tidy --give-up {Path.GetFileNameWithoutExtension(path)}: the ledger then says of which entry the accesses are gone.");

    public static Refusal RunNotWritten(string folder, string why) => new("data.run-not-written",
        $"访问记录写不进 {folder}，未留痕不出结果：请检查数据目录的磁盘空间和权限，或用 --ledger 换一个目录。（{why}）",
        $"The accesses could not be written to {folder}, and without a trace there is no result: look at the disk space and permissions of the data folder, or choose another with --ledger. ({why})");

    public static Refusal RunsInFiles() => new("data.runs-in-files",
        "刚有一个核验命令把访问记录留在了数据库旁的文件里，还没有收进数据库：请再运行一次。",
        "A command that verified a file has just left its accesses in a file beside the database, where they are not part of it yet: run this again.");

    /// <summary>Turns what a driver throws into what the operator can do about it; null for what is our own mistake.</summary>
    public static Refusal? From(Exception fault) => fault switch
    {
        DataRefusedException refused => refused.Refusal,
        PostgresException server => FromServer(server),
        SqliteException file => FromFile(file),
        NpgsqlException { InnerException: SocketException or TimeoutException or IOException } => Unreachable(),
        NpgsqlException { IsTransient: true } => Unreachable(),
        DbException { InnerException: { } inner } => From(inner),
        _ => null,
    };

    private static Refusal Unreachable() => new("data.unreachable",
        "连接不上 PostgreSQL：请检查连接串中的 Host 和 Port、服务器是否在运行、防火墙是否放行。",
        "PostgreSQL cannot be reached: check Host and Port of the connection string, that the server runs, and the firewall.");

    private static Refusal? FromServer(PostgresException fault) => fault.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new("data.sign-in",
            $"PostgreSQL 拒绝登录（{fault.SqlState}）：请检查连接串中的 Username 和 Password，以及服务器的 pg_hba.conf。",
            $"PostgreSQL refuses the sign-in ({fault.SqlState}): check Username and Password of the connection string, and pg_hba.conf of the server."),
        PostgresErrorCodes.InvalidCatalogName => new("data.no-database",
            "PostgreSQL 上没有这个数据库：请先用 createdb 建立，或更正连接串中的 Database。",
            "PostgreSQL has no such database: make it with createdb, or correct Database in the connection string."),
        PostgresErrorCodes.InsufficientPrivilege => new("data.denied",
            "PostgreSQL 用户没有所需的权限：请授予它建表和读写的权限，或让它成为数据库的所有者。",
            "The PostgreSQL user lacks a right: grant it to create, read and write tables, or make it the owner of the database."),
        PostgresErrorCodes.ReadOnlySqlTransaction => new("data.read-only", "PostgreSQL 现在只读（可能连到了备机）：请检查连接串是否指向主机，或主备是否正在切换。", "PostgreSQL takes no writes now (it may be a standby): check that the connection string names the primary, and whether a switch is under way."),
        PostgresErrorCodes.DiskFull => new("data.full", "PostgreSQL 服务器的磁盘已满：请清理后重试，未完成的写入已撤销。", "The disk of the PostgreSQL server is full: make room and try again; what was unfinished has been undone."),
        PostgresErrorCodes.TooManyConnections => new("data.busy", "PostgreSQL 的连接数已满：请提高 max_connections，或减少使用者。", "PostgreSQL has no connection left: raise max_connections, or reduce its users."),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => Unreachable(),
        _ => null,
    };

    private static Refusal? FromFile(SqliteException fault) => fault.SqliteErrorCode switch
    {
        5 or 6 => new("data.busy", "数据库正被另一个程序长时间占用：请等它结束后重试。", "Another program keeps the database busy: try again when it has finished."),
        8 or 14 or 23 => new("data.denied", "数据库文件打不开或不能写入：请检查数据目录的路径和权限。", "The database file cannot be opened or written: check the path and the permissions of the data folder."),
        10 => new("data.failed", "读写数据库文件失败：请检查磁盘空间和磁盘本身。", "Reading or writing the database file failed: check the room on the disk, and the disk itself."),
        11 => new("data.corrupt", "数据库文件已损坏：请停止服务，保留原文件，并用 liuzhuan restore 从备份恢复。", "The database file is damaged: stop the service, keep the file, and restore a backup with liuzhuan restore."),
        13 => new("data.full", "数据目录所在的磁盘已满：请清理后重试，未完成的写入已撤销。", "The disk of the data folder is full: make room and try again; what was unfinished has been undone."),
        26 => new("data.foreign", "数据库文件不是 SQLite 数据库：请检查 --data 或连接串中的路径。", "The database file is no SQLite database: check --data, or the path in the connection string."),
        _ => null,
    };
}
