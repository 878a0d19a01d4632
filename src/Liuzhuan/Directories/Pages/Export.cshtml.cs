using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Directories.Sheets;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Directories.Pages;

/// <summary>Hands out the directory as a file, for whoever keeps it.</summary>
[Authorize(Policy = Policies.CanKeepDirectory)]
internal sealed class ExportModel(DirectoryShelf shelf, PageLanguage language, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? kind, CancellationToken stop)
    {
        var book = await shelf.LoadAsync(stop);
        var content = new MemoryStream();
        var day = EntryForm.Written(ChinaTime.DayOf(clock.GetUtcNow()));
        Response.Headers.CacheControl = "no-store";
        if (kind is null)
        {
            DirectoryFile.WriteWorkbook(content, book, language.Language, clock.GetUtcNow());
            return File(content.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"directory-{day}-v{book.Version}.xlsx");
        }

        if (EntryKind.Find(kind) is not { } one) return NotFound();
        DirectoryFile.WriteText(content, book, one, language.Language);
        return File(content.ToArray(), "text/csv; charset=utf-8", $"{one.Id}-{day}-v{book.Version}.csv");
    }
}
