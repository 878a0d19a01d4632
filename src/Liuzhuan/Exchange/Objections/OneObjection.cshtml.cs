using Liuzhuan.Platform.Clocks.Pages;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Objections;

/// <summary>An objection for whoever raised it: how it stands, by when it is answered, and the answer.</summary>
[Authorize(Policy = Policies.CanChallengeAccess), FreshProof]
internal sealed class OneObjectionModel(CurrentActor current, ObjectionDesk objections, ObjectionWords words) : PageModel
{
    public static IReadOnlyList<Crumb> Trail { get; } = [new Crumb(ObjectionTexts.Accesses, "/hall/accesses"), new Crumb(ObjectionTexts.Mine, "/hall/objections")];

    public Objection Objection { get; private set; } = null!;

    public ClockCard? Clock { get; private set; }

    /// <summary>What they wrote; null when it is erased, or nothing was written.</summary>
    public string? Words { get; private set; }

    public string? Answer { get; private set; }

    /// <summary>What happened, and what will.</summary>
    public IReadOnlyList<Happening> Course(PageLanguage language)
    {
        List<Happening> course = [new(Objection.RaisedAt, language[ObjectionTexts.Raised])];
        if (Objection.AnsweredAt is { } answered) course.Add(new(answered, language[ObjectionTexts.AnsweredAt]));
        // The end of a day is the first instant of the next; people are told the day itself.
        else if (Clock?.Reading.DueAt is { } due) course.Add(new(due.AddSeconds(-1), language[ObjectionTexts.Due], IsAhead: true));
        return course;
    }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        if (await objections.FindAsync(id, stop) is not var (objection, card) || objection.RaisedBy != current.Actor!.Id || objection.About != Objection.Access) return NotFound();
        (Objection, Clock, Words, Answer) = (objection, card, words.Open(objection.Words), words.Open(objection.Answer));
        return Page();
    }
}
