using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Ledger;

/// <summary>A few statements that must be durable together with an entry: changes of the access list, identifiers that may be used once. For what is rare; what is frequent has its own writer.</summary>
internal sealed class StatementCompanion : ICompanionWriter
{
    private static readonly StatementCompanion Instance = new();

    /// <summary>Runs the statements in order. One that touches no row refuses the entry, and with it all of them.</summary>
    public static Companion Of(params IReadOnlyList<Statement> statements) => new(Instance, statements);

    public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, CompanionRow[] rows, CancellationToken stop)
    {
        var refused = new List<int>();
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        for (var i = 0; i < rows.Length; i++)
        {
            foreach (var statement in (IReadOnlyList<Statement>)rows[i].Content)
            {
                if (await connection.ExecuteAsync(transaction, statement.Text, stop, ValuesOf(statement, rows[i])) > 0) continue;
                refused.Add(i);
                break;
            }
        }

        return refused;
    }

    private static (string Name, object? Value)[] ValuesOf(Statement statement, CompanionRow row) =>
        statement.Values.Any(pair => pair.Value == Statement.Position) ? [.. statement.Values.Select(pair => pair.Value == Statement.Position ? (pair.Name, row.Position) : pair)] : statement.Values;
}

/// <summary>An SQL statement with its named values.</summary>
internal sealed record Statement(string Text, params (string Name, object? Value)[] Values)
{
    /// <summary>Stands for the position of the entry that a statement is written with.</summary>
    public static readonly object Position = new();
}
