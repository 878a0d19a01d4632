using System.Text;
using Liuzhuan.Platform.Clocks.Calendars;
using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>Imports a year's notice: first what it would change, then, with the very same text, the import itself.</summary>
[Authorize(Policy = Policies.CanImportCalendar)]
internal sealed class ImportPageModel(RecalculateClocks recalculate, CurrentActor current) : PageModel
{
    public const int MostBytes = 64 << 10;

    private static readonly Refusal NoFile = new("calendar.no-file", "没有选择文件，或文件超过 64 KB：请选择一份 YAML 日历文件。", "No file was chosen, or it is larger than 64 KB: choose a calendar file in YAML.");

    public Refusal? Refusal { get; private set; }

    /// <summary>The year that is looked at; null before a file was given.</summary>
    public CalendarYear? Year { get; private set; }

    public IReadOnlyList<ClockChange> Changes { get; private set; } = [];

    /// <summary>Clocks whose end would be earlier, had it not been told.</summary>
    public IReadOnlyList<ClockChange> Protected { get; private set; } = [];

    public bool IsImported { get; private set; }

    public IReadOnlyList<Step> Steps =>
    [
        new(CalendarTexts.Steps1, Year is null ? StepState.Current : StepState.Done),
        new(CalendarTexts.Steps2, IsImported ? StepState.Done : Year is null ? StepState.Ahead : StepState.Current),
        new(CalendarTexts.Steps3, IsImported ? StepState.Done : StepState.Ahead),
    ];

    public async Task<IActionResult> OnPostPreviewAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is not { Length: > 0 and <= MostBytes }) return Refused(NoFile);
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await LookAsync(await reader.ReadToEndAsync(stop), stop);
    }

    public async Task<IActionResult> OnPostApplyAsync(string? text, CancellationToken stop)
    {
        if (text is not { Length: > 0 and <= MostBytes }) return Refused(NoFile);
        if (!Read(text).Ok(out var year, out var refusal)) return Refused(refusal);
        var actor = current.Actor?.Id ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");
        if (!(await recalculate.ImportAsync(year, isDryRun: false, actor, stop)).Ok(out var changes, out refusal)) return Refused(refusal);
        (Year, Changes, IsImported) = (year, changes, true);
        return Page();
    }

    private async Task<IActionResult> LookAsync(string text, CancellationToken stop)
    {
        if (!Read(text).Ok(out var year, out var refusal)) return Refused(refusal);
        if (!(await recalculate.ImportAsync(year, isDryRun: true, "", stop)).Ok(out var changes, out refusal)) return Refused(refusal);
        (Year, Changes, Protected) = (year, changes, await recalculate.ProtectedAsync(year, stop));
        return Page();
    }

    // Browsers send line ends of a text area as CRLF: the same form both times, so that what was looked at is what is imported.
    private static Result<CalendarYear> Read(string text) => CalendarFile.Read(text.ReplaceLineEndings("\n"), "notice.yaml");

    private PageResult Refused(Refusal refusal)
    {
        Refusal = refusal;
        Response.StatusCode = refusal.Status;
        return Page();
    }
}
