using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Directories.Pages;

/// <summary>The directory to search and to page through. Nobody's name is searched for in an address: officers are found by staff number, or by way of their office.</summary>
[Authorize(Policy = Policies.CanSeeDirectory)]
internal sealed class DirectoryModel(DirectoryShelf shelf, CurrentActor current, Permissions permissions, TimeProvider clock) : PageModel
{
    public const int AtOnce = 50;

    private const int LongestWords = 60;

    public static Guide Guide { get; } = new("directory", DirectoryTexts.GuideFind, DirectoryTexts.GuideImport, DirectoryTexts.GuideHistory);

    public DirectoryBook Book { get; private set; } = DirectoryBook.Empty;

    public EntryKind Kind { get; private set; } = EntryKind.Agency;

    public string Words { get; private set; } = "";

    public string Division { get; private set; } = "";

    public string Level { get; private set; } = "";

    public bool IsWithEnded { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public int Count { get; private set; }

    public IReadOnlyList<Entry> Found { get; private set; } = [];

    public bool IsFiltered => Words.Length + Division.Length + Level.Length > 0 || IsWithEnded;

    public bool MayKeep => permissions.Decide(current.Actor, Capabilities.KeepDirectory).IsAllowed;

    public DateOnly Today { get; } = ChinaTime.DayOf(clock.GetUtcNow());

    public async Task OnGetAsync(string? kind, string? q, string? division, string? level, string? ended, int? page, CancellationToken stop)
    {
        Book = await shelf.LoadAsync(stop);
        (Kind, Words, Division, Level, IsWithEnded) = (EntryKind.Find(kind) ?? EntryKind.Agency, EntryForm.Trim(q ?? ""), EntryForm.Trim(division ?? ""), level ?? "", ended == "yes");
        if (Words.Length > LongestWords) Words = Words[..LongestWords];
        var all = Book.Of(Kind).Where(entry => (IsWithEnded || !IsOver(entry)) && IsInDivision(entry) && IsOfLevel(entry) && Holds(entry)).ToList();
        Count = all.Count;
        PageNumber = Math.Clamp(page ?? 1, 1, Math.Max(1, (Count + AtOnce - 1) / AtOnce));
        Found = [.. all.Skip((PageNumber - 1) * AtOnce).Take(AtOnce)];
    }

    private bool IsOver(Entry entry) => entry.Kind == EntryKind.Leave ? entry.Day("to") < Today : entry.Day("valid_to") <= Today;

    private bool IsInDivision(Entry entry) => Division.Length == 0 || OfficeOf(entry)?.Division is { } code && DivisionBook.Shipped.Covers(Division, code, Today) || entry.Filled("division") is { } own && DivisionBook.Shipped.Covers(Division, own, Today);

    private bool IsOfLevel(Entry entry) => Level.Length == 0 || (entry.Filled("level") ?? OfficeOf(entry)?.Level.ToString().ToLowerInvariant()) == Level;

    private bool Holds(Entry entry) => Words.Length == 0 || Searched(entry).Any(text => text.Contains(Words, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Searched(Entry entry)
    {
        yield return entry.Key;
        if (entry.Kind == EntryKind.Agency || entry.Kind == EntryKind.Office) yield return entry["name"] + "\n" + entry["name_en"];
        if (entry.Kind == EntryKind.Liaison) yield return entry["officer"];
        if (OfficeOf(entry) is { } office) yield return office.Name.Zh + "\n" + office.Name.En;
    }

    private Office? OfficeOf(Entry entry) => entry.Kind.Id switch
    {
        "officers" or "liaisons" => Book.Offices.GetValueOrDefault(entry["office"]),
        "leave" => Book.Officers.TryGetValue(entry["officer"], out var officer) ? Book.Offices.GetValueOrDefault(officer.Office) : null,
        _ => null,
    };
}
