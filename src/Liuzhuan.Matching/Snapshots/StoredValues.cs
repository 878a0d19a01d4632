using Liuzhuan.Matching.Schemas;
using Liuzhuan.Matching.Values;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>The form in which values stand in a <see cref="StoredRecord"/>.</summary>
internal static class StoredValues
{
    /// <summary>Canonical text of a register cell: names as entered (empty when they are no name), status and successor in their canonical words, values that cannot be read as empty.</summary>
    public static string Canonical(SchemaField field, IFieldComparer comparer, string cell, RecordStatus status, KeyReader keys)
    {
        switch (field.Role)
        {
            case FieldRole.Status:
                return status.Word();
            case FieldRole.SupersededBy:
                // A successor that cannot be read stays as written: the chain then ends in "incomplete record".
                return cell.Length == 0 || keys.Read(cell, out _, out var successor) != Reasons.None ? cell : successor;
            case FieldRole.FormerValues:
                return cell;
            default:
                if (!comparer.TryReadStored(cell, out var canonical) || canonical.Length == 0) return "";
                return comparer.Storage == FieldStorage.Name ? cell : canonical;
        }
    }
}
