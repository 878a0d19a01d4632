using Liuzhuan.Platform.People.Administration;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>What the auditor reads: who signed in, who was given what, who changed what. Filters stand in the address; names of people do not, so there is none for them.</summary>
[Authorize(Policy = Policies.CanReadLedgerEntries), FreshProof]
internal sealed class TrailPageModel(AuditTrail trail) : PageModel
{
    public static Guide Guide { get; } = new("trail", AdminTexts.GuideFind, AdminTexts.GuideNobody, AdminTexts.GuideCheck);

    private const int LongestWord = 60;

    public string? Kind { get; private set; }

    /// <summary>What an act's code or words, or a value of the entry, must hold.</summary>
    public string Act { get; private set; } = "";

    public bool IsFiltered => Kind is not null || Act.Length > 0;

    public IReadOnlyList<TrailEntry> Entries { get; private set; } = [];

    /// <summary>Where older ones begin; null when there are none.</summary>
    public long? Before { get; private set; }

    public async Task OnGetAsync(string? kind, string? act, long? before, CancellationToken stop)
    {
        Kind = AuditTrail.Kinds.FirstOrDefault(known => known == kind);
        Act = (act ?? "").Trim() is { Length: <= LongestWord } word ? word : "";
        (Entries, Before) = await trail.ReadAsync(Kind, Act, before, stop);
    }
}
