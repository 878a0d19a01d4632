using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Hall;

/// <summary>The start page: a form for one file, and what one must know before dropping it. The form is checked by <see cref="UploadReader"/>, which streams it.</summary>
[StreamedForm, IgnoreAntiforgeryToken]
[Authorize(Policy = Policies.Workstation)]
internal sealed class DropModel(CurrentActor current, UploadReader uploads, JobStore store, JobDesk desk, RegisterNow register, HallOptions options, PageLanguage language, IServiceProvider services, TimeProvider clock) : PageModel
{
    public static Guide Guide { get; } = new("list", HallTexts.GuideDrop, HallTexts.GuideResult, HallTexts.GuideProof);

    public Refusal? Refusal { get; private set; }

    /// <summary>Whoever is signed in states a purpose, which this form does not ask for.</summary>
    public bool IsSignedIn => current.Actor is not null;

    public RegisterFacts Register { get; } = register();

    /// <summary>What a newcomer can copy; null outside demonstrations.</summary>
    public ClientHints? Hints { get; } = services.GetService<ClientHints>();

    public bool RegisterIsOld => clock.GetUtcNow() - Register.AsOf > options.OldAfter;

    public int OldAfterDays => (int)options.OldAfter.TotalDays;

    public int KeepDays => (int)options.KeepFor.TotalDays;

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if ((await uploads.ReadAsync(HttpContext, new DropTarget(store, desk, current.Actor is not null, language.Language), stop)).Ok(out var id, out var refusal))
        {
            Response.Headers.Location = $"/jobs/{id}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        Refusal = refusal;
        Response.StatusCode = refusal.Status;
        return Page();
    }
}
