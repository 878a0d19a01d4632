using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Where staff sign in.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class SignInModel : PageModel
{
    /// <summary>Where to go on afterwards, where that is known.</summary>
    public string? Return { get; private set; }

    /// <summary>Somebody has just signed out.</summary>
    public bool HasLeft { get; private set; }

    /// <param name="left">Given after signing out.</param>
    public void OnGet([FromQuery(Name = ReturnPath.Parameter)] string? back, string? left) => (Return, HasLeft) = (ReturnPath.Of(back), left is not null);
}
