using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>What an officer can sign in with, apart from passkeys.</summary>
/// <param name="Code">Digest of the code of an invitation that was not used yet.</param>
/// <param name="Authenticator">The secret of one-time passwords, encrypted.</param>
/// <param name="UsedStep">The time step of the last one-time password that was taken; it and those before it are used up.</param>
internal sealed record StaffAccount(string OfficerId, byte[]? Code, DateTimeOffset? CodeExpiresAt, string? Password, string? Authenticator, long UsedStep, DateTimeOffset AddedAt)
{
    public const string Select = "select officer_id, code, code_expires_at, password, authenticator, authenticator_step, added_at from staff_accounts";

    public bool HasPassword => Password is not null && Authenticator is not null;

    public static StaffAccount Read(DbDataReader row) => new(
        row.GetString(0), row.IsDBNull(1) ? null : (byte[])row.GetValue(1), row.IsDBNull(2) ? null : row.Instant(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5), row.Instant(6));
}
