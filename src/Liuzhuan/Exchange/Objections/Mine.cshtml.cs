using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Objections;

/// <summary>The objections somebody raised.</summary>
[Authorize(Policy = Policies.CanChallengeAccess), FreshProof]
internal sealed class MineModel(CurrentActor current, ObjectionDesk objections) : PageModel
{
    private const int Most = 200;

    public IReadOnlyList<Objection> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => All = await objections.OfAsync(current.Actor!.Id, Most, stop);
}
