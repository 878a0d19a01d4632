using Liuzhuan.Platform.Ledger.Accesses;

namespace Liuzhuan.Platform.People;

/// <summary>Whoever is signed in.</summary>
internal sealed record Actor
{
    /// <summary>As the ledger names them: <c>officer/J220102001</c>, <c>citizen/&lt;random id&gt;</c>; never a citizen number.</summary>
    public required string Id { get; init; }

    public required ActorKind Kind { get; init; }

    /// <summary>For the page's head and for sentences; never for logs.</summary>
    public required string Name { get; init; }

    /// <summary>Codes of <see cref="People.Roles"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Where an officer works; null for citizens.</summary>
    public Post? Post { get; init; }

    /// <summary>The key of the number whose matters a citizen sees: their own, or that of whom they act for. Null for officers.</summary>
    public PersonKey? Person { get; init; }

    /// <summary>Names the session without being its secret.</summary>
    public required string Session { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>When identity was last proved.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    /// <summary>How identity was proved, one of <see cref="Sessions.SignInWays"/>.</summary>
    public string Way { get; init; } = "";

    /// <summary>The officer at whose window a citizen is served.</summary>
    public string? AssistedBy { get; init; }

    /// <summary>The citizen a proxy acts for.</summary>
    public string? ActsFor { get; init; }

    /// <summary>How the ledger and the sessions name an officer.</summary>
    public static string OfOfficer(string officerId) => ActorIds.Officer + officerId;

    /// <summary>The officer's own id; null for a citizen.</summary>
    public string? OfficerId => ActorIds.OfficerOf(Id);
}

internal enum ActorKind
{
    Officer,
    Citizen,
}

/// <summary>The two kinds of names.</summary>
internal static class ActorIds
{
    public const string Officer = "officer/", Citizen = "citizen/";

    public static string? OfficerOf(string id) => id.StartsWith(Officer, StringComparison.Ordinal) ? id[Officer.Length..] : null;

    public static string? CitizenOf(string id) => id.StartsWith(Citizen, StringComparison.Ordinal) ? id[Citizen.Length..] : null;
}
