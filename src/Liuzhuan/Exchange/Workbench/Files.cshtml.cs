using Liuzhuan.Exchange.Hall;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Forms;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Registers.Contract;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>The files of an office: drop one with its purpose, and find those of the last days. The form is checked by <see cref="UploadReader"/>, which streams its file.</summary>
[Authorize(Policy = Policies.CanVerifyFile), FreshProof, StreamedForm, IgnoreAntiforgeryToken]
internal sealed class FilesModel(CurrentActor current, Permissions permissions, JobStore store, JobDesk desk, HallOptions options, UploadReader uploads, RefusedForm refused, RegisterShelf shelf, PageLanguage language) : PageModel
{
    public IReadOnlyList<Purpose> Purposes { get; private set; } = [];

    public IReadOnlyList<Job> Files { get; private set; } = [];

    public Refusal? Refusal { get; private set; }

    public string Purpose { get; private set; } = "";

    public int KeepDays => (int)options.KeepFor.TotalDays;

    public long MaxBytes => options.MaxUploadBytes;

    public void OnGet()
    {
        if (refused.Take(HttpContext, current.Actor!) is var (refusal, purpose)) (Refusal, Purpose) = (refusal, purpose);
        Load();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var target = new FileTarget(store, desk, permissions, current.Actor!, shelf.Main.Schema, language.Language);
        if ((await uploads.ReadAsync(HttpContext, target, stop)).Ok(out var id, out var refusal))
        {
            Response.Headers.Location = $"/jobs/{id}";
            return StatusCode(StatusCodes.Status303SeeOther);
        }

        // What did not come from our page is answered in place: it sets nothing in the browser.
        if (refusal != UploadReader.FormExpired)
        {
            refused.Keep(HttpContext, current.Actor!, refusal, target.Field("purpose"));
            return this.Follow("/workbench/files");
        }

        Load();
        (Refusal, Purpose) = (refusal, target.Field("purpose"));
        Response.StatusCode = refusal.Status;
        return Page();
    }

    /// <summary>Word, colour and shape of how far a file is.</summary>
    public static Status StateOf(Job job, PageLanguage language) => job.Phase switch
    {
        JobPhase.Done => new(StatusKind.Good, language[JobTexts.DoneTitle]),
        JobPhase.Refused => new(StatusKind.Bad, language[JobTexts.RefusedTitle]),
        JobPhase.Failed => new(StatusKind.Bad, language[JobTexts.FailedTitle]),
        JobPhase.Running => new(StatusKind.Warning, language[JobTexts.RunningTitle]),
        _ => new(StatusKind.Plain, language[JobTexts.WaitingTitle]),
    };

    private void Load()
    {
        Purposes = permissions.PurposesOf(current.Actor, Capabilities.VerifyFile);
        Files = [.. store.All().Where(job => job.Errand is { } errand && errand.Office == current.Actor!.Post?.Office && store.Find(job.Id) is not null).OrderByDescending(job => job.ReceivedAt)];
    }
}
