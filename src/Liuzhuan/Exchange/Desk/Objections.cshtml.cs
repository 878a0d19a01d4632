using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Desk;

/// <summary>The objections that somebody may decide, in the order of legal deadlines: for supervisors, who have no queue of requests.</summary>
[Authorize(Policy = Policies.CanDecideChallenge), FreshProof]
internal sealed class ObjectionsModel(CurrentActor current, RequestDesk desk) : PageModel
{
    public static Guide Guide { get; } = new("objections", RequestTexts.GuideObjectionOrder, RequestTexts.GuideObjectionEntry, RequestTexts.GuideObjectionAnswer);

    public IReadOnlyList<IGrouping<QueueGroup, QueueItem>> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => Groups = [.. (await desk.QueueAsync(current.Actor!, isOwnOnly: false, stop)).Where(item => item.IsObjection).GroupBy(item => item.Group)];
}
