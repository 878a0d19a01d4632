namespace Liuzhuan.Platform.Data;

/// <summary>Everything the two databases say differently, in one place.</summary>
internal sealed record Dialect
{
    public static readonly Dialect Sqlite = new()
    {
        Name = "sqlite",
        // SQLite takes any type name and looks for INT, TEXT or BLOB in it; the rest of the name tells what is meant.
        Words = new() { ["uuid"] = "uuid_text", ["instant"] = "instant_integer", ["bool"] = "bool_integer", ["long"] = "integer", ["json"] = "text", ["bytes"] = "blob", ["now"] = "cast(unixepoch('subsec') * 1000000 as integer)", ["clustered"] = "without rowid" },
        Prepare = "pragma journal_mode = wal", // readers do not block the writer; the setting stays in the file
        Lock = "select 1", // the transaction that migrates is an immediate one
        // WalUpkeep carries the write-ahead log over before it has so many pages (64 MB).
        // An acknowledged row must survive the loss of power, so a commit waits for the disk.
        Opened = "pragma synchronous = full; pragma busy_timeout = 30000; pragma foreign_keys = on; pragma wal_autocheckpoint = 16384",
        Unhurried = "pragma synchronous = normal",
        TableExists = "select count(*) from sqlite_master where type = 'table' and name = @name",
        Tables = "select name from sqlite_master where type = 'table' and name not like 'sqlite^_%' escape '^'",
        Columns = """
            select m.name, c.name, lower(c.type), c.pk from sqlite_master m join pragma_table_xinfo(m.name) c
            where m.type = 'table' and m.name not like 'sqlite^_%' escape '^' and c.hidden = 0
            """,
        References = "select m.name, lower(f.\"table\") from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table'",
    };

    public static readonly Dialect Postgres = new()
    {
        Name = "postgres",
        Words = new() { ["uuid"] = "uuid", ["instant"] = "timestamptz", ["bool"] = "boolean", ["long"] = "bigint", ["json"] = "text", ["bytes"] = "bytea", ["now"] = "now()", ["clustered"] = "" },
        Prepare = "select 1",
        Lock = "select pg_advisory_xact_lock(7301)",
        Opened = "",
        Unhurried = "select 1", // said in each transaction: a pooled connection would keep it
        TableExists = "select count(*) from information_schema.tables where table_schema = current_schema() and table_name = @name",
        Tables = "select relname::text from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')",
        Columns = """
            select c.relname::text, a.attname::text, format_type(a.atttypid, null), coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            left join pg_index i on i.indrelid = c.oid and i.indisprimary
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
            """,
        References = """
            select r.conrelid::regclass::text, r.confrelid::regclass::text from pg_constraint r
            where r.contype = 'f' and r.connamespace = current_schema()::regnamespace
            """,
    };

    /// <summary>"sqlite" or "postgres"; also the infix of a step that one of them alone runs.</summary>
    public required string Name { get; init; }

    /// <summary>What the words in braces of a migration mean.</summary>
    public required Dictionary<string, string> Words { get; init; }

    /// <summary>Run once before migrating, outside any transaction.</summary>
    public required string Prepare { get; init; }

    /// <summary>Makes a second migrating process wait.</summary>
    public required string Lock { get; init; }

    /// <summary>Run on each connection when it is opened; empty for nothing.</summary>
    public required string Opened { get; init; }

    /// <summary>Run on a connection whose commits need not wait for the disk.</summary>
    public required string Unhurried { get; init; }

    /// <summary>Counts the tables of a name, given as @name.</summary>
    public required string TableExists { get; init; }

    /// <summary>The names of all tables.</summary>
    public required string Tables { get; init; }

    /// <summary>Table, column, type, and place in the primary key from 1 (0: not part of it), for every column that can be written.</summary>
    public required string Columns { get; init; }

    /// <summary>Table and the table it refers to, for every foreign key.</summary>
    public required string References { get; init; }

    public string Translate(string sql) => Words.Aggregate(sql, (text, word) => text.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal));
}
