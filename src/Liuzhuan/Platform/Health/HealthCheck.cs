namespace Liuzhuan.Platform.Health;

/// <summary>How the service or a part of it fares.</summary>
internal enum HealthState
{
    /// <summary>As it should be.</summary>
    Healthy,

    /// <summary>Answers leave; something needs a person.</summary>
    Degraded,

    /// <summary>No answer can leave lawfully.</summary>
    Dead,
}

/// <summary>One thing that is looked at. Any caller reads what it finds, so sentences name neither paths nor hosts nor people.</summary>
internal sealed record HealthCheck(string Name, Func<CancellationToken, Task<HealthFinding>> LookAsync)
{
    /// <summary>A check that needs no waiting.</summary>
    public static HealthCheck Of(string name, Func<HealthFinding> look) => new(name, _ => Task.FromResult(look()));
}

/// <summary>What was found: cause and remedy in both languages.</summary>
internal sealed record HealthFinding(HealthState State, string Chinese, string English)
{
    public static HealthFinding Healthy(string chinese, string english) => new(HealthState.Healthy, chinese, english);

    public static HealthFinding Degraded(string chinese, string english) => new(HealthState.Degraded, chinese, english);

    public static HealthFinding Dead(string chinese, string english) => new(HealthState.Dead, chinese, english);
}
