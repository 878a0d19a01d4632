using System.Runtime.InteropServices;

namespace Liuzhuan.Benchmarks.Peers;

/// <summary>DuckDB with an integer key and two threads: COPY from CSV, join, COPY to CSV in one statement.</summary>
/// <param name="ordered">Answers in the order of the questions, as every other peer gives them.</param>
internal sealed class DuckDbPeer(bool ordered) : Peer
{
    private nint _database;
    private nint _connection;

    public override string Name => ordered ? "duckdb" : "duckdb-unordered";

    public override string? SharesStoreOf => ordered ? null : "duckdb";

    public override IReadOnlyList<string> StoredFiles(string folder) => [Path.Combine(folder, "person.duckdb")];

    public override void Build(string folder)
    {
        File.Delete(StoredFiles(folder)[0]);
        Connect(StoredFiles(folder)[0]);
        var columns = "name, sex, birth_date, ethnicity, division, status, household_number, relation_to_head, former_names";
        Execute($"CREATE TABLE person AS SELECT {Key("id_number")} AS key, {columns}, {Key("superseded_by")} AS superseded_key FROM {Csv(Path.Combine(folder, "register.csv"), true)}");
        Execute("CREATE TABLE alias AS SELECT key AS old_key, superseded_key AS new_key FROM person WHERE superseded_key IS NOT NULL");
        Execute("CHECKPOINT");
    }

    // Attached for reading only, so that both orders can have it open at once.
    public override void Open(string folder)
    {
        Connect(":memory:");
        Execute($"ATTACH '{StoredFiles(folder)[0]}' AS register (READ_ONLY)");
        Execute("USE register");
    }

    public override void Run(string request, string result)
    {
        var asked = $"(SELECT seq, name, id_number, division, {Key("id_number")} AS key FROM {Csv(request, false)})";
        var answer = SqlText.Answer(
            asked, (text, pattern) => $"regexp_full_match({text}, '{pattern}')", (value, list) => $"list_contains(string_split({list}, '|'), {value})", ordered ? "ORDER BY seq" : "");
        Execute($"COPY ({answer}) TO '{result}' (FORMAT csv, HEADER true)");
    }

    public override Peer? Variant(string name) => name == "duckdb-unordered" ? new DuckDbPeer(ordered: false) { _connection = _connection } : null;

    public override void Dispose()
    {
        // A variant only borrows the connection.
        if (_database == 0) return;
        DuckDbNative.Disconnect(ref _connection);
        DuckDbNative.Close(ref _database);
        base.Dispose();
    }

    // Eighteen digits are cast whole; only numbers that end in X are cut, which costs DuckDB a new text each.
    private static string Key(string number) =>
        $"CASE WHEN strlen({number}) = 18 THEN coalesce(TRY_CAST({number} AS BIGINT) // 10 * 16 + TRY_CAST({number} AS BIGINT) % 10, "
        + $"CASE WHEN right({number}, 1) IN ('X', 'x') THEN TRY_CAST(left({number}, 17) AS BIGINT) * 16 + 10 END) END";

    // Column types are given: sniffing would cost DuckDB time and could take a number for a double.
    private static string Csv(string path, bool register)
    {
        string[] names = register
            ? ["id_number", "name", "sex", "birth_date", "ethnicity", "division", "status", "household_number", "relation_to_head", "former_names", "superseded_by"]
            : ["seq", "name", "id_number", "division"];
        var columns = string.Join(", ", names.Select(name => $"'{name}': '{(name is "seq" or "division" ? "INTEGER" : name == "birth_date" ? "DATE" : "VARCHAR")}'"));
        return $"read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', columns = {{{columns}}})";
    }

    private void Connect(string path)
    {
        if (DuckDbNative.Open(path, out _database) != 0 || DuckDbNative.Connect(_database, out _connection) != 0)
        {
            throw new InvalidOperationException("DuckDB cannot open its file.");
        }

        Execute("SET threads = 2");
        Execute("SET memory_limit = '6GB'");
        Execute("SET preserve_insertion_order = false");
    }

    private void Execute(string sql)
    {
        var failed = DuckDbNative.Query(_connection, sql, out var result) != 0;
        var error = failed ? Marshal.PtrToStringUTF8(DuckDbNative.ResultError(ref result)) : null;
        DuckDbNative.DestroyResult(ref result);
        if (failed) throw new InvalidOperationException(error);
    }
}
