namespace Liuzhuan.Platform.People.Sessions;

/// <summary>A session that is to be opened.</summary>
/// <param name="Actor">Whose it is, as <see cref="People.Actor.Id"/>.</param>
/// <param name="Way">One of <see cref="SignInWays"/>.</param>
internal sealed record NewSession(string Actor, string Way)
{
    /// <summary>When identity was proved, where that was earlier and elsewhere; null for now.</summary>
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>The officer at whose window the citizen is served.</summary>
    public string? AssistedBy { get; init; }

    /// <summary>The citizen a proxy acts for.</summary>
    public string? ActsFor { get; init; }

    /// <summary>On what ground.</summary>
    public string? Mandate { get; init; }
}
