using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Sessions;

/// <summary>What follows when somebody's identity was proved: a session with a new secret, its cookie, and where to go.</summary>
internal sealed class SignInDesk(OpenSessions sessions, ActorLoad actors, SessionCookie cookie, Arrival arrival)
{
    /// <summary>Signs in; gives back where to go. Null when there is nobody of this name in service.</summary>
    public async Task<string?> EnterAsync(HttpContext http, string actor, string way, string? wanted, CancellationToken stop)
    {
        if (ActorIds.OfficerOf(actor) is { } officer && await actors.MemberAsync(officer, stop) is null) return null;
        var current = http.RequestServices.GetRequiredService<CurrentActor>();
        if (current.Actor is { } before) await sessions.EndAsync(before.Session, before.Id, before.Id, stop);
        var secret = await sessions.OpenAsync(actor, way, stop);
        if ((current.Actor = await actors.FindAsync(secret, stop)) is not { } entered) return null;
        cookie.Write(http, secret);
        return arrival.Of(entered, wanted);
    }

    /// <summary>Notes that somebody has proved their identity anew; gives back where to go on.</summary>
    public async Task<string> ProveAsync(HttpContext http, Actor actor, string way, string? wanted, CancellationToken stop)
    {
        if (await sessions.ProveAsync(actor, way, stop) is { } secret) cookie.Write(http, secret);
        return arrival.Of(actor, wanted);
    }

    /// <summary>Signs out.</summary>
    public async Task LeaveAsync(HttpContext http, CancellationToken stop)
    {
        var current = http.RequestServices.GetRequiredService<CurrentActor>();
        if (current.Actor is { } actor) await sessions.EndAsync(actor.Session, actor.Id, actor.Id, stop);
        current.Actor = null;
        cookie.Remove(http);
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
