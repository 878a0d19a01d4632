using System.Data.Common;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Has the companions of a group written, each kind by its writer.</summary>
internal static class CompanionRows
{
    /// <summary>Gives back the entries that a companion refuses.</summary>
    public static async Task<HashSet<Pending>> WriteAsync(DbTransaction transaction, LedgerGroup written)
    {
        var refused = new HashSet<Pending>();
        var kinds = new Dictionary<ICompanionWriter, OfWriter>();
        for (var i = 0; i < written.Entries.Count; i++)
        {
            foreach (var companion in written.Entries[i].Entry.Companions)
            {
                if (!kinds.TryGetValue(companion.Writer, out var kind)) kinds.Add(companion.Writer, kind = new OfWriter([], []));
                kind.Owners.Add(written.Entries[i]);
                kind.Rows.Add(new CompanionRow(companion.Content, written.First + i, written.At, written.After.Size));
            }
        }

        foreach (var (writer, (owners, rows)) in kinds)
        {
            foreach (var index in await writer.WriteAsync(transaction, [.. rows], CancellationToken.None)) refused.Add(owners[index]);
        }

        return refused;
    }

    private sealed record OfWriter(List<Pending> Owners, List<CompanionRow> Rows);
}
