using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Supervision.Alerts;
using Liuzhuan.Supervision.Watching;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Supervision.Pages;

using Permissions = Liuzhuan.Platform.Permissions.Permissions;

/// <summary>One alert: for the officer it is about, who explains, and for the supervisor, who decides. Whom it concerns is decided by the desk; others find nothing here.</summary>
[Authorize(Policy = Policies.SignedIn), FreshProof]
internal sealed class AlertPageModel(AlertDesk desk, WatchRules rules, Permissions permissions, CurrentActor current, OfficerNames names) : PageModel
{
    private const int MostNamed = 3;

    private Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public Alert Alert { get; private set; } = null!;

    public WatchRule? Rule => rules.Find(Alert.Rule);

    public Text Name => Rule?.Name ?? new Text(Alert.Rule, Alert.Rule);

    public IReadOnlyList<Look> Looks { get; private set; } = [];

    public string Officer { get; private set; } = "";

    public string DecidedBy { get; private set; } = "";

    /// <summary>Who may decide it, for the officer it is about: names and offices; null for everybody else, and once it is closed.</summary>
    public IReadOnlyList<string>? Deciders { get; private set; }

    public bool IsMine => Alert.Officer == Me.Id;

    public bool MayDecide => !IsMine && Alert.State != Alert.Closed;

    public IReadOnlyList<Crumb> Trail => IsMine ? [new(AlertTexts.Mine, "/workbench/alerts")] : [new(AlertTexts.Title, "/supervision/alerts")];

    public Refusal? Refusal { get; private set; }

    public bool IsSaved { get; private set; }

    public string? Outcome { get; private set; }

    public string Words { get; private set; } = "";

    public Text PurposeOf(Look look) => permissions.FindPurpose(look.Purpose) is { } purpose ? purpose.Name : new Text(look.Purpose, look.Purpose);

    public string Limit(PageLanguage language)
    {
        if (Rule is not { } rule) return "";
        var time = rule.Within < TimeSpan.FromDays(2) ? language.Format(AlertTexts.Hours, (int)rule.Within.TotalHours) : language.Format(AlertTexts.Days, (int)rule.Within.TotalDays);
        return rule.Share > 0 ? language.Format(AlertTexts.LimitShare, time, rule.AtLeast, rule.Share) : language.Format(AlertTexts.Limit, time, rule.AtLeast);
    }

    /// <param name="saved">Given after something was sent.</param>
    public async Task<IActionResult> OnGetAsync(Guid id, string? saved, CancellationToken stop)
    {
        IsSaved = saved is not null;
        return await ShowAsync(id, null, stop);
    }

    public async Task<IActionResult> OnPostExplainAsync(Guid id, string? form, string? words, CancellationToken stop)
    {
        Words = words ?? "";
        return SentForm.Of(Me, form, "explain", $"{id}", words).Ok(out var sent, out var refusal) && (await desk.ExplainAsync(Me, id, words, sent, stop)).Ok(out _, out refusal) ? this.Follow($"/supervision/alerts/{id}?saved") : await ShowAsync(id, refusal, stop);
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid id, string? form, string? outcome, string? note, CancellationToken stop)
    {
        (Outcome, Words) = (outcome, note ?? "");
        return SentForm.Of(Me, form, "decide", $"{id}", outcome, note).Ok(out var sent, out var refusal) && (await desk.DecideAsync(Me, id, outcome, note, sent, stop)).Ok(out _, out refusal) ? this.Follow($"/supervision/alerts/{id}?saved") : await ShowAsync(id, refusal, stop);
    }

    private async Task<IActionResult> ShowAsync(Guid id, Refusal? refusal, CancellationToken stop)
    {
        if (!(await desk.FindAsync(Me, id, stop)).Ok(out var alert, out _)) return NotFound();
        (Alert, Refusal) = (alert, refusal);
        Looks = await desk.LooksAsync(alert, stop);
        Officer = await names.OfAsync(alert.Officer, stop);
        if (alert.DecidedBy is { } by) DecidedBy = await names.OfAsync(by, stop);
        if (IsMine && alert.State != Alert.Closed) Deciders = [.. (await desk.DecidersAsync(alert, stop)).Take(MostNamed).Select(one => $"{one.Name}（{one.Post?.OfficeName}）")];
        if (refusal is not null) Response.StatusCode = refusal.Status;
        return Page();
    }
}
