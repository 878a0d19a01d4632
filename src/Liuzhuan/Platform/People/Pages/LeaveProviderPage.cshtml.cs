using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>
/// After signing out here, signs out at the provider (OpenID Connect RP-Initiated Logout 1.0). The token as a hint is left away: it may hold a person's number,
/// and would stand in an address; the provider asks the person instead.
/// </summary>
[Authorize(Policy = Policies.Open)]
internal sealed class LeaveProviderPageModel(ProviderOptions options, ProviderDocuments documents, ProviderAddress address, PageLanguage language) : PageModel
{
    /// <summary>Where the provider's session is ended.</summary>
    public string Onward { get; private set; } = "";

    public string Name => language[ProviderTexts.Name(options)];

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (options.Issuer is null || await documents.MetadataAsync(stop) is not { EndSession: { } end }) return this.Follow(ProviderAddress.LeftPath);
        Onward = QueryHelpers.AddQueryString(end, new Dictionary<string, string?> { ["client_id"] = options.ClientId, ["post_logout_redirect_uri"] = address.Of(HttpContext, ProviderAddress.LeftPath) });
        return Page();
    }
}
