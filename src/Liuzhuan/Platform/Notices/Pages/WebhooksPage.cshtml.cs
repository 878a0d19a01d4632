using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Notices.Templates;
using Liuzhuan.Platform.Notices.Webhooks;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Notices.Pages;

/// <summary>Which machines are told of which events.</summary>
[Authorize(Policy = Policies.CanWatchNotices)]
internal sealed class WebhooksPageModel(DataStore store, ManageWebhooks manage, NoticeTemplates templates, CurrentActor current) : PageModel
{
    public IReadOnlyList<Webhook> Webhooks { get; private set; } = [];

    public Refusal? Refusal { get; private set; }

    public string Id { get; private set; } = "";

    public string Address { get; private set; } = "";

    public IReadOnlyList<string> Chosen { get; private set; } = [];

    public IEnumerable<string> Events => templates.All.Where(template => template.IsEvent).Select(template => template.Id).Distinct();

    private string Me => current.Actor?.Id ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public async Task OnGetAsync(CancellationToken stop)
    {
        await using var connection = await store.OpenAsync(stop);
        Webhooks = await Webhook.ListAsync(connection, stop);
    }

    public async Task<IActionResult> OnPostAddAsync(string? id, string? address, string[]? events, CancellationToken stop)
    {
        (Id, Address, Chosen) = (id ?? "", address ?? "", events ?? []);
        return await DoneAsync(await manage.AddAsync(Id, Address, Chosen, Me, stop), stop);
    }

    public async Task<IActionResult> OnPostDisableAsync(string? id, CancellationToken stop) => await DoneAsync(await manage.DisableAsync(id ?? "", Me, stop), stop);

    private async Task<IActionResult> DoneAsync(Result<string> outcome, CancellationToken stop)
    {
        if (outcome.Ok(out _, out var refusal)) return this.Follow("/admin/webhooks");
        await OnGetAsync(stop);
        Refusal = refusal;
        Response.StatusCode = refusal.Status;
        return Page();
    }
}
