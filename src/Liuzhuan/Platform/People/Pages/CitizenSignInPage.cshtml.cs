using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.People.Credentials;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where citizens sign in: number and name first. Whatever was typed, the page with the code comes next.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class CitizenSignInPageModel(CitizenSignIn signIn, AttemptLimits limits, SignInOptions options, PageLanguage language) : PageModel
{
    /// <summary>Citizens may sign in with the provider of identities.</summary>
    public bool HasProvider => options.Provider.IsFor(ActorKind.Citizen);

    public string? Return { get; private set; }

    public Refusal? Refusal { get; private set; }

    public void OnGet([FromQuery(Name = ReturnPath.Parameter)] string? back) => Return = ReturnPath.Of(back);

    public async Task<IActionResult> OnPostAsync([FromForm] string? number, [FromForm] string? name, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        Return = ReturnPath.Of(back);
        if (!limits.TryBegin(HttpContext))
        {
            (Refusal, Response.StatusCode) = (CredentialRefusals.TooOften, CredentialRefusals.TooOften.Status);
            return Page();
        }

        await signIn.BeginAsync(HttpContext, number ?? "", name ?? "", language.Language, stop);
        return this.Follow("/hall/sign-in/code" + (Return is null ? "" : QueryString.Create(ReturnPath.Parameter, Return)));
    }
}
