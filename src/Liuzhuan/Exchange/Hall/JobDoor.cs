using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Opens a job for whoever may see it. A file of an office is for that office; one that was dropped where nobody is signed in is for whoever holds its link.</summary>
internal sealed class JobDoor(JobStore store, Permissions permissions, CurrentActor current)
{
    /// <summary>Null for what is not there, and for what is another's: the two look the same.</summary>
    public Job? Find(string? id) =>
        store.Find(id) is { } job && (job.Errand is not { } errand || permissions.Decide(current.Actor, Capabilities.VerifyFile, new PermissionTarget(Office: errand.Office)).IsAllowed) ? job : null;
}
