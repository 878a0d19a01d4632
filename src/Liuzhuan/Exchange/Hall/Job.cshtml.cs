using Liuzhuan.Platform.People;
using Liuzhuan.Exchange.Workbench;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Hall;

/// <summary>One dropped file: how far it is, or what became of it.</summary>
[Authorize(Policy = Policies.Workstation), FreshProof]
internal class JobModel(JobDoor door, JobDesk desk, HallOptions options) : PageModel
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

    /// <summary>Above the page of a job is the form it came from.</summary>
    public IReadOnlyList<Crumb> Trail => [Job.Errand is null ? new Crumb(HallTexts.Title, "/") : new Crumb(WorkbenchTexts.Files, Origin)];

    /// <summary>Where the file was dropped.</summary>
    public string Origin => Job.Errand is null ? "/" : "/workbench/files";

    public IReadOnlyList<Step> Steps =>
    [
        new Step(JobTexts.StepChoose, StepState.Done),
        new Step(JobTexts.StepVerify, Job.IsOpen ? StepState.Current : Job.Phase == JobPhase.Done ? StepState.Done : StepState.Failed),
        new Step(JobTexts.StepResult, Job.Phase == JobPhase.Done ? StepState.Current : StepState.Ahead),
    ];

    /// <summary>What happened to a file that is done, and what will.</summary>
    public IReadOnlyList<Happening> Course(PageLanguage language)
    {
        var report = Job.Report!;
        List<Happening> course = [new(Job.ReceivedAt, language.Format(JobTexts.Received, PageLanguage.Size(Job.Bytes)))];
        if (report.Ledger is { } mark) course.Add(new(Job.EndedAt ?? Job.ReceivedAt, language.Format(JobTexts.Logged, mark.Ledger, PageLanguage.Number(mark.Position))));
        course.Add(new(Job.EndedAt ?? Job.ReceivedAt, language.Format(JobTexts.Ended, report.Seconds.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture))));
        course.Add(new(ExpiresAt, language[JobTexts.Deletes], IsAhead: true));
        return course;
    }

    public IActionResult OnGet(string id)
    {
        if (door.Find(id) is not { } job) return NotFound();

        (Job, Progress) = (job, desk.ProgressOf(id));
        return Page();
    }
}
