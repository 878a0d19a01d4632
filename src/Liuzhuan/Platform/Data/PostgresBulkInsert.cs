using Npgsql;
using NpgsqlTypes;

namespace Liuzhuan.Platform.Data;

/// <summary>Binary COPY. The server takes values in a column's own type only, so numbers are narrowed where the column is narrower.</summary>
internal sealed class PostgresBulkInsert : BulkInsert
{
    private const string TypesSql = """
        select a.attname::text, format_type(a.atttypid, null) from pg_attribute a
        where a.attrelid = @table::regclass and a.attnum > 0 and not a.attisdropped
        """;

    private readonly NpgsqlBinaryImporter _importer;
    private readonly NpgsqlDbType[] _types;
    private readonly IReadOnlyList<string> _columns;
    private readonly string _table;

    private PostgresBulkInsert(NpgsqlBinaryImporter importer, NpgsqlDbType[] types, string table, IReadOnlyList<string> columns) => (_importer, _types, _table, _columns) = (importer, types, table, columns);

    public static async Task<PostgresBulkInsert> BeginAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, CancellationToken stop)
    {
        var known = (await connection.ListAsync(null, TypesSql, row => (Name: row.GetString(0), Type: row.GetString(1)), stop, ("table", TableShape.Quote(table)))).ToDictionary(row => row.Name, row => row.Type);
        var types = columns.Select(column => TypeOf(known[column])).ToArray();
        var importer = await connection.BeginBinaryImportAsync($"copy {TableShape.Quote(table)} ({ColumnList(columns)}) from stdin (format binary)", stop);
        importer.Timeout = TimeSpan.FromHours(24); // the server checks all references when the last row has come
        return new(importer, types, table, columns);
    }

    public override async ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken stop)
    {
        await _importer.StartRowAsync(stop);
        for (var i = 0; i < _types.Length; i++)
        {
            var type = _types[i];
            await (row[i] switch
            {
                null => _importer.WriteNullAsync(stop),
                long or int => WriteNumberAsync(Convert.ToInt64(row[i], null), i, stop),
                bool flag => _importer.WriteAsync(flag, type, stop),
                string text when text.Contains('\0', StringComparison.Ordinal) => throw Unusable(i),
                string text => _importer.WriteAsync(text, type, stop),
                byte[] bytes => _importer.WriteAsync(bytes, type, stop),
                Guid id => _importer.WriteAsync(id, type, stop),
                DateTimeOffset instant => _importer.WriteAsync(Instants.Whole(instant).UtcDateTime, type, stop),
                var other => throw new ArgumentException($"A value of type {other.GetType().Name} cannot be stored.", nameof(row)),
            });
        }
    }

    public override async Task CompleteAsync(CancellationToken stop) => await _importer.CompleteAsync(stop);

    public override ValueTask DisposeAsync() => _importer.DisposeAsync();

    private Task WriteNumberAsync(long number, int column, CancellationToken stop) => _types[column] switch
    {
        NpgsqlDbType.Bigint => _importer.WriteAsync(number, NpgsqlDbType.Bigint, stop),
        NpgsqlDbType.Integer when number == (int)number => _importer.WriteAsync((int)number, NpgsqlDbType.Integer, stop),
        NpgsqlDbType.Smallint when number == (short)number => _importer.WriteAsync((short)number, NpgsqlDbType.Smallint, stop),
        _ => throw Unusable(column),
    };

    private DataRefusedException Unusable(int column) => new(DataRefusals.UnusableValue(_table, _columns[column]));

    private static NpgsqlDbType TypeOf(string name) => name switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "integer" => NpgsqlDbType.Integer,
        "smallint" => NpgsqlDbType.Smallint,
        "boolean" => NpgsqlDbType.Boolean,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        "uuid" => NpgsqlDbType.Uuid,
        "text" => NpgsqlDbType.Text,
        "bytea" => NpgsqlDbType.Bytea,
        _ => throw new ArgumentException($"A column of type {name} cannot be loaded.", nameof(name)),
    };
}
