using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Hall;

/// <summary>Asks once, then deletes a job with everything of it.</summary>
[Authorize(Policy = Policies.Workstation), FreshProof]
internal sealed class DeleteModel(JobDoor door, JobDesk desk) : PageModel
{
    public string Id { get; private set; } = "";

    public string Name { get; private set; } = "";

    public IActionResult OnGet(string id)
    {
        if (door.Find(id) is not { } job) return NotFound();

        (Id, Name) = (job.Id, job.Name);
        return Page();
    }

    public IActionResult OnPost(string id)
    {
        if (door.Find(id) is not { } job) return NotFound();

        desk.Delete(job.Id);
        Response.Headers.Location = "/deleted";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
