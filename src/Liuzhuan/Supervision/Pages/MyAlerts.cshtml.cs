using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Supervision.Alerts;
using Liuzhuan.Supervision.Watching;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Supervision.Pages;

/// <summary>What an officer's own look-ups gave rise to.</summary>
[Authorize(Policy = Policies.CanOwnCredentials), FreshProof]
internal sealed class MyAlertsModel(AlertDesk desk, WatchRules rules, CurrentActor current) : PageModel
{
    public IReadOnlyList<Alert> Alerts { get; private set; } = [];

    public Text NameOf(Alert alert) => rules.Find(alert.Rule)?.Name ?? new Text(alert.Rule, alert.Rule);

    public async Task OnGetAsync(CancellationToken stop) =>
        Alerts = await desk.OfAsync(current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in."), stop);
}
