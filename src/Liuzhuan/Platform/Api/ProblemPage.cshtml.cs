using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Api;

/// <summary>The page a problem's type points to: what the code means, why it comes, what to do; and the list of all, to search.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class ProblemPageModel : PageModel
{
    public static IReadOnlyList<int> Statuses { get; } = [.. ProblemCatalogue.All.Values.Select(entry => entry.Status).Distinct().Order()];

    public string Code { get; private set; } = "";

    public ProblemEntry? Entry { get; private set; }

    public string Words { get; private set; } = "";

    public int? Status { get; private set; }

    public bool IsFiltered => Words.Length > 0 || Status is not null;

    public IReadOnlyList<KeyValuePair<string, ProblemEntry>> Found { get; private set; } = [];

    /// <param name="q">Words that the code, its name, cause or remedy must hold, in either language.</param>
    public IActionResult OnGet(string? code, string? q, int? status)
    {
        Code = code ?? "";
        if (Code.Length > 0)
        {
            Entry = ProblemCatalogue.All.GetValueOrDefault(Code);
            return Entry is null ? NotFound() : Page();
        }

        (Words, Status) = (q?.Trim() ?? "", status);
        var words = Words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Found = [.. ProblemCatalogue.All
            .Where(pair => Status is null || pair.Value.Status == Status)
            .Where(pair => words.All(word => Holds(pair, word)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        return Page();
    }

    private static bool Holds(KeyValuePair<string, ProblemEntry> pair, string word) =>
        new[] { pair.Key, pair.Value.Title.Zh, pair.Value.Title.En, pair.Value.Cause.Zh, pair.Value.Cause.En, pair.Value.Remedy.Zh, pair.Value.Remedy.En }.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
