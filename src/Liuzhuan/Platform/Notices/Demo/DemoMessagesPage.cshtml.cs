using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Notices.Demo;

/// <summary>What was sent by text message in a demonstration. There is no such page otherwise.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class DemoMessagesPageModel(IServiceProvider services) : PageModel
{
    public IReadOnlyList<DemoMessage> Messages { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (services.GetService<DemoMessages>() is not { } messages) return NotFound();
        Messages = messages.All;
        return Page();
    }
}
