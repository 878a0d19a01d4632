using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Api;

/// <summary>The page a problem's type points to: what the code means, why it comes, what to do.</summary>
internal sealed class ProblemPageModel : PageModel
{
    public string Code { get; private set; } = "";

    public ProblemEntry? Entry { get; private set; }

    public IActionResult OnGet(string? code)
    {
        Code = code ?? "";
        if (Code.Length == 0) return Page();
        if (!ProblemCatalogue.All.TryGetValue(Code, out var entry)) return NotFound();
        Entry = entry;
        return Page();
    }
}
