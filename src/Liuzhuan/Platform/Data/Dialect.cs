namespace Liuzhuan.Platform.Data;

/// <summary>Everything the two databases say differently, in one place.</summary>
/// <param name="Name">"sqlite" or "postgres"; also the infix of a step that one of them alone runs.</param>
/// <param name="Words">What the words in braces of a migration mean.</param>
/// <param name="Prepare">Run once before migrating, outside any transaction.</param>
/// <param name="Lock">Makes a second migrating process wait.</param>
/// <param name="Opened">Run on each connection when it is opened; empty for nothing.</param>
/// <param name="TableExists">Counts the tables of a name, given as @name.</param>
internal sealed record Dialect(string Name, Dictionary<string, string> Words, string Prepare, string Lock, string Opened, string TableExists)
{
    public static readonly Dialect Sqlite = new("sqlite",
        new() { ["uuid"] = "text", ["instant"] = "integer", ["long"] = "integer", ["json"] = "text", ["bytes"] = "blob", ["now"] = "unixepoch('subsec') * 1000000" },
        Prepare: "pragma journal_mode = wal", // readers do not block the writer; the setting stays in the file
        Lock: "select 1", // the transaction that migrates is an immediate one
        // An acknowledged row must survive the loss of power, so a commit waits for the disk.
        Opened: "pragma synchronous = full; pragma busy_timeout = 30000; pragma foreign_keys = on",
        TableExists: "select count(*) from sqlite_master where type = 'table' and name = @name");

    public static readonly Dialect Postgres = new("postgres",
        new() { ["uuid"] = "uuid", ["instant"] = "timestamptz", ["long"] = "bigint", ["json"] = "text", ["bytes"] = "bytea", ["now"] = "now()" },
        Prepare: "select 1",
        Lock: "select pg_advisory_xact_lock(7301)",
        Opened: "",
        TableExists: "select count(*) from information_schema.tables where table_schema = current_schema() and table_name = @name");

    public string Translate(string sql) => Words.Aggregate(sql, (text, word) => text.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal));
}
