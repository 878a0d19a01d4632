using System.Data.Common;

namespace Liuzhuan.Platform.Data;

/// <summary>Which tables a database really has. Copies follow this, not the program's own list, so that nothing is forgotten.</summary>
internal static class TableCatalogue
{
    private static readonly Dictionary<string, ColumnKind> Kinds = new()
    {
        ["integer"] = ColumnKind.Integer, ["bigint"] = ColumnKind.Integer, ["smallint"] = ColumnKind.Integer,
        ["boolean"] = ColumnKind.Boolean, ["bool_integer"] = ColumnKind.Boolean,
        ["timestamp with time zone"] = ColumnKind.Instant, ["instant_integer"] = ColumnKind.Instant,
        ["uuid"] = ColumnKind.Uuid, ["uuid_text"] = ColumnKind.Uuid,
        ["text"] = ColumnKind.Text,
        ["bytea"] = ColumnKind.Bytes, ["blob"] = ColumnKind.Bytes,
    };

    /// <summary>All tables with people's or the product's data, each after those it refers to. The migrator's own are left out: steps make them again.</summary>
    /// <exception cref="DataRefusedException">A column has a type, or a table no key, that the product would never make: it belongs to somebody else.</exception>
    public static async Task<IReadOnlyList<TableShape>> ReadAsync(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken stop)
    {
        var columns = await connection.ListAsync(transaction, dialect.Columns, row => (Table: row.GetString(0), Name: row.GetString(1), Type: row.GetString(2), InKey: row.GetInt64(3)), stop);
        var references = await connection.ListAsync(transaction, dialect.References, row => (From: row.GetString(0).Trim('"'), To: row.GetString(1).Trim('"')), stop);
        var tables = new List<TableShape>();
        foreach (var table in columns.Where(column => !Migrator.OwnTables.Contains(column.Table)).GroupBy(column => column.Table))
        {
            var unknown = table.FirstOrDefault(column => !Kinds.ContainsKey(column.Type));
            if (unknown.Table is not null) throw new DataRefusedException(DataRefusals.ForeignColumn(unknown.Table, unknown.Name, unknown.Type));
            var key = table.Where(column => column.InKey > 0).OrderBy(column => column.InKey).Select(column => column.Name).ToList();
            if (key.Count == 0) throw new DataRefusedException(DataRefusals.WithoutKey(table.Key));
            tables.Add(new TableShape(table.Key, [.. table.OrderBy(column => column.Name, StringComparer.Ordinal).Select(column => new ColumnShape(column.Name, Kinds[column.Type]))], key));
        }

        return InOrder(tables, references);
    }

    /// <summary>The names of all tables that are not the migrator's own.</summary>
    public static async Task<List<string>> NamesAsync(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken stop) =>
        [.. (await connection.ListAsync(transaction, dialect.Tables, row => row.GetString(0), stop)).Except(Migrator.OwnTables).Order(StringComparer.Ordinal)];

    private static List<TableShape> InOrder(List<TableShape> tables, List<(string From, string To)> references)
    {
        var (ordered, left) = (new List<TableShape>(), tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList());
        while (left.Count > 0)
        {
            var free = left.FirstOrDefault(table => !references.Any(reference => reference.From == table.Name && reference.To != table.Name && left.Any(other => other.Name == reference.To)))
                ?? throw new InvalidOperationException($"The tables {string.Join(", ", left.Select(table => table.Name))} refer to each other in a circle.");
            ordered.Add(free);
            left.Remove(free);
        }

        return ordered;
    }
}
