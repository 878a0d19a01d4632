using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Signs in as somebody of a demonstration. Outside demonstrations there is nobody.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class SignInAsModel(DemoDoor door, SignInDesk desk) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync([FromForm] string? id, [FromForm(Name = ReturnPath.Parameter)] string? back, CancellationToken stop)
    {
        if (await door.FindAsync(id, stop) is not { } person) return NotFound();
        if (await desk.EnterAsync(HttpContext, new NewSession(person.Id, SignInWays.Demo), back, stop) is { } place) return this.Follow(place);
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
