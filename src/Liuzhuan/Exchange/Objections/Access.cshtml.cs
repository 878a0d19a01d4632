using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Objections;

/// <summary>One access of one's own list, with the form to object to it.</summary>
[Authorize(Policy = Policies.CanSeeOwnAccesses), FreshProof]
internal sealed class AccessModel(CurrentActor current, Permissions permissions, OwnAccess accesses, ShowAccesses show, OwnNumbers numbers, RaiseObjection raise, ObjectionDesk objections) : PageModel
{
    private bool _mayRaise;

    public static IReadOnlyList<Crumb> Trail { get; } = [new Crumb(ObjectionTexts.Accesses, "/hall/accesses")];

    public AccessItem Item { get; private set; } = null!;

    public Objection? Objection { get; private set; }

    public bool MayObject => _mayRaise && Objection is null;

    public Refusal? Refusal { get; private set; }

    public string? Reason { get; private set; }

    public string? Words { get; private set; }

    public async Task<IActionResult> OnGetAsync(long position, CancellationToken stop) => await LoadAsync(position, stop) ? await ShowAsync(stop) : NotFound();

    public async Task<IActionResult> OnPostAsync(long position, string? form, string? reason, string? words, CancellationToken stop)
    {
        if (!await LoadAsync(position, stop)) return NotFound();
        // Whoever has objected already may have sent the same form once more.
        if (!_mayRaise) return StatusCode(StatusCodes.Status403Forbidden);
        if (SentForm.Of(current.Actor!, form, "object", $"{position}", reason, words).Ok(out var sent, out var refusal)
            && (await raise.ToAccessAsync(current.Actor!, Item, reason, words, sent, stop)).Ok(out var id, out refusal))
        {
            Response.Headers.Location = $"/hall/objections/{id}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        (Refusal, Reason, Words) = (refusal, reason, words);
        Response.StatusCode = refusal!.Status;
        return await ShowAsync(stop);
    }

    // As the list itself: logged, then shown.
    private async Task<PageResult> ShowAsync(CancellationToken stop)
    {
        var actor = current.Actor!;
        await show.LogAsync(AccessWords.Of(actor), "access", "查看本人的一条查询记录", numbers.Of(actor.Person!.Value), stop);
        return Page();
    }

    private async Task<bool> LoadAsync(long position, CancellationToken stop)
    {
        var actor = current.Actor!;
        if (await accesses.FindAsync(numbers.Of(actor.Person!.Value), position, stop) is not { } item) return false;
        Item = item;
        Objection = (await objections.OfAsync(actor.Id, int.MaxValue, stop)).FirstOrDefault(one => one.Position == position);
        _mayRaise = !AccessWords.IsOwnLook(item) && permissions.Decide(actor, Capabilities.ChallengeAccess, new PermissionTarget(Person: actor.Person)).IsAllowed;
        return true;
    }
}
