namespace Liuzhuan.Platform.Web;

/// <summary>Marks an endpoint that machines of agencies use: it is served beyond this computer too, and its requests are told in log and traces. What is not marked stays on this computer.</summary>
internal sealed class ForMachinesMetadata
{
    public static readonly ForMachinesMetadata Instance = new();
}

/// <summary>How routes are marked.</summary>
internal static class ForMachines
{
    public static T MarkForMachines<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(ForMachinesMetadata.Instance);
}
