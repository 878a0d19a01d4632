using Liuzhuan.Directories.Contract;
using Liuzhuan.Directories.Entries;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Directories.Pages;

/// <summary>Registers an entry or changes one. The form holds for the version of the entry it was opened on.</summary>
[Authorize(Policy = Policies.CanKeepDirectory)]
internal sealed class EditModel(DirectoryShelf shelf, ChangeDirectory change, CurrentActor current) : PageModel
{
    private const int MostAttempts = 5;

    public EntryKind Kind { get; private set; } = EntryKind.Agency;

    public Entry? Known { get; private set; }

    /// <summary>Number of the change that made the version being edited; 0 for a new entry.</summary>
    public long Based { get; private set; }

    public IReadOnlyDictionary<string, string> Values { get; private set; } = new Dictionary<string, string>();

    public string Reason { get; private set; } = "";

    public Refusal? Refusal { get; private set; }

    public bool WasChanged { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? kind, string? key, CancellationToken stop) => await FindAsync(kind, key, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] string? kind, [FromForm] string? key, [FromForm] long based, [FromForm] string? why, CancellationToken stop)
    {
        if (!await FindAsync(kind, key, stop)) return NotFound();
        Reason = why ?? "";
        if (Based != based)
        {
            WasChanged = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        Values = Kind.Columns.ToDictionary(column => column.Id, column => Known is not null && column.IsKey ? Known[column.Id] : Request.Form[column.Id].ToString());
        var row = new GivenRow(Kind.Name.Zh, 0, Kind.Id, Values);
        for (var attempt = 0; ; attempt++)
        {
            var preview = await change.PreviewAsync([row], stop);
            if (preview.Refused is [var refused]) return Refused(refused.Refusal);
            // Registering what is there already would change it unseen.
            if (Known is null && (preview.Unchanged > 0 || preview.Lines is [{ Before: not null }])) return Refused(DirectoryRefusals.Registered);
            if ((await change.ApplyAsync([row], preview.Version, current.Actor?.Id ?? throw new InvalidOperationException("The policy lets only those in who are signed in."), Reason, stop)).Ok(out _, out var refusal)) return this.Follow(EntryLook.Path(Kind, preview.Lines[0].After.Key));
            // Somebody changed another entry in between: look again, unless it was this one.
            if (refusal.Code != DirectoryRefusals.Stale.Code || attempt == MostAttempts) return Refused(refusal);
            if (Known is not null && (await shelf.HistoryAsync(Kind, Known.Key, stop))[0].Change != based) return Refused(refusal);
        }
    }

    private PageResult Refused(Refusal refusal)
    {
        (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }

    private async Task<bool> FindAsync(string? kind, string? key, CancellationToken stop)
    {
        if (EntryKind.Find(kind) is not { } known) return false;
        Kind = known;
        if (string.IsNullOrEmpty(key)) return true;
        if (await shelf.HistoryAsync(known, key, stop) is not [var newest, ..]) return false;
        (Known, Based) = (newest.Entry, newest.Change);
        Values = known.Columns.ToDictionary(column => column.Id, column => newest.Entry[column.Id]);
        return true;
    }
}
