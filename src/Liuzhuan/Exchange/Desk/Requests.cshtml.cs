using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Desk;

/// <summary>The requests of one's own office.</summary>
[Authorize(Policy = Policies.CanSubmitRequest), FreshProof]
internal sealed class RequestsModel(CurrentActor current, RequestDesk desk) : PageModel
{
    public static Guide Guide { get; } = new("requests", RequestTexts.GuideHandIn, RequestTexts.GuideDay, RequestTexts.GuideResult);

    public IReadOnlyList<ExchangeRequest> All { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => All = current.Actor!.Post is { } post ? await desk.OfOfficeAsync(post.Office, stop) : [];
}
