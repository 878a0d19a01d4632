using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.People.Sessions;

/// <summary>Somebody's being signed in, as it is stored. The secret that proves it is in the browser's cookie only.</summary>
internal sealed record Session
{
    /// <summary>Names it in the ledger and on pages.</summary>
    public required string Id { get; init; }

    public required string Actor { get; init; }

    /// <summary>One of <see cref="SignInWays"/>.</summary>
    public required string Way { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public required DateTimeOffset ProvedAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? AssistedBy { get; init; }

    public string? ActsFor { get; init; }

    /// <summary>The columns that <see cref="Read"/> wants, in its order.</summary>
    public const string Columns = "s.id, s.actor, s.way, s.signed_in_at, s.proved_at, s.seen_at, s.expires_at, s.assisted_by, s.acts_for";

    public static Session Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Actor = row.GetString(1),
        Way = row.GetString(2),
        SignedInAt = row.Instant(3),
        ProvedAt = row.Instant(4),
        SeenAt = row.Instant(5),
        ExpiresAt = row.Instant(6),
        AssistedBy = row.IsDBNull(7) ? null : row.GetString(7),
        ActsFor = row.IsDBNull(8) ? null : row.GetString(8),
    };
}

/// <summary>How identity was proved.</summary>
internal static class SignInWays
{
    public const string Passkey = "passkey", Password = "password", Invitation = "invitation", Code = "code", Provider = "provider", Window = "window", Demo = "demo";

    public static IReadOnlyList<string> All { get; } = [Passkey, Password, Invitation, Code, Provider, Window, Demo];
}
