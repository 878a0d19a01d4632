using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Registers.Contract;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Desk;

/// <summary>The form of a request. It is checked by <see cref="UploadReader"/>, which streams its file.</summary>
[Authorize(Policy = Policies.CanSubmitRequest), FreshProof, StreamedForm, IgnoreAntiforgeryToken]
internal sealed class NewRequestModel(CurrentActor current, SubmitRequest submit, RequestFiles files, UploadReader uploads, RegisterShelf shelf, PageLanguage language) : PageModel
{
    public static IReadOnlyList<Crumb> Trail { get; } = [new Crumb(RequestTexts.Requests, "/workbench/requests")];

    public IReadOnlyList<(Purpose Purpose, IReadOnlyList<Ground> Grounds)> Choices { get; private set; } = [];

    public IReadOnlyList<FactType> Facts { get; } = submit.Facts(shelf.Main.Schema.Id);

    public Refusal? Refusal { get; private set; }

    /// <summary>What was typed, to be shown again.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; private set; } = new Dictionary<string, string>();

    public long MaxBytes => files.Options.MaxUploadBytes;

    public async Task OnGetAsync(CancellationToken stop) => Choices = submit.Choices(current.Actor!, await submit.BranchAsync(current.Actor!, stop));

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var target = new RequestTarget(submit, files, current.Actor!, await submit.BranchAsync(current.Actor!, stop), language.Language);
        if ((await uploads.ReadAsync(HttpContext, target, stop)).Ok(out var id, out var refusal))
        {
            Response.Headers.Location = $"/workbench/requests/{id}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        await OnGetAsync(stop);
        (Refusal, Typed) = (refusal, target.Fields);
        Response.StatusCode = refusal.Status;
        return Page();
    }
}
