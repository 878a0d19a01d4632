using System.Data.Common;
using Liuzhuan.Platform.Data;

namespace Liuzhuan.Platform.People.Providers;

/// <summary>A way to the provider that somebody set out on.</summary>
/// <param name="Purpose">One of <see cref="FlowPurposes"/>.</param>
/// <param name="Session">The session that set out, where somebody was signed in already.</param>
/// <param name="Back">Where to go on afterwards, where that is known.</param>
/// <param name="Place">The address the provider leads back to, word for word as it was told (RFC 6749 section 4.1.3).</param>
internal sealed record ProviderFlow(string Purpose, string? Session, string? Back, string Place, DateTimeOffset BegunAt)
{
    /// <summary>The columns that <see cref="Read"/> wants, in its order.</summary>
    public const string Columns = "purpose, session, back, place, begun_at";

    public static ProviderFlow Read(DbDataReader row) =>
        new(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), row.Instant(4));
}

/// <summary>What somebody goes to the provider for.</summary>
internal static class FlowPurposes
{
    /// <summary>To sign in as an officer, as a citizen; to prove one's identity again; to link one's account.</summary>
    public const string Officer = "officer", Citizen = "citizen", Prove = "prove", Link = "link";

    public static IReadOnlyList<string> All { get; } = [Officer, Citizen, Prove, Link];

    /// <summary>True where somebody must be signed in already, and the provider must ask anew who it is.</summary>
    public static bool IsOfSession(string purpose) => purpose is Prove or Link;
}
