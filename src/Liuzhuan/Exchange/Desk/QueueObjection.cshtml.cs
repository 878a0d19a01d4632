using Liuzhuan.Exchange.Objections;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Desk;

/// <summary>One objection for whoever decides it: what was asked when by whom, and the answer to the person.</summary>
[Authorize(Policy = Policies.CanDecideChallenge), FreshProof]
internal sealed class QueueObjectionModel(CurrentActor current, Permissions permissions, ObjectionDesk objections, AnswerObjection answer, ObjectionWords words, Ledger ledger) : PageModel
{
    /// <summary>A supervisor has no queue of requests to go back to.</summary>
    public IReadOnlyList<Crumb> Trail => permissions.Decide(current.Actor, Capabilities.WorkQueue).IsAllowed ? [new Crumb(RequestTexts.Queue, "/workbench/queue")] : [new Crumb(RequestTexts.Objections, "/workbench/objections")];

    public Objection Objection { get; private set; } = null!;

    public ClockCard? Clock { get; private set; }

    public string? Said { get; private set; }

    /// <summary>The entry of the ledger that it is about, as text; it names no person.</summary>
    public string? Leaf { get; private set; }

    /// <summary>Why this officer may not decide it.</summary>
    public Refusal? MayNot { get; private set; }

    public Refusal? Refusal { get; private set; }

    public string? Outcome { get; private set; }

    public string? Words { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop) => await LoadAsync(id, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, string? outcome, string? words, CancellationToken stop)
    {
        if (!await LoadAsync(id, stop)) return NotFound();
        if ((await answer.RunAsync(current.Actor!, Objection, outcome, words, stop)).Ok(out _, out var refusal))
        {
            Response.Headers.Location = $"/workbench/queue/objections/{id}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        (Refusal, Outcome, Words) = (refusal, outcome, words);
        Response.StatusCode = refusal.Status;
        return Page();
    }

    private async Task<bool> LoadAsync(string id, CancellationToken stop)
    {
        if (await objections.FindAsync(id, stop) is not var (objection, card) || !permissions.Decide(current.Actor, Capabilities.DecideChallenge, objection.Target).IsAllowed) return false;
        (Objection, Clock, Said, MayNot) = (objection, card, words.Open(objection.Words), answer.May(current.Actor!, objection));
        if (objection.Position is { } position && await ledger.Log.EntryAsync(position, stop) is { } entry) Leaf = System.Text.Encoding.UTF8.GetString(entry.Leaf);
        return true;
    }
}
