using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Sends somebody to the provider of identities. With a form of this site only: nobody is sent there by a link from elsewhere.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class ProviderPageModel(CurrentActor current, BeginAtProvider begin, ProviderOptions options, PageLanguage language) : PageModel
{
    /// <summary>Where to go on.</summary>
    public Uri? Onward { get; private set; }

    public Refusal? Refusal { get; private set; }

    public string Name => language[ProviderTexts.Name(options)];

    public IActionResult OnGet() => this.Follow("/sign-in");

    /// <param name="what">One of <see cref="FlowPurposes"/>.</param>
    public async Task<IActionResult> OnPostAsync([FromForm] string? what, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        if (options.Issuer is null || what is null || !FlowPurposes.All.Contains(what)) return NotFound();
        if (FlowPurposes.IsOfSession(what) && current.Actor is null) return this.Follow("/sign-in");
        if ((await begin.RunAsync(HttpContext, what, current.Actor, back, language.Language, stop)).Ok(out var onward, out var refusal)) Onward = onward;
        else (Refusal, Response.StatusCode) = (refusal, refusal.Status);
        return Page();
    }
}
