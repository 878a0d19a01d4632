using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Desk;

/// <summary>One request for the liaison: verify it, look at the counts, release it or send it back.</summary>
[Authorize(Policy = Policies.CanWorkQueue), FreshProof]
internal sealed class QueueRequestModel(CurrentActor current, RequestDesk desk, RequestReach reach, RequestGround ground, HandleRequest handle, ResumeRequests resume, RequestFiles files, LiaisonDuty duty, TimeProvider time) : PageModel
{
    public static IReadOnlyList<Crumb> Trail { get; } = [new Crumb(RequestTexts.Queue, "/workbench/queue")];

    public ExchangeRequest Item { get; private set; } = null!;

    public ClockCard? Clock { get; private set; }

    public Job? Job { get; private set; }

    /// <summary>Who answers for it today; null where the directory names nobody.</summary>
    public Text? OnDuty { get; private set; }

    public IReadOnlyList<Text> DutySteps { get; private set; } = [];

    public Refusal? Refusal { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>Why what waits to be verified may only be sent back; null when it may be verified, and when it was.</summary>
    public Refusal? Groundless { get; private set; }

    public bool MayOpen => RequestLaw.After(Item.State, RequestAct.Open) is not null && Groundless is null;

    public bool MayRelease => RequestLaw.After(Item.State, RequestAct.Release) is not null && Job is { Phase: JobPhase.Done };

    public bool MayReturn => RequestLaw.After(Item.State, RequestAct.Return) is not null;

    public Task<IActionResult> OnGetAsync(string id, CancellationToken stop) => ShowAsync(id, null, stop);

    public Task<IActionResult> OnPostOpenAsync(string id, CancellationToken stop) => ActAsync(id, (actor, request) => handle.OpenAsync(actor, request, stop), stop);

    public Task<IActionResult> OnPostReleaseAsync(string id, CancellationToken stop) => ActAsync(id, (actor, request) => handle.ReleaseAsync(actor, request, stop), stop);

    public Task<IActionResult> OnPostReturnAsync(string id, string? reason, CancellationToken stop)
    {
        Reason = reason;
        return ActAsync(id, (actor, request) => handle.ReturnAsync(actor, request, reason, stop), stop);
    }

    private async Task<IActionResult> ActAsync(string id, Func<Actor, ExchangeRequest, Task<Result<RequestState>>> act, CancellationToken stop)
    {
        if (await desk.FindAsync(id, stop) is not var (request, _) || !(await reach.MayAsync(current.Actor!, request, stop)).IsAllowed) return NotFound();
        if (!(await act(current.Actor!, request)).Ok(out _, out var refusal)) return await ShowAsync(id, refusal, stop);
        Response.Headers.Location = $"/workbench/queue/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<IActionResult> ShowAsync(string id, Refusal? refusal, CancellationToken stop)
    {
        if (await desk.FindAsync(id, stop) is not var (request, clock) || !(await reach.MayAsync(current.Actor!, request, stop)).IsAllowed) return NotFound();
        await resume.ResumeAsync(request, current.Actor, stop);
        (Item, Clock, Job, Refusal) = (request, clock, files.Store.Find(request.Job), refusal);
        if (request.State == RequestState.Submitted || handle.IsStranded(request)) Groundless = await ground.LookAsync(request, stop);
        (OnDuty, DutySteps) = await duty.TodayAsync(request.LiaisonOffice, ChinaTime.DayOf(time.GetUtcNow()), stop);
        if (refusal is not null) Response.StatusCode = refusal.Status;
        return Page();
    }
}
