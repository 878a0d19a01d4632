using System.Data.Common;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>Writes the rows of a group in the way that is quick on one database. Belongs to one connection.</summary>
internal interface IGroupRows
{
    /// <summary>Writes entries, payloads and full tiles, and moves the head to the group's end.</summary>
    Task WriteAsync(DbTransaction transaction, LedgerGroup group, string note);
}
