using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Directories.Pages;

/// <summary>What an upload would change, and the button that applies all of it.</summary>
[Authorize(Policy = Policies.CanKeepDirectory)]
internal sealed class PreviewModel(Uploads uploads, DirectoryShelf shelf, ChangeDirectory change, CurrentActor current, TimeProvider clock) : PageModel
{
    public const int MostShown = 500;

    public Upload Upload { get; private set; } = new(default, "", default, []);

    public ChangePreview Preview { get; private set; } = new(0, [], [], 0);

    public DirectoryBook Book { get; private set; } = DirectoryBook.Empty;

    public string Reason { get; private set; } = "";

    public Refusal? Refusal { get; private set; }

    public DateOnly Today { get; } = ChinaTime.DayOf(clock.GetUtcNow());

    private string Author => current.Actor?.Id ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop) => ShowAsync(id, null, stop);

    public async Task<IActionResult> OnPostAsync(Guid id, [FromForm] long version, [FromForm] string? reason, CancellationToken stop)
    {
        Reason = reason ?? "";
        if (await uploads.FindAsync(id, Author, stop) is not { } upload) return await ShowAsync(id, null, stop);
        if (!(await change.ApplyAsync(upload.Rows, version, Author, Reason, stop, Uploads.Remove(id))).Ok(out var done, out var refusal)) return await ShowAsync(id, refusal, stop);
        return this.Follow($"/workbench/directory?done={done.Added}-{done.Changed}-{done.Ended}-{done.Version + 1}");
    }

    public async Task<IActionResult> OnPostDropAsync(Guid id, CancellationToken stop)
    {
        await uploads.DropAsync(id, Author, stop);
        return this.Follow("/workbench/directory/import");
    }

    private async Task<IActionResult> ShowAsync(Guid id, Refusal? refusal, CancellationToken stop)
    {
        if (await uploads.FindAsync(id, Author, stop) is not { } upload)
        {
            Admission.Remember(HttpContext, DirectoryRefusals.UploadGone);
            return NotFound();
        }

        (Upload, Refusal) = (upload, refusal);
        Preview = await change.PreviewAsync(upload.Rows, stop);
        // Names of what is new come from the upload itself.
        Book = (await shelf.LoadAsync(stop)).With(Preview.Lines.Select(line => line.After));
        if (refusal is not null) Response.StatusCode = refusal.Status;
        return Page();
    }
}
