namespace Liuzhuan.Platform.People;

/// <summary>Who sent the request being served.</summary>
internal sealed class CurrentActor
{
    /// <summary>Null for a stranger.</summary>
    public Actor? Actor { get; set; }
}
