using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Permissions;

namespace Liuzhuan.Exchange.Desk;

/// <summary>Whether the ground of a request stands: on the day it is handed in, and again on the day it is verified.</summary>
internal sealed class RequestGround(Permissions permissions, Grounds grounds, DirectoryShelf directory)
{
    /// <summary>The branch of an agency; null while there is no directory, and none that any ground is for where the directory does not know the agency.</summary>
    public async Task<string?> BranchAsync(string? agency, CancellationToken stop)
    {
        var book = await directory.LoadAsync(stop);
        return book.Agencies.Count == 0 ? null : agency is not null && book.Agencies.TryGetValue(agency, out var found) ? found.Branch : "";
    }

    /// <summary>Why the request cannot be verified today, told to its liaison; null when its ground stands.</summary>
    public async Task<Refusal?> LookAsync(ExchangeRequest request, CancellationToken stop)
    {
        if (permissions.FindPurpose(request.Purpose) is not { } purpose) return RequestRefusals.GroundLost(request.Provision);
        if (grounds.Kept(request.Purpose, request.Ground, request.Provision) is not { } kept) return RequestRefusals.GroundLost(request.Provision);
        var branch = await BranchAsync(request.Agency, stop);
        return !kept.IsFor(branch) ? RequestRefusals.GroundOfOthers(kept, purpose) : grounds.Find(purpose, kept.Id, branch).Ok(out _, out _) ? null : RequestRefusals.GroundOver(kept);
    }
}
