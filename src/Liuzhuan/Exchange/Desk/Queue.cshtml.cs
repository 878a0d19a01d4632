using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Desk;

/// <summary>What waits for a liaison, in the order of legal deadlines; requests of agencies and objections of people alike.</summary>
[Authorize(Policy = Policies.CanWorkQueue), FreshProof]
internal sealed class QueueModel(CurrentActor current, RequestDesk desk) : PageModel
{
    private const string All = "all";

    public static Guide Guide { get; } = new("queue", RequestTexts.GuideOrder, RequestTexts.GuideOpen, RequestTexts.GuideAway);

    public IReadOnlyList<IGrouping<QueueGroup, QueueItem>> Groups { get; private set; } = [];

    public bool IsOwnOnly { get; private set; }

    /// <param name="reach">"all" for the divisions below as well; it stands in the address.</param>
    public async Task OnGetAsync(string? reach, CancellationToken stop)
    {
        IsOwnOnly = reach != All;
        Groups = [.. (await desk.QueueAsync(current.Actor!, IsOwnOnly, stop)).GroupBy(item => item.Group)];
    }
}
