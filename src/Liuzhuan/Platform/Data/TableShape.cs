using System.Text;

namespace Liuzhuan.Platform.Data;

/// <summary>A table as both databases describe it.</summary>
/// <param name="Columns">In the order of their names, which does not depend on how the table came about.</param>
/// <param name="Key">The columns of the primary key, in its order.</param>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns, IReadOnlyList<string> Key)
{
    /// <summary>One text for equal shapes: name, columns with their kinds, key.</summary>
    public string Heading
    {
        get
        {
            var text = new StringBuilder(Name).Append('\n');
            foreach (var column in Columns) text.Append(column.Name).Append(' ').Append(column.Kind).Append('\n');
            return text.AppendJoin(',', Key).Append('\n').ToString();
        }
    }

    /// <summary>Reads all rows in the order of the key, bytewise also for text.</summary>
    public string SelectInOrder(Dialect dialect)
    {
        var order = Key.Select(name => Columns.First(column => column.Name == name) is { Kind: ColumnKind.Text } && dialect == Dialect.Postgres ? $"{Quote(name)} collate \"C\"" : Quote(name));
        return $"select {string.Join(", ", Columns.Select(column => Quote(column.Name)))} from {Quote(Name)} order by {string.Join(", ", order)}";
    }

    /// <summary>Makes a table of this shape, in the words of <see cref="Dialect.Words"/>.</summary>
    public string CreateText()
    {
        var columns = Columns.Select(column => $"{Quote(column.Name)} {(column.Kind switch { ColumnKind.Integer => "{long}", ColumnKind.Boolean => "{bool}", ColumnKind.Instant => "{instant}", ColumnKind.Uuid => "{uuid}", ColumnKind.Bytes => "{bytes}", _ => "text" })}");
        return $"create table {Quote(Name)} ({string.Join(", ", columns)}, primary key ({string.Join(", ", Key.Select(Quote))}))";
    }

    /// <summary>A name as both databases take it literally.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A column: its name and what it holds.</summary>
internal sealed record ColumnShape(string Name, ColumnKind Kind);
