using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.Ledger;

/// <summary>A few statements that must be durable together with an entry: changes of the access list, identifiers that may be used once. For what is rare; what is frequent has its own writer.</summary>
internal sealed class StatementCompanion : ICompanionWriter
{
    private static readonly StatementCompanion Instance = new();

    /// <summary>Runs the statements in order. One that touches no row refuses the entry, and with it all of them.</summary>
    public static Companion Of(params IReadOnlyList<Statement> statements) => new(Instance, statements);

    public async Task<IReadOnlyList<int>> WriteAsync(DbTransaction transaction, IReadOnlyList<CompanionRow> rows, CancellationToken stop)
    {
        var refused = new List<int>();
        var connection = transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var statement in (IReadOnlyList<Statement>)rows[i].Content)
            {
                if (await connection.ExecuteAsync(transaction, statement.Text, stop, statement.Values) > 0) continue;
                refused.Add(i);
                break;
            }
        }

        return refused;
    }
}

/// <summary>An SQL statement with its named values.</summary>
internal sealed record Statement(string Text, params (string Name, object? Value)[] Values);
