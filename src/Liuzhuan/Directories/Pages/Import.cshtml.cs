using Liuzhuan.Directories.Sheets;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Directories.Pages;

/// <summary>Takes a spreadsheet in, to be looked at before anything is changed.</summary>
[Authorize(Policy = Policies.CanKeepDirectory)]
[RequestSizeLimit(MostSent)]
[RequestFormLimits(MultipartBodyLengthLimit = MostSent)]
internal sealed class ImportModel(Uploads uploads, CurrentActor current) : PageModel
{
    // Somewhat more than is taken, so that a file that is a little too large is told so on this page.
    private const long MostSent = 4 * ReadDirectoryFile.MostBytes;

    private const int LongestName = 100;

    public Refusal? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is null || file.Length == 0) return Refused(SheetRefusals.NoFile);
        // A workbook is read from here and there in the file, so it must lie on the disk; in a folder that is closed to others.
        var folder = Directory.CreateTempSubdirectory("liuzhuan-directory-");
        var path = Path.Combine(folder.FullName, "upload");
        try
        {
            await using (var copy = System.IO.File.Create(path)) await file.CopyToAsync(copy, stop);
            var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
            if (!ReadDirectoryFile.Run(path, name.Length <= LongestName ? name : name[^LongestName..]).Ok(out var rows, out var refusal)) return Refused(refusal);
            var id = await uploads.KeepAsync(rows, name.Length <= LongestName ? name : name[^LongestName..], current.Actor?.Id ?? "", stop);
            return this.Follow($"/workbench/directory/import/{id}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private PageResult Refused(Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }
}
