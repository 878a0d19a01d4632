using System.Data.Common;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Has the companions of a group written, each kind by its writer.</summary>
internal static class CompanionRows
{
    /// <summary>Gives back the entries that a companion refuses.</summary>
    public static async Task<HashSet<Pending>> WriteAsync(DbTransaction transaction, LedgerGroup written)
    {
        var refused = new HashSet<Pending>();
        var companions = from i in Enumerable.Range(0, written.Entries.Count)
                         from companion in written.Entries[i].Entry.Companions
                         group (Owner: written.Entries[i], Row: new CompanionRow(companion.Content, written.First + i, written.At, written.After.Size)) by companion.Writer;
        foreach (var kind in companions)
        {
            var rows = kind.ToList();
            foreach (var index in await kind.Key.WriteAsync(transaction, rows.ConvertAll(row => row.Row), CancellationToken.None)) refused.Add(rows[index].Owner);
        }

        return refused;
    }
}
