using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Ledger.Pages;

/// <summary>The ledger for everybody: how it stands, whether a receipt holds, and how to check both without us.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class LedgerPageModel(Ledger ledger, KeyFolder keys, LedgerOptions options, ServiceAddress address) : PageModel
{
    public static Guide Guide { get; } = new("ledger", LedgerTexts.GuideKept, LedgerTexts.GuidePaste, LedgerTexts.GuideWitness);

    public LedgerHead Head { get; private set; } = LedgerHead.Empty;

    public string Key { get; } = ledger.Key.ToString();

    public string Address { get; } = new Uri(new Uri(address.Issuer), "/ledger").ToString();

    public string Receipt { get; private set; } = "";

    public Refusal? Refusal { get; private set; }

    public CheckedReceipt? Found { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Head = await ledger.Log.HeadAsync(stop);

    public async Task<IActionResult> OnPostAsync(string? receipt, CancellationToken stop)
    {
        Head = await ledger.Log.HeadAsync(stop);
        Receipt = receipt ?? "";
        NoteKey[] known = [.. keys.All(KeyPurposes.Ledger).Select(key => NoteKey.Of(options.Origin, key.Key))];
        if (CheckReceipt.Check(Receipt, known).Ok(out var found, out var refusal)) Found = found;
        else Refusal = refusal;
        return Page();
    }
}
