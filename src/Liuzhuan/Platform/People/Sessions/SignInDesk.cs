using Liuzhuan.Platform.Ledger;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Sessions;

/// <summary>What follows when somebody's identity was proved: a session with a new secret, its cookie, and where to go.</summary>
internal sealed class SignInDesk(OpenSessions sessions, ActorLoad actors, SessionCookie cookie, Arrival arrival)
{
    /// <summary>Signs in; gives back where to go. Null when there is nobody of this name in service, or what proved the identity was used up meanwhile.</summary>
    /// <param name="along">Statements that must touch a row for it, such as using up a code.</param>
    public async Task<string?> EnterAsync(HttpContext http, NewSession wanted, string? back, CancellationToken stop, params IReadOnlyList<Statement> along)
    {
        if (ActorIds.OfficerOf(wanted.Actor) is { } officer && await actors.MemberAsync(officer, stop) is null) return null;
        var current = http.RequestServices.GetRequiredService<CurrentActor>();
        if (await sessions.OpenAsync(wanted, stop, along) is not { } secret) return null;
        if (current.Actor is { } before) await sessions.EndAsync(before.Session, before.Id, before.Id, stop);
        if ((current.Actor = await actors.FindAsync(secret, stop)) is not { } entered) return null;
        cookie.Write(http, secret);
        return arrival.Of(entered, back);
    }

    /// <summary>Notes that somebody has proved their identity anew; gives back where to go on. Null when what proved it was used up meanwhile.</summary>
    public async Task<string?> ProveAsync(HttpContext http, Actor actor, string way, string? back, CancellationToken stop, params IReadOnlyList<Statement> along)
    {
        if (await sessions.ProveAsync(actor, way, stop, along) is not { } secret) return null;
        cookie.Write(http, secret);
        return arrival.Of(actor, back);
    }

    /// <summary>Opens the hall for a citizen at an officer's window. The officer's own session waits in a cookie of its own until the citizen's is left.</summary>
    public async Task<string> AssistAsync(HttpContext http, Actor officer, NewSession wanted, CancellationToken stop)
    {
        var secret = await sessions.OpenAsync(wanted, stop) ?? throw new InvalidOperationException("The session was refused.");
        var current = http.RequestServices.GetRequiredService<CurrentActor>();
        cookie.Keep(http, SessionCookie.Read(http) ?? throw new InvalidOperationException($"{officer.Session} has no cookie."));
        cookie.Write(http, secret);
        current.Actor = await actors.FindAsync(secret, stop) ?? throw new InvalidOperationException("The session is not there though it was opened.");
        return arrival.Of(current.Actor, null);
    }

    /// <summary>Signs out; whoever helped a citizen is themselves again.</summary>
    public async Task LeaveAsync(HttpContext http, CancellationToken stop)
    {
        var current = http.RequestServices.GetRequiredService<CurrentActor>();
        if (current.Actor is { } actor) await sessions.EndAsync(actor.Session, actor.Id, actor.Id, stop);
        var helper = current.Actor?.AssistedBy;
        current.Actor = null;
        var kept = SessionCookie.Kept(http);
        if (helper is not null && kept is not null && await actors.FindAsync(kept, stop) is { } officer && officer.Id == helper) cookie.Write(http, kept);
        else cookie.Remove(http);
        if (kept is not null) cookie.Forget(http);
    }
}

/// <summary>How pages lead on after a form.</summary>
internal static class Following
{
    /// <summary>See other: what follows is got, not posted again.</summary>
    public static IActionResult Follow(this PageModel page, string path)
    {
        page.Response.Headers.Location = path;
        return page.StatusCode(StatusCodes.Status303SeeOther);
    }
}
