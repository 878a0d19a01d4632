using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Supervision.Alerts;
using Liuzhuan.Supervision.Watching;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Supervision.Pages;

/// <summary>A supervisor's alerts: those that wait for a decision first.</summary>
[Authorize(Policy = Policies.CanSeeAlerts), FreshProof]
internal sealed class AlertsModel(AlertDesk desk, WatchRules rules, CurrentActor current, OfficerNames names) : PageModel
{
    private const int LastPage = 10_000;

    public static Guide Guide { get; } = new("alerts", AlertTexts.GuideFirst, AlertTexts.GuideWords, AlertTexts.GuideLedger);

    public string? State { get; private set; }

    public string? Rule { get; private set; }

    public int PageNumber { get; private set; }

    public bool More { get; private set; }

    public bool IsFiltered => State is not null || Rule is not null;

    public IReadOnlyList<WatchRule> Rules { get; } = [.. rules.All.GroupBy(rule => rule.Id).Select(same => same.MaxBy(rule => rule.ValidFrom)!)];

    public IReadOnlyList<(Alert Alert, string Officer)> Alerts { get; private set; } = [];

    public Text NameOf(Alert alert) => rules.Find(alert.Rule)?.Name ?? new Text(alert.Rule, alert.Rule);

    public static Status Status(PageLanguage language, Alert alert) => new(
        alert.State switch { Alert.Open => StatusKind.Warning, Alert.Answered => StatusKind.Bad, _ => alert.Outcome == "unjustified" ? StatusKind.Bad : StatusKind.Good },
        alert.Outcome is { } outcome ? language[AlertTexts.OutcomeName(outcome)] : language[AlertTexts.StateName(alert.State)]);

    public async Task OnGetAsync(string? state, string? rule, [FromQuery(Name = "page")] int page, CancellationToken stop)
    {
        // What is none of the choices stands for all, as in the empty form.
        (State, Rule, PageNumber) = (Alert.States.Contains(state) ? state : null, Rules.Any(one => one.Id == rule) ? rule : null, Math.Clamp(page, 0, LastPage));
        var supervisor = current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");
        (var alerts, More) = await desk.ListAsync(supervisor, State, Rule, PageNumber, stop);
        Alerts = [.. alerts.Zip(await names.OfAsync(alerts.Select(alert => alert.Officer), stop))];
    }
}
