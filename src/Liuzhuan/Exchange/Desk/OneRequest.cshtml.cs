using Liuzhuan.Exchange.Hall;
using Liuzhuan.Exchange.Objections;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Desk;

/// <summary>One request for the office that asked: how it stands, by when it is answered, the result, and rows they dispute.</summary>
[Authorize(Policy = Policies.CanSubmitRequest), FreshProof]
internal sealed class OneRequestModel(CurrentActor current, RequestDesk desk, RequestFiles files, RaiseObjection raise) : PageModel
{
    public static IReadOnlyList<Crumb> Trail { get; } = [new Crumb(RequestTexts.Requests, "/workbench/requests")];

    public ExchangeRequest Item { get; private set; } = null!;

    public ClockCard? Clock { get; private set; }

    /// <summary>The verified file; null before it is released, and once it is deleted.</summary>
    public Job? Result { get; private set; }

    public IReadOnlyList<Objection> Disputes { get; private set; } = [];

    public Refusal? Refusal { get; private set; }

    public string? Rows { get; private set; }

    public string? Words { get; private set; }

    public bool MayDispute => RequestLaw.After(Item.State, RequestAct.Dispute) is not null;

    public IReadOnlyList<Happening> Course(PageLanguage language)
    {
        List<Happening> course = [new(Item.SubmittedAt, language[RequestTexts.CameIn])];
        if (Item.OpenedAt is { } opened) course.Add(new(opened, language[RequestTexts.TakenOn]));
        if (Item.ClosedAt is { } closed) course.Add(new(closed, language.Format(Item.State == RequestState.Released ? RequestTexts.WasReleased : RequestTexts.WasReturned, Item.ClosedBody ?? "")));
        else if (Item.DueAt is { } due) course.Add(new(due.AddSeconds(-1), language[RequestTexts.DueBy], IsAhead: true));
        if (Result is { } job) course.Add(new(job.ExpiresAt(files.Options.KeepFor), language[JobTexts.Deletes], IsAhead: true));
        return course;
    }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop) => await LoadAsync(id, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostDisputeAsync(string id, string? form, string? rows, string? reason, string? words, CancellationToken stop)
    {
        if (!await LoadAsync(id, stop)) return NotFound();
        var refusal = RequestLaw.NotNow;
        // Who answered decides, and whoever else stands in for them.
        if (MayDispute && SentForm.Of(current.Actor!, form, "dispute", id, rows, reason, words).Ok(out var sent, out refusal)
            && (await raise.ToRowsAsync(current.Actor!, id, rows, reason, words, sent, Item.ClosedBody ?? "", new Asker("", Item.ClosedOffice ?? "", Item.ClosedAgency ?? "", Item.Division), stop)).Ok(out _, out refusal))
        {
            Response.Headers.Location = $"/workbench/requests/{id}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        (Refusal, Rows, Words) = (refusal, rows, words);
        Response.StatusCode = refusal!.Status;
        return Page();
    }

    private async Task<bool> LoadAsync(string id, CancellationToken stop)
    {
        if (await desk.OfOfficeAsync(current.Actor!, id, stop) is not var (request, clock)) return false;
        (Item, Clock) = (request, clock);
        if (request.State == RequestState.Released) Result = files.Store.Find(request.Job);
        Disputes = await desk.DisputesAsync(id, stop);
        return true;
    }
}
