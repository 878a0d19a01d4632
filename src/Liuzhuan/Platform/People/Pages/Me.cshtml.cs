using Liuzhuan.Platform.People.Providers;
using Liuzhuan.Platform.People.Sessions;
using Liuzhuan.Platform.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>Somebody's own account: who they are here, and where they are signed in.</summary>
[Authorize(Policy = Policies.SignedIn)]
internal sealed class MeModel(CurrentActor current, OpenSessions sessions, ProviderOptions provider) : PageModel
{
    public Actor Me => current.Actor ?? throw new InvalidOperationException("The policy lets only those in who are signed in.");

    public ProviderOptions Provider => provider;

    /// <summary>Officers link the provider of identities by themselves.</summary>
    public bool HasProvider => Me.Kind == ActorKind.Officer && provider.IsFor(ActorKind.Officer);

    public IReadOnlyList<Session> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop) => Sessions = await sessions.ListAsync(Me.Id, stop);

    public async Task<IActionResult> OnPostEndAsync(string? session, CancellationToken stop)
    {
        await sessions.EndAsync(session ?? "", Me.Id, Me.Id, stop);
        return this.Follow("/me");
    }

    public async Task<IActionResult> OnPostEndOthersAsync(CancellationToken stop)
    {
        await sessions.EndOthersAsync(Me.Id, Me.Session, Me.Id, stop);
        return this.Follow("/me");
    }
}
