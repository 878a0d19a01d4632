using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Directories.Pages;

/// <summary>One entry: what it says, what belongs to it, who answers for it today, and all its versions.</summary>
[Authorize(Policy = Policies.CanSeeDirectory)]
internal sealed class EntryModel(DirectoryShelf shelf, CurrentActor current, Permissions permissions, TimeProvider clock) : PageModel
{
    public DirectoryBook Book { get; private set; } = DirectoryBook.Empty;

    /// <summary>As it is, or was on the day asked for; null when it was not there then.</summary>
    public Entry? Entry { get; private set; }

    public EntryKind Kind { get; private set; } = EntryKind.Agency;

    public string Key { get; private set; } = "";

    public IReadOnlyList<EntryVersion> History { get; private set; } = [];

    public DateOnly Today { get; } = ChinaTime.DayOf(clock.GetUtcNow());

    /// <summary>The day asked for; null for now.</summary>
    public DateOnly? AsOf { get; private set; }

    public LiaisonAnswer? Answer { get; private set; }

    public bool MayKeep => permissions.Decide(current.Actor, Capabilities.KeepDirectory).IsAllowed;

    public async Task<IActionResult> OnGetAsync(string kind, string? key, string? on, CancellationToken stop)
    {
        if (EntryKind.Find(kind) is not { } known) return NotFound();
        (Kind, Key) = (known, key ?? "");
        History = await shelf.HistoryAsync(known, Key, stop);
        if (History.Count == 0) return NotFound();
        if (EntryForm.Day.Read(EntryForm.Trim(on ?? "")) is { } day && DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) is var asOf && asOf < Today) AsOf = asOf;
        Book = AsOf is { } then ? await shelf.LoadAsOfAsync(ChinaTime.StartOf(then.AddDays(1)).AddTicks(-10), stop) : await shelf.LoadAsync(stop);
        Entry = Book.Find(known, Key);
        if (known == EntryKind.Office && Entry is not null) Answer = LiaisonLookup.Answer(Book, Key, AsOf ?? Today);
        return Page();
    }
}
