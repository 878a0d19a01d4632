using System.Buffers.Text;
using System.Data.Common;
using Liuzhuan.Platform.Data;
using Microsoft.AspNetCore.Identity;

namespace Liuzhuan.Platform.People.Credentials;

/// <summary>A passkey of somebody, with when it was last used.</summary>
internal sealed record StoredPasskey(string Id, string Actor, UserPasskeyInfo Info, DateTimeOffset? UsedAt)
{
    /// <summary>How a credential's id is written.</summary>
    public static string IdOf(byte[] credentialId) => Base64Url.EncodeToString(credentialId);

    public static StoredPasskey Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(11),
        new UserPasskeyInfo(
            Base64Url.DecodeFromChars(row.GetString(0)), (byte[])row.GetValue(1), row.Instant(2), (uint)row.GetInt64(3), row.GetString(4).Split(',', StringSplitOptions.RemoveEmptyEntries),
            row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7), (byte[])row.GetValue(8), (byte[])row.GetValue(9)) { Name = row.GetString(10) },
        row.IsDBNull(12) ? null : row.Instant(12));
}
