using System.Globalization;
using SQLitePCL;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>SQLite with an INTEGER PRIMARY KEY, memory-mapped, one connection and one prepared statement for each of two threads.</summary>
internal sealed class SqlitePeer : Peer, IPersonSource
{
    private const string Lookup = "SELECT name, division, status, former_names, superseded_key FROM person WHERE key = ?";
    private const int InsertColumns = 11;

    private readonly ThreadLocal<sqlite3_stmt> _lookup;
    private string _path = "";

    public SqlitePeer()
    {
        Batteries_V2.Init();
        _lookup = new(() => Prepare(OpenDatabase(_path), Lookup), trackAllValues: true);
    }

    public override string Name => "sqlite";

    public override IReadOnlyList<string> StoredFiles(string folder) => [Path.Combine(folder, "person.sqlite")];

    public override void Open(string folder) => _path = StoredFiles(folder)[0];

    public override void Run(string request, string result) => new BlockProgram<SqlitePeer>(this).Run(request, result);

    // Rows go in sorted by key: random inserts into a tree of this size would take many times as long.
    public override void Build(string folder)
    {
        File.Delete(StoredFiles(folder)[0]);
        var register = Path.Combine(folder, "register.csv");
        var order = SortedLines.Read(register);
        using var database = OpenDatabase(StoredFiles(folder)[0]);
        Execute(database, "PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA locking_mode = exclusive");
        Execute(database, "CREATE TABLE person (key INTEGER PRIMARY KEY, name TEXT, sex INT, birth_date TEXT, ethnicity TEXT, division INT, status INT, household_number TEXT, relation_to_head TEXT, former_names TEXT, superseded_key INT)");
        Execute(database, "BEGIN");
        using (var insert = Prepare(database, $"INSERT INTO person VALUES ({string.Join(',', Enumerable.Repeat('?', InsertColumns))})"))
        {
            order.ForEach((key, cells) =>
            {
                raw.sqlite3_bind_int64(insert, 1, key);
                for (var column = 1; column < InsertColumns; column++) Bind(insert, column, cells[column]);
                if (raw.sqlite3_step(insert) != raw.SQLITE_DONE) throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
                raw.sqlite3_reset(insert);
            });
        }

        Execute(database, "COMMIT");
    }

    public bool TryFind(long key, out Person person, out PersonExtra? extra)
    {
        (person, extra) = (default, null);
        var statement = _lookup.Value!;
        raw.sqlite3_bind_int64(statement, 1, key);
        var found = raw.sqlite3_step(statement) == raw.SQLITE_ROW;
        if (found)
        {
            person = new(raw.sqlite3_column_text(statement, 0).utf8_to_string(), raw.sqlite3_column_int(statement, 1), 0, (PersonStatus)raw.sqlite3_column_int(statement, 2));
            var former = raw.sqlite3_column_type(statement, 3) == raw.SQLITE_NULL ? [] : raw.sqlite3_column_text(statement, 3).utf8_to_string().Split('|');
            var successor = raw.sqlite3_column_int64(statement, 4);
            if (former.Length > 0 || successor != 0) extra = new(former, successor);
        }

        raw.sqlite3_reset(statement);
        return found;
    }

    public override void Dispose()
    {
        foreach (var statement in _lookup.Values) statement.Dispose();
        _lookup.Dispose();
        base.Dispose();
    }

    private static void Bind(sqlite3_stmt insert, int column, ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty) raw.sqlite3_bind_null(insert, column + 1);
        else if (column is 2 or RegisterReader.Division) raw.sqlite3_bind_int(insert, column + 1, int.Parse(cell, CultureInfo.InvariantCulture));
        else if (column == RegisterReader.Status) raw.sqlite3_bind_int(insert, column + 1, (int)Cells.ParseStatus(cell));
        else if (column == RegisterReader.Successor) raw.sqlite3_bind_int64(insert, column + 1, CarefulRules.StoredKey(cell));
        else raw.sqlite3_bind_text(insert, column + 1, cell.ToString());
    }

    private static sqlite3 OpenDatabase(string path)
    {
        if (raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null) != raw.SQLITE_OK)
        {
            throw new InvalidOperationException("SQLite cannot open its file.");
        }

        Execute(database, "PRAGMA mmap_size = 8589934592");
        return database;
    }

    private static sqlite3_stmt Prepare(sqlite3 database, string sql) =>
        raw.sqlite3_prepare_v2(database, sql, out var statement) == raw.SQLITE_OK ? statement : throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());

    private static void Execute(sqlite3 database, string sql)
    {
        if (raw.sqlite3_exec(database, sql) != raw.SQLITE_OK) throw new InvalidOperationException(raw.sqlite3_errmsg(database).utf8_to_string());
    }
}
