using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.People.Administration;

/// <summary>A role that an officer was given, and what became of it.</summary>
internal sealed record RoleGrant(Guid Id, string OfficerId, string Role, string Reason, string Provision, DateTimeOffset GrantedAt, string GrantedBy, DateTimeOffset? RevokedAt, string? RevokedBy, string? RevokeReason)
{
    public const string Select = "select id, officer_id, role, reason, provision, granted_at, granted_by, revoked_at, revoked_by, revoke_reason from role_grants";

    public static RoleGrant Read(DbDataReader row) => new(
        row.GetFieldType(0) == typeof(Guid) ? row.GetGuid(0) : Guid.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Instant(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.Instant(7), row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9));
}
