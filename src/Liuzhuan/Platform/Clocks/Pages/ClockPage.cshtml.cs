using Liuzhuan.Platform.Clocks.Keeping;
using Liuzhuan.Platform.Clocks.Reading;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Clocks.Pages;

/// <summary>One legal clock: what it says, and every entry it says it by.</summary>
[Authorize(Policy = Policies.CanSeeClocks)]
internal sealed class ClockPageModel(DataStore store, CalendarShelf shelf, CurrentActor current, ClockReach reach, PageLanguage language, TimeProvider clock) : PageModel
{
    public ClockCard? Card { get; private set; }

    public string? Holder { get; private set; }

    public IReadOnlyList<Happening> Entries { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        // One that is beyond reach and one that does not exist look alike.
        if (await KeptClock.FindAsync(connection, id, stop) is not { } kept || !reach.Covers(current.Actor, kept)) return NotFound();
        Card = ClockCard.Of(kept, await shelf.LoadAsync(connection, stop), clock.GetUtcNow()) with { IsTold = true };
        (Holder, Entries) = (kept.Holder, [.. kept.Entries.OrderBy(entry => entry.RecordedAt).Select(Tell)]);
        return Page();
    }

    private Happening Tell(ClockEntry entry)
    {
        var until = entry.Until is { } last ? $" – {language[ClockWords.Day(last)]}" : "";
        string[] parts = [$"{language[ClockTexts.Of(entry.Act)]} {language[ClockWords.Day(entry.Day)]}{until}", entry.By is { } by ? language[by.Words] : "", entry.Provision, entry.Note ?? "", entry.Author, entry.Approver is { } approver ? language.Format(ClockTexts.ApprovedBy, approver) : ""];
        return new Happening(entry.RecordedAt, string.Join(" · ", parts.Where(part => part.Length > 0)));
    }
}
