using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Hall;

/// <summary>One dropped file: how far it is, or what became of it. Whoever holds the link may see it.</summary>
internal class JobModel(JobStore store, JobDesk desk, HallOptions options) : PageModel
{
    public Job Job { get; private set; } = null!;

    /// <summary>Null while the file waits.</summary>
    public VerifyProgress? Progress { get; private set; }

    public DateTimeOffset ExpiresAt => Job.ExpiresAt(options.KeepFor);

    public Text Title => Job.Phase switch
    {
        JobPhase.Waiting or JobPhase.Running => JobTexts.RunningTitle,
        JobPhase.Done => JobTexts.DoneTitle,
        JobPhase.Refused => JobTexts.RefusedTitle,
        _ => JobTexts.FailedTitle,
    };

    public IActionResult OnGet(string id)
    {
        if (store.Find(id) is not { } job) return NotFound();

        (Job, Progress) = (job, desk.ProgressOf(id));
        return Page();
    }
}
